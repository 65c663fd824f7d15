namespace LocalOpinions.Analysis.FollowUp;

/// <summary>One measure of a run, over all pairs of question and national sample. Nearness is from 0 to 1, 1 for alike.</summary>
public sealed record MeasureLine
{
    /// <summary>The measure's name, as in the view measures.</summary>
    public required string Measure { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Pairs of question and country.</summary>
    public required long Pairs { get; init; }

    /// <summary>Mean nearness, with its 95 % interval; NaN where there is none.</summary>
    public required double Nearness { get; init; }

    /// <summary>Lower end of that interval.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double High { get; init; }

    /// <summary>The same for an answerer who finds every option equally likely.</summary>
    public required double UniformNearness { get; init; }

    /// <summary>
    /// 1 less the distance over the uniform answerer's: 0 no nearer than it, 1 perfect. SimBench's score is 100 times that.
    /// </summary>
    public required double Skill { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public required double SkillLow { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double SkillHigh { get; init; }

    /// <summary>Ranked national samples; null where fewer than two are.</summary>
    public required long? Countries { get; init; }

    /// <summary>1 less the coefficient of variation over them; NaN where there is none.</summary>
    public required double Evenness { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public required double EvennessLow { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double EvennessHigh { get; init; }

    /// <summary>The same for an answerer who finds every option equally likely.</summary>
    public required double UniformEvenness { get; init; }

    /// <summary>
    /// The country that the run is nearest to over all questions, beyond the uniform answerer; null where none can be told.
    /// </summary>
    public required string? Nearest { get; init; }

    /// <summary>Topics on which that can be held against others.</summary>
    public required long? Topics { get; init; }

    /// <summary>The share of them on which the same country is nearest.</summary>
    public required double Consistency { get; init; }

    /// <summary>The share of them on which no other country was shown to be nearer.</summary>
    public required double NotBehind { get; init; }
}

/// <summary>A fifth of the scale of people's normalised entropy.</summary>
public sealed record StratumLine
{
    /// <summary>The measure.</summary>
    public required string Measure { get; init; }

    /// <summary>From here.</summary>
    public required double? EntropyFrom { get; init; }

    /// <summary>To here.</summary>
    public required double? EntropyTo { get; init; }

    /// <summary>Pairs of question and country.</summary>
    public required long Pairs { get; init; }

    /// <summary>Mean nearness over them.</summary>
    public required double Nearness { get; init; }

    /// <summary>Lower end of its 95 % interval; NaN where there is none.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    /// <summary>The uniform answerer's.</summary>
    public required double UniformNearness { get; init; }

    /// <summary>As in <see cref="MeasureLine.Skill"/>.</summary>
    public required double Skill { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public required double SkillLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double SkillHigh { get; init; }
}

/// <summary>Two runs on the same pairs.</summary>
public sealed record StratumDifference
{
    /// <summary>The measure.</summary>
    public required string Measure { get; init; }

    /// <summary>From this normalised entropy of the people's answers; null for all pairs.</summary>
    public required double? EntropyFrom { get; init; }

    /// <summary>To this.</summary>
    public required double? EntropyTo { get; init; }

    /// <summary>Pairs of question and country.</summary>
    public required long Pairs { get; init; }

    /// <summary>The run's.</summary>
    public required double Nearness { get; init; }

    /// <summary>The other's.</summary>
    public required double OtherNearness { get; init; }

    /// <summary>The run's less the other's.</summary>
    public required double Difference { get; init; }

    /// <summary>Lower end of its 95 % interval, paired by question; NaN where there is none.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }
}

/// <summary>How near a model comes to people whom its prompts name: the view steerability.</summary>
public sealed record SteeredCountry
{
    /// <summary>The people's label.</summary>
    public required string Country { get; init; }

    /// <summary>The measure.</summary>
    public required string Measure { get; init; }

    /// <summary>Questions.</summary>
    public required long N { get; init; }

    /// <summary>Runs that name them.</summary>
    public required long Wordings { get; init; }

    /// <summary>Mean over the questions of the best wording's nearness.</summary>
    public required double Steerability { get; init; }

    /// <summary>Lower end of its 95 % interval; NaN where there is none.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    /// <summary>The mean over wordings.</summary>
    public required double MeanSteered { get; init; }

    /// <summary>That of the default runs.</summary>
    public required double Unsteered { get; init; }

    /// <summary>MeanSteered less Unsteered.</summary>
    public required double Gain { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public required double GainLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double GainHigh { get; init; }
}

/// <summary>How much a model and a country's people say don't know and the like: the view refusals.</summary>
/// <param name="Country">The country.</param>
/// <param name="N">Questions that have such an option.</param>
/// <param name="ModelRefusal">The model's mean share.</param>
/// <param name="HumanRefusal">The people's.</param>
/// <param name="Calibration">1 less the mean absolute difference, 0 to 1.</param>
/// <param name="Low">Lower end of its 95 % interval; NaN where there is none.</param>
/// <param name="High">Upper end of it.</param>
public sealed record RefusalLine(
    string Country, long N, double ModelRefusal, double HumanRefusal, double Calibration, double Low, double High);

/// <summary>How alike two models answer, in the default condition: the view model_similarity.</summary>
/// <param name="Model">One.</param>
/// <param name="OtherModel">The other.</param>
/// <param name="N">Questions that both answered.</param>
/// <param name="SimilarityBits">Mean of 1 - sqrt(JSD in bits).</param>
/// <param name="Low">Lower end of its 95 % interval; NaN where there is none.</param>
/// <param name="High">Upper end of it.</param>
public sealed record ModelPair(string Model, string OtherModel, long N, double SimilarityBits, double Low, double High);
