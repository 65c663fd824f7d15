using LocalOpinions.Asking.Sources;
using LocalOpinions.Store;

namespace LocalOpinions.Asking.Running;

/// <summary>How much of some work a results file holds, without anything being begun.</summary>
public static class AnsweredAlready
{
    /// <summary>Prompts that need not be asked.</summary>
    /// <param name="results">The file.</param>
    /// <param name="work">The work.</param>
    /// <param name="source">Who would be asked.</param>
    /// <param name="fingerprint">What tells that model from every other.</param>
    public static long Count(ResultsFile results, AskingWork work, IAnswerSource source, string fingerprint)
    {
        var modelId = Id("SELECT model_id FROM models WHERE sha256 = ?", fingerprint);
        var surveyId = Id("SELECT survey_id FROM surveys WHERE sha256 = ?", work.Survey.Sha256);
        // All readings of a template are of the same prompts.
        return new RunKeys(work, source, modelId, surveyId).All().Chunk(work.Design.Readings.Count).Sum(t => t.Min(AnswersOf));

        int Id(string query, string sha256) => results.ReadValues<int>(query, sha256).FirstOrDefault();

        long AnswersOf(Store.Rows.RunRow run) => results.FindRun(run) is { } id
            ? results.ReadValues<long>(
                """
                SELECT count(*) FROM (
                    SELECT source_row, order_index FROM answers WHERE run_id = ?
                    UNION SELECT source_row, order_index FROM text_readings WHERE run_id = ?)
                """, id, id).Single() : 0;
    }
}
