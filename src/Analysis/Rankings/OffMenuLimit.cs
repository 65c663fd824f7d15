using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Rankings;

/// <summary>
/// Answers are probabilities of the options divided by their sum: where that sum is small, they say what a model would answer that hardly
/// answers.
/// </summary>
public static class OffMenuLimit
{
    /// <summary>With a larger mean probability outside all labels a run is reported and not ranked, unless that is asked for.</summary>
    public const double Default = 0.5;

    /// <summary>
    /// A run's mean probability outside all options' labels, 0 to 1, as the view run_masses has it; where texts are written, the share
    /// of those that name no single option.
    /// NaN before the first answer, and where whole texts are read, to which any model gives little.
    /// </summary>
    public static double MeanOf(ResultsFile results, int runId) => results.ReadValues<double>(
        """
        SELECT (SELECT mean_off_menu FROM run_masses JOIN runs USING (run_id) WHERE run_id = ? AND reading NOT LIKE 'text-%')
        """, runId).Single();
}
