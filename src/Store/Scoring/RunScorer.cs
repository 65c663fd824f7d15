using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Store;

/// <summary>Scores runs of one survey, batch by batch: what it holds does not grow with the number of runs.</summary>
sealed class RunScorer(ResultsFile results, Connection connection, ScoringSurvey survey, IReadOnlyDictionary<int, bool[]> refusals, ScoreOptions options)
{
    /// <summary>Enough pairs for whole row groups, which DuckDB writes to the file at once instead of into its log.</summary>
    public const int RunsPerBatch = 32;

    readonly SimilarityMatrix _similarities = new(survey.Rows.Length, survey.Countries.Count);
    readonly GroupMeans _groups = new(survey);
    double[] _divergences = [];
    (bool[] Answered, int ThinBelow, HumanLines Lines)? _lines;

    /// <summary>Replaces all that is stored of these runs, inside the caller's transaction; gives the pairs of each.</summary>
    public Dictionary<int, long> Score(IReadOnlyList<int> runIds)
    {
        Forget(runIds);
        using var similarityTable = new TableAppender(connection, "similarities");
        using var intervalTable = new TableAppender(connection, "country_intervals");
        using var groupTable = new TableAppender(connection, "group_intervals");
        using var lineTable = new TableAppender(connection, "country_lines");
        var pairs = runIds.ToDictionary(id => id, _ => 0L);
        using var answers = new AnswerReader(results.Query(AnswerReader.Of(runIds)));
        for (var more = answers.Next(); more;)
        {
            var runId = answers.RunId;
            var answered = new bool[survey.Rows.Length];
            var questions = 0;
            _similarities.Clear();
            for (; more && answers.RunId == runId; more = answers.Next(), questions++)
            {
                if (!survey.Humans.TryGetValue(answers.SourceRow, out var humans) || humans.Block is null)
                    continue;
                var distribution = answers.Distribution;
                // A model that only refuses has said nothing that could be compared.
                if (refusals.TryGetValue(answers.SourceRow, out var apart) && (distribution = RefusalsApart.Without(distribution, apart)).IsEmpty)
                    continue;
                answered[humans.Index] = true;
                pairs[runId] += Compare(similarityTable, answers, distribution, humans, humans.Block);
            }

            if (pairs[runId] == 0)
                continue;
            var thinBelow = ThinLimit.Of(questions);
            if (options.Resamples > 0)
                CountryIntervals.Append(intervalTable, runId, survey, _similarities, thinBelow, options);
            _groups.Append(groupTable, runId, _similarities, options);
            LinesOver(answered, thinBelow).Append(lineTable, runId, _similarities);
        }

        foreach (var table in new[] { similarityTable, intervalTable, groupTable, lineTable })
            table.Complete();
        return pairs;
    }

    int Compare(TableAppender table, AnswerReader answers, ReadOnlySpan<double> distribution, HumanAnswers humans, DistributionBlock block)
    {
        if (_divergences.Length < block.Count)
            _divergences = new double[block.Count];
        JensenShannon.OneToMany(distribution, block, _divergences);
        for (var i = 0; i < block.Count; i++)
        {
            table.Write(answers.RunId).Write(answers.SourceRow).Write(survey.Countries[humans.Columns[i]].Id).Write(_divergences[i]).EndRow();
            _similarities[humans.Index, humans.Columns[i]] = Similarity.Bits(_divergences[i]);
        }

        return block.Count;
    }

    // Most runs of a file answer the same questions.
    HumanLines LinesOver(bool[] answered, int thinBelow)
    {
        if (_lines is { } known && known.ThinBelow == thinBelow && known.Answered.AsSpan().SequenceEqual(answered))
            return known.Lines;
        var lines = new HumanLines(survey, answered, thinBelow);
        _lines = (answered, thinBelow, lines);
        return lines;
    }

    void Forget(IReadOnlyList<int> runIds)
    {
        var these = RunIds.In(runIds);
        foreach (var table in new[] { "similarities", "country_intervals", "group_intervals", "country_lines", "paired_differences" })
            connection.Execute($"DELETE FROM {table} WHERE run_id {these}");
        connection.Execute($"DELETE FROM paired_differences WHERE other_run_id {these}");
    }
}
