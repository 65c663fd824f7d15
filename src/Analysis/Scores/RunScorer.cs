using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Connections;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// Scores runs of one survey, batch by batch, on a connection of its own: what it holds does not grow with the number of runs.
/// </summary>
sealed class RunScorer(Connection connection, SharedScoring shared)
    : IDisposable
{
    /// <summary>Enough pairs for whole row groups, which DuckDB writes to the file at once instead of into its log.</summary>
    public const int MostPerBatch = 32;

    static readonly string[] s_tables = ["similarities", "country_intervals", "group_intervals", "country_lines", "measure_values",
        "country_adjusted", "country_yardsticks", "run_evenness", "topic_leaders"];

    readonly SimilarityMatrix _similarities = new(shared.Survey.Rows.Length, shared.Survey.Countries.Count);
    readonly GroupMeans _groups = new(shared.Survey);
    readonly MeasureWriter _measures = new(shared.Survey, shared.Options.Measures, shared.Scales);

    // By similarity, then by each chosen measure.
    readonly Nearness[] _nearness = [.. shared.Options.Measures.Prepend(Measure.JensenShannon)
        .Select(m => new Nearness(shared.Survey, m.Name))];

    double[] _divergences = [];
    bool[] _filled = new bool[shared.Survey.Rows.Length];
    (bool[] Answered, GroupExtents Extents)? _known;

    /// <summary>
    /// Replaces all that is stored of these runs, but for their comparisons, in one transaction; gives what each has now.
    /// </summary>
    public Dictionary<int, RunCounts> Score(IReadOnlyList<int> runIds)
    {
        Dictionary<int, RunCounts> counts = [];
        connection.InTransaction(() => counts = Replace(runIds));
        return counts;
    }

    public void Dispose() => connection.Dispose();

    Dictionary<int, RunCounts> Replace(IReadOnlyList<int> runIds)
    {
        foreach (var name in s_tables)
            connection.Execute($"DELETE FROM {name} WHERE run_id {RunIds.In(runIds)}");
        using var similarityTable = new TableAppender(connection, "similarities");
        using var intervalTable = new TableAppender(connection, "country_intervals");
        using var groupTable = new TableAppender(connection, "group_intervals");
        using var lineTable = new TableAppender(connection, "country_lines");
        using var measureTable = new TableAppender(connection, "measure_values");
        using var adjustedTable = new TableAppender(connection, "country_adjusted");
        using var yardstickTable = new TableAppender(connection, "country_yardsticks");
        using var evennessTable = new TableAppender(connection, "run_evenness");
        using var topicTable = new TableAppender(connection, "topic_leaders");
        var counts = runIds.ToDictionary(id => id, _ => new RunCounts(shared.Options.Measures.Count));
        using var answers = new AnswerReader(connection.Query(AnswerReader.Of(runIds)));
        for (var more = answers.Next(); more;)
        {
            var (runId, count) = (answers.RunId, counts[answers.RunId]);
            var answered = new bool[shared.Survey.Rows.Length];
            var questions = 0;
            _measures.Clear();
            for (; more && answers.RunId == runId; more = answers.Next(), questions++)
            {
                if (!shared.Survey.Humans.TryGetValue(answers.SourceRow, out var humans) || humans.Block is null)
                    continue;
                var distribution = shared.Compared.Of(answers.SourceRow, answers.Distribution);
                if (distribution.IsEmpty)
                    continue;
                answered[humans.Index] = true;
                count.Pairs += Compare(similarityTable, answers, distribution, humans, humans.Block);
                _measures.Append(measureTable, runId, answers.SourceRow, distribution, humans, count.Measured);
            }

            // What this run answered is overwritten; what only the one before it did is not.
            for (var question = 0; question < answered.Length; question++)
            {
                if (_filled[question] && !answered[question])
                    _similarities.Clear(question);
            }

            _filled = answered;
            if (count.Pairs == 0)
                continue;
            var thinBelow = shared.Limits.Of(runId, questions);
            if (shared.Options.Resamples > 0)
                CountryIntervals.Append(intervalTable, runId, shared.Survey, _similarities, thinBelow, shared.Options);
            _groups.Append(groupTable, runId, _similarities, answered, ExtentsOver(answered), shared.Options);
            shared.Lines.Over(answered, thinBelow).Append(lineTable, runId, _similarities);
            shared.Adjusted.Over(answered, thinBelow).Append(adjustedTable, runId, _similarities, shared.Options);
            shared.Yardsticks.Over(answered, thinBelow).Append(yardstickTable, runId, _similarities);
            foreach (var (i, nearness) in _nearness.Index())
            {
                var (near, uniform) = i == 0 ? (_similarities, shared.Survey.Uniform)
                    : (_measures.Nearness[i - 1], shared.UniformMeasures[i - 1]);
                nearness.Read(near, uniform, thinBelow);
                nearness.AppendEvenness(evennessTable, runId);
                nearness.AppendTopics(topicTable, runId);
            }
        }

        foreach (var table in new[]
            {
                similarityTable, intervalTable, groupTable, lineTable, measureTable, adjustedTable, yardstickTable, evennessTable,
                topicTable,
            })
            table.Complete();
        return counts;
    }

    int Compare(TableAppender table, AnswerReader answers, ReadOnlySpan<double> distribution, HumanAnswers humans, DistributionBlock block)
    {
        if (_divergences.Length < block.Count)
            _divergences = new double[block.Count];
        JensenShannon.OneToMany(distribution, block, _divergences);
        for (var i = 0; i < block.Count; i++)
            _similarities[humans.Index, humans.Columns[i]] = Similarity.Bits(_divergences[i]);

        for (int done = 0, rows; done < block.Count; done += rows)
        {
            rows = table.RoomFor(block.Count - done);
            table.Column<int>(0, rows).Fill(answers.RunId);
            table.Column<int>(1, rows).Fill(answers.SourceRow);
            humans.CountryIds.AsSpan(done, rows).CopyTo(table.Column<int>(2, rows));
            _divergences.AsSpan(done, rows).CopyTo(table.Column<double>(3, rows));
            table.EndRows(rows);
        }

        return block.Count;
    }

    // Most runs of a file answer the same questions.
    GroupExtents ExtentsOver(bool[] answered)
    {
        if (_known is not { } known || !known.Answered.AsSpan().SequenceEqual(answered))
            _known = known = (answered, _groups.ExtentsOver(answered));
        return known.Extents;
    }
}
