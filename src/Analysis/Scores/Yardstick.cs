namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// What a run's mean similarity to a country's people can be held against, all over the same questions: those that the run, the country and
/// at least one other country answered. In bits, 0 to 1.
/// </summary>
public sealed record Yardstick
{
    /// <summary>Respondents where the survey does not say.</summary>
    public const int DefaultRespondents = 1000;

    /// <summary>The country's label; null for all pairs of question and country together.</summary>
    public required string? Country { get; init; }

    /// <summary>Pairs of question and country.</summary>
    public required int N { get; init; }

    /// <summary>Of them, those whose number of respondents is not known and was taken to be a given one.</summary>
    public required int Assumed { get; init; }

    /// <summary>The run.</summary>
    public required double Model { get; init; }

    /// <summary>An answerer to whom every option is equally likely.</summary>
    public required double Uniform { get; init; }

    /// <summary>An answerer who is sure of the option that the other countries together choose most.</summary>
    public required double Majority { get; init; }

    /// <summary>The mean of the other countries' distributions.</summary>
    public required double World { get; init; }

    /// <summary>
    /// The nearest other country, on the questions in common with it, which may be fewer; for all pairs the mean of that over the
    /// countries. NaN where there is none.
    /// </summary>
    public double Nearest { get; init; } = double.NaN;

    /// <summary>A second sample of the same people, as large as the first: no survey of that size is nearer on average.</summary>
    public required double SecondSample { get; init; }

    /// <summary>A model that knows what all the people think, held against a sample of them: the most that is to be expected.</summary>
    public required double Perfect { get; init; }
}
