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
/// <param name="Measure">The measure.</param>
/// <param name="EntropyFrom">From here.</param>
/// <param name="EntropyTo">To here.</param>
/// <param name="Pairs">Pairs of question and country.</param>
/// <param name="Nearness">Mean nearness over them.</param>
/// <param name="Low">Lower end of its 95 % interval; NaN where there is none.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="UniformNearness">The uniform answerer's.</param>
/// <param name="Skill">As in <see cref="MeasureLine.Skill"/>.</param>
/// <param name="SkillLow">Lower end of its 95 % interval.</param>
/// <param name="SkillHigh">Upper end of it.</param>
public sealed record StratumLine(string Measure, double? EntropyFrom, double? EntropyTo, long Pairs, double Nearness, double Low,
    double High, double UniformNearness, double Skill, double SkillLow, double SkillHigh);

/// <summary>Two runs on the same pairs.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="EntropyFrom">From this normalised entropy of the people's answers; null for all pairs.</param>
/// <param name="EntropyTo">To this.</param>
/// <param name="Pairs">Pairs of question and country.</param>
/// <param name="Nearness">The run's.</param>
/// <param name="OtherNearness">The other's.</param>
/// <param name="Difference">The run's less the other's.</param>
/// <param name="Low">Lower end of its 95 % interval, paired by question; NaN where there is none.</param>
/// <param name="High">Upper end of it.</param>
public sealed record StratumDifference(string Measure, double? EntropyFrom, double? EntropyTo, long Pairs, double Nearness,
    double OtherNearness, double Difference, double Low, double High);

/// <summary>How near a model comes to people whom its prompts name: the view steerability.</summary>
/// <param name="Country">The people's label.</param>
/// <param name="Measure">The measure.</param>
/// <param name="N">Questions.</param>
/// <param name="Wordings">Runs that name them.</param>
/// <param name="Steerability">Mean over the questions of the best wording's nearness.</param>
/// <param name="Low">Lower end of its 95 % interval; NaN where there is none.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="MeanSteered">The mean over wordings.</param>
/// <param name="Unsteered">That of the default runs.</param>
/// <param name="Gain">MeanSteered less Unsteered.</param>
/// <param name="GainLow">Lower end of its 95 % interval.</param>
/// <param name="GainHigh">Upper end of it.</param>
public sealed record SteeredCountry(string Country, string Measure, long N, long Wordings, double Steerability, double Low, double High,
    double MeanSteered, double Unsteered, double Gain, double GainLow, double GainHigh);

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
