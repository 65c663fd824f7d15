using LocalOpinions.Store;

namespace LocalOpinions.Analysis;

/// <summary>Which of a survey's people prompts name, by the rule of the view prompted_countries.</summary>
public static class PromptedPeople
{
    /// <summary>The country labels that a run's prompts name, national samples only; none where they name nobody.</summary>
    public static IReadOnlySet<string> Of(ResultsFile results, int runId) => results.ReadValues<string>(
        "SELECT country FROM prompted_countries WHERE run_id = ? AND is_national", runId).ToHashSet();

    /// <summary>The country labels of a survey that prompts would name, of samples of every kind.</summary>
    /// <param name="results">The file.</param>
    /// <param name="surveyId">The survey.</param>
    /// <param name="prompted">A country or group, as results call it (runs.prompted_country).</param>
    public static IReadOnlySet<string> In(ResultsFile results, int surveyId, string prompted) => results.ReadValues<string>(
        "SELECT label FROM countries AS c WHERE c.survey_id = ? AND is_prompted(?, c.label, c.name)", surveyId, prompted).ToHashSet();
}
