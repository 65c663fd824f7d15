using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Rankings;

/// <summary>
/// Answers are probabilities of the options divided by their sum: where that sum is small, they say what a model would answer that hardly
/// answers.
/// </summary>
public static class OffMenuLimit
{
    /// <summary>With a larger mean probability outside all options a run is reported and not ranked, unless that is asked for.</summary>
    public const double Default = 0.5;

    /// <summary>A run's mean probability outside all options, 0 to 1; NaN before the first answer.</summary>
    public static double MeanOf(ResultsFile results, int runId) =>
        results.ReadValues<double>("SELECT avg(off_menu) FROM answers WHERE run_id = ?", runId).Single();
}
