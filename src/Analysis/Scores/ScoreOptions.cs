using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Analysis.Scores;

/// <summary>How runs are scored.</summary>
public sealed record ScoreOptions
{
    /// <summary>
    /// Replicates of the bootstrap, 0 for no intervals and no comparisons of runs; Holm's correction over a hundred countries needs the
    /// 10,000 of the default.
    /// </summary>
    public int Resamples { get; init; } = 10_000;

    /// <summary>The same seed draws the same families.</summary>
    public ulong Seed { get; init; } = 20230628;

    /// <summary>The most threads that work at the same time, 1 or more.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The most pairs of runs that are compared; each takes about as long as the intervals of a run.</summary>
    public int MostComparisons { get; init; } = 400;

    /// <summary>
    /// Questions that a country needs to be ranked in the scored runs, stored with them; 0 for the limit by a run's size (100 in a run of
    /// 500 questions or more, 10 in a smaller one), null for what is stored.
    /// </summary>
    public int? FewestQuestions { get; init; }

    /// <summary>
    /// Measures to store beside the divergence, of <see cref="Measure.OnRequest"/>, each once; none by default. They take the place of
    /// those that the scored runs had.
    /// </summary>
    public IReadOnlyList<Measure> Measures { get; init => field = [.. value.Distinct()]; } = [];
}

/// <summary>What scoring did.</summary>
/// <param name="Pairs">By run: how many pairs of question and country were compared.</param>
/// <param name="Comparisons">Pairs of runs that were compared.</param>
/// <param name="SkippedComparisons">Pairs of runs that would have been compared, but for
/// <see cref="ScoreOptions.MostComparisons"/>.</param>
public sealed record ScoreSummary(IReadOnlyDictionary<int, long> Pairs, int Comparisons, int SkippedComparisons)
{
    /// <summary>By run, and by the name of each measure that was asked for: how many values are stored.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyDictionary<string, long>> Measured { get; init; }
}
