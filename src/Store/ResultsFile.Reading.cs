namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>The stored answers to given prompts of a run, by rising source row and order.</summary>
    /// <remarks>Streamed from the database while the caller enumerates. A prompt without an answer is left out.</remarks>
    /// <param name="runId">The run; it need not be begun.</param>
    /// <param name="prompts">Source row and order of options; one that comes twice counts once.</param>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public IEnumerable<AnswerRow> ReadAnswers(int runId, IReadOnlyCollection<(int SourceRow, int OrderIndex)> prompts)
    {
        const string Answers =
            """
            WITH wanted AS (SELECT DISTINCT unnest(CAST(? AS INTEGER[])) AS source_row, unnest(CAST(? AS INTEGER[])) AS order_index)
            SELECT a.source_row, a.order_index, a.label_mass, a.off_menu, a.token_count, a.boundary, x.option_index, x.log_prob, x.prob
            FROM wanted AS w
            JOIN answers AS a ON a.source_row = w.source_row AND a.order_index = w.order_index
            JOIN answer_options AS x ON x.run_id = a.run_id AND x.source_row = a.source_row AND x.order_index = a.order_index
            WHERE a.run_id = ?
            ORDER BY a.source_row, a.order_index, x.position
            """;
        SurveyOf(runId);
        // DuckDB reads a list from the text of a list.
        using var query = Query(Answers, $"[{string.Join(',', prompts.Select(p => p.SourceRow))}]", $"[{string.Join(',', prompts.Select(p => p.OrderIndex))}]", runId);
        List<int> options = [];
        List<double> logProbs = [], probs = [];
        object?[]? first = null;
        foreach (var row in query.Rows)
        {
            if (first is not null && !(first[0]!.Equals(row[0]) && first[1]!.Equals(row[1])))
                yield return Gathered(first);
            if (options.Count == 0)
                first = row;
            options.Add((int)row[6]!);
            logProbs.Add((double)row[7]!);
            probs.Add((double)row[8]!);
        }

        if (first is not null)
            yield return Gathered(first);

        AnswerRow Gathered(object?[] row)
        {
            var answer = new AnswerRow(runId, (int)row[0]!, (int)row[1]!, (double)row[2]!, (double)row[3]!, (int)row[4]!, (string)row[5]!, [.. options], [.. logProbs], [.. probs]);
            options.Clear();
            logProbs.Clear();
            probs.Clear();
            return answer;
        }
    }

    /// <summary>How the people of each country answered one question, by rising country number; empty where nobody was asked.</summary>
    /// <exception cref="ArgumentException">The survey, or the question in it, is not in this file.</exception>
    public IReadOnlyList<HumanDistribution> ReadHumans(int surveyId, int sourceRow)
    {
        const string Humans =
            """
            SELECT source_row, country_id, probability
            FROM human_distributions
            WHERE survey_id = ? AND source_row = ?
            ORDER BY country_id, option_index
            """;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_connection.Scalar("SELECT count(*) FROM questions WHERE survey_id = ? AND source_row = ?", surveyId, sourceRow) is 0L)
                throw new ArgumentException($"Survey {surveyId} of {FullPath} has no row {sourceRow}.", nameof(sourceRow));
        }

        var labels = CountryLabels(surveyId);
        using var humans = new DistributionReader(Query(Humans, surveyId, sourceRow));
        var distributions = new List<HumanDistribution>();
        while (humans.Next())
            distributions.Add(new(humans.Key, labels[humans.Key], humans.Probabilities));
        return distributions;
    }
}
