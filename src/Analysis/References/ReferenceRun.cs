using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Analysis.References;

/// <summary>What an answerer's run came to, beside what it must come to.</summary>
/// <param name="N">Questions that it answered.</param>
/// <param name="Pairs">Question-country pairs that were scored.</param>
/// <param name="LargestError">The largest difference between a stored divergence and the one that theory demands; 0 as it must be.</param>
/// <param name="OwnSimilarityBits">Of an oracle: its similarity to its country; 1 as it must be.</param>
/// <param name="OwnRank">Of an oracle: its country's place; 1 as it must be, null where the country has too few questions to be
/// ranked.</param>
sealed record ReferenceOutcome(int RunId, string Answerer, string Control, long N, long Pairs, double LargestError,
    double? OwnSimilarityBits, long? OwnRank)
{
    // Where refusals are compared apart, the uniform answer is divided by what is left of it: one rounding more.
    const double Rounding = 1e-12;

    public bool AsTheorySays => LargestError <= (Control == "uniform" ? Rounding : 0) && Pairs > 0 && OwnSimilarityBits is null or 1
        && OwnRank is null or 1;
}

/// <summary>Writes the answers of control answerers as runs like any other, scores them by the same code, and checks the result.</summary>
static class ReferenceRun
{
    const int RowsPerBatch = 1000;

    public static ReferenceOutcome Execute(ResultsFile results, int surveyId, ReferenceAnswerer answerer)
    {
        var run = results.BeginRun(answerer.ToRun(results.AddModel(answerer.ToModel()), surveyId));
        var complete = false;
        try
        {
            Write(results, surveyId, answerer, run);
            complete = true;
        }
        finally
        {
            results.EndRun(run.RunId, new(complete ? "complete" : "interrupted", 0, 0, 0));
        }
        results.Score([run.RunId]);
        return Check(results, run.RunId, answerer);
    }

    /// <summary>The labels of a survey's countries by falling number of questions.</summary>
    public static IReadOnlyList<string> Countries(ResultsFile results, int surveyId)
    {
        using var rows = results.Query(
            "SELECT label FROM countries JOIN human_distributions USING (survey_id, country_id) WHERE survey_id = ? GROUP BY label ORDER "
                + "BY count(*) DESC, label", surveyId);
        return [.. rows.Rows.Select(r => (string)r[0]!)];
    }

    static void Write(ResultsFile results, int surveyId, ReferenceAnswerer answerer, RunHandle run)
    {
        List<AnswerRow> answers = [];
        List<UnansweredRow> unanswered = [];
        foreach (var (row, options, people) in Questions(results, surveyId, answerer.Country)
            .Where(q => !run.Answered.Contains((q.Row, 0)) && !run.UnansweredRows.Contains(q.Row)))
        {
            var (probs, reason) = answerer.Answer(options, people);
            if (probs is null)
                unanswered.Add(new(run.RunId, row, reason!));
            else
                answers.Add(new()
                {
                    RunId = run.RunId,
                    SourceRow = row,
                    OrderIndex = 0,
                    LabelMass = 1,
                    OffMenu = 0,
                    TokenCount = 0,
                    Boundary = "natural",
                    Options = [.. Enumerable.Range(0, options)],
                    LogProbs = Array.ConvertAll(probs, Math.Log),
                    Probs = probs,
                });
        }
        foreach (var batch in answers.Chunk(RowsPerBatch))
            results.Append(batch, []);
        results.Append([], unanswered);
    }

    static List<(int Row, int Options, double[]? People)> Questions(ResultsFile results, int surveyId, string? country)
    {
        using var rows = results.Query(
            """
            WITH people AS (
                SELECT source_row, probabilities FROM human_distributions JOIN countries USING (survey_id, country_id)
                    WHERE survey_id = ? AND label = ?)
            SELECT source_row, CAST(count(*) AS INTEGER), any_value(probabilities) FROM options LEFT JOIN people USING (source_row)
            WHERE survey_id = ? GROUP BY source_row ORDER BY source_row
            """, surveyId, country, surveyId);
        return [.. rows.Rows.Select(r => ((int)r[0]!, (int)r[1]!, r[2] is object?[] list ? Array.ConvertAll(list, p => (double)p!)
            : null))];
    }

    static ReferenceOutcome Check(ResultsFile results, int runId, ReferenceAnswerer answerer)
    {
        // A uniform answerer is as far from everybody as the survey's own uniform line; an oracle is at its country.
        using var rows = results.Query(
            """
            SELECT count(*),
                   max(CASE WHEN r.control = 'uniform' THEN abs(s.js_bits - h.uniform_js_bits) WHEN c.label = ? THEN s.js_bits END),
                   (SELECT count(DISTINCT source_row) FROM answers WHERE run_id = ?)
            FROM similarities AS s
            JOIN runs AS r USING (run_id)
            JOIN countries AS c USING (country_id)
            JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
            WHERE s.run_id = ?
            """, answerer.Country, runId, runId);
        var cells = rows.Rows.Single();
        using var own = results.Query("SELECT similarity_bits, rank FROM country_similarity WHERE run_id = ? AND country = ?", runId,
            answerer.Country);
        var place = own.Rows.SingleOrDefault();
        return new(runId, answerer.Name, answerer.Control, (long)cells[2]!, (long)cells[0]!, (double?)cells[1] ?? 0, (double?)place?[0],
            (long?)place?[1]);
    }
}
