using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Analysis.References;

/// <summary>What an answerer's run came to, beside what it must come to.</summary>
public sealed record ReferenceOutcome
{
    // Where refusals are compared apart, the uniform answer is divided by what is left of it: one rounding more.
    const double Rounding = 1e-12;

    /// <summary>The run.</summary>
    public required int RunId { get; init; }

    /// <summary>The answerer's <see cref="ReferenceAnswerer.Name"/>.</summary>
    public required string Answerer { get; init; }

    /// <summary>uniform or oracle.</summary>
    public required string Control { get; init; }

    /// <summary>Questions that it answered.</summary>
    public required long N { get; init; }

    /// <summary>Question-country pairs that were scored.</summary>
    public required long Pairs { get; init; }

    /// <summary>The largest difference, in bits, between a stored divergence and the one that theory demands; 0 as it must be.</summary>
    public required double LargestError { get; init; }

    /// <summary>Of an oracle: its similarity to its country, in bits, 1 as it must be; null of the uniform answerer.</summary>
    public required double? OwnSimilarityBits { get; init; }

    /// <summary>
    /// Of an oracle: its country's place, 1 as it must be; null where the country has too few questions to be ranked, and of the uniform
    /// answerer.
    /// </summary>
    public required long? OwnRank { get; init; }

    /// <summary>Whether everything is as it must be; where it is not, no number of the file can be trusted.</summary>
    public bool AsTheorySays => LargestError <= (Control == "uniform" ? Rounding : 0) && Pairs > 0 && OwnSimilarityBits is null or 1
        && OwnRank is null or 1;
}

/// <summary>Writes the answers of control answerers as runs like any other, scores them by the same code, and checks the result.</summary>
public static class ReferenceRun
{
    const int RowsPerBatch = 1000;

    /// <summary>Runs an answerer on a survey of a file, or finds its run there, scores it and checks the scores.</summary>
    /// <param name="results">The file, open for writing.</param>
    /// <param name="surveyId">The survey.</param>
    /// <param name="answerer">The answerer.</param>
    /// <returns>What came of it; whether that is as it must be is <see cref="ReferenceOutcome.AsTheorySays"/>.</returns>
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
    public static IReadOnlyList<string> Countries(ResultsFile results, int surveyId) => results.ReadValues<string>(
        "SELECT label FROM countries JOIN human_distributions USING (survey_id, country_id) WHERE survey_id = ? GROUP BY label ORDER "
            + "BY count(*) DESC, label", surveyId);

    static void Write(ResultsFile results, int surveyId, ReferenceAnswerer answerer, RunHandle run)
    {
        List<AnswerRow> answers = [];
        List<UnansweredRow> unanswered = [];
        foreach (var (row, options, people) in Questions(results, surveyId, answerer.Country)
            .Where(q => !run.Answered.Contains((q.SourceRow, 0)) && !run.UnansweredRows.Contains(q.SourceRow)))
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

    static IReadOnlyList<AskedQuestion> Questions(ResultsFile results, int surveyId, string? country) => results.Read<AskedQuestion>(
        """
        WITH people AS (
            SELECT source_row, probabilities FROM human_distributions JOIN countries USING (survey_id, country_id)
                WHERE survey_id = ? AND label = ?)
        SELECT source_row, count(*) AS options, any_value(probabilities) AS people FROM options LEFT JOIN people USING (source_row)
        WHERE survey_id = ? GROUP BY source_row ORDER BY source_row
        """, surveyId, country, surveyId);

    static ReferenceOutcome Check(ResultsFile results, int runId, ReferenceAnswerer answerer)
    {
        // A uniform answerer is as far from everybody as the survey's own uniform line; an oracle is at its country.
        var totals = results.Read<Totals>(
            """
            SELECT count(*) AS pairs,
                   max(CASE WHEN r.control = 'uniform' THEN abs(s.js_bits - h.uniform_js_bits) WHEN c.label = ? THEN s.js_bits END)
                       AS largest_error,
                   (SELECT count(DISTINCT source_row) FROM answers WHERE run_id = ?) AS questions
            FROM similarities AS s
            JOIN runs AS r USING (run_id)
            JOIN countries AS c USING (country_id)
            JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
            WHERE s.run_id = ?
            """, answerer.Country, runId, runId).Single();
        var own = results.Read<OwnPlace>("SELECT similarity_bits, rank FROM country_similarity WHERE run_id = ? AND country = ?", runId,
            answerer.Country).SingleOrDefault();
        return new()
        {
            RunId = runId,
            Answerer = answerer.Name,
            Control = answerer.Control,
            N = totals.Questions,
            Pairs = totals.Pairs,
            LargestError = totals.LargestError ?? 0,
            OwnSimilarityBits = own?.SimilarityBits,
            OwnRank = own?.Rank,
        };
    }

    sealed record AskedQuestion(int SourceRow, int Options, double[]? People);

    sealed record Totals(long Pairs, double? LargestError, long Questions);

    sealed record OwnPlace(double SimilarityBits, long? Rank);
}
