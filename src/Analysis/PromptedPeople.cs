using LocalOpinions.Store;

namespace LocalOpinions.Analysis;

/// <summary>Which of a survey's people a run's prompts name, as it is stored with the run (run_prompted).</summary>
public static class PromptedPeople
{
    /// <summary>The country labels that a run's prompts name, national samples only; none where they name nobody.</summary>
    public static IReadOnlySet<string> Of(ResultsFile results, int runId) => results.ReadValues<string>(
        "SELECT country FROM prompted_countries WHERE run_id = ? AND is_national", runId).ToHashSet();
}
