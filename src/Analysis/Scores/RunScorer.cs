using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Reading;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// Scores runs of one survey, batch by batch, on a connection of its own: what it holds does not grow with the number of runs.
/// </summary>
sealed class RunScorer(Connection connection, ScoringSurvey survey, ComparedOptions compared, ByQuestions<HumanLines> lines,
    ByQuestions<AdjustedMeans> adjusted, ByQuestions<YardstickMeans> yardsticks, IReadOnlyDictionary<int, ScaleAnswers> scales,
    SimilarityMatrix[] uniformMeasures, ThinLimit limits, ScoreOptions options)
    : IDisposable
{
    /// <summary>Enough pairs for whole row groups, which DuckDB writes to the file at once instead of into its log.</summary>
    public const int MostPerBatch = 32;

    static readonly string[] s_tables = ["similarities", "country_intervals", "group_intervals", "country_lines", "measure_values",
        "country_adjusted", "country_yardsticks", "run_evenness", "topic_leaders"];

    readonly SimilarityMatrix _similarities = new(survey.Rows.Length, survey.Countries.Count);
    readonly GroupMeans _groups = new(survey);
    readonly MeasureWriter _measures = new(survey, options.Measures, scales);
    double[] _divergences = [];
    bool[] _filled = new bool[survey.Rows.Length];
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
        var counts = runIds.ToDictionary(id => id, _ => new RunCounts(options.Measures.Count));
        using var answers = new AnswerReader(connection.Query(AnswerReader.Of(runIds)));
        for (var more = answers.Next(); more;)
        {
            var (runId, count) = (answers.RunId, counts[answers.RunId]);
            var answered = new bool[survey.Rows.Length];
            var questions = 0;
            _measures.Clear();
            for (; more && answers.RunId == runId; more = answers.Next(), questions++)
            {
                if (!survey.Humans.TryGetValue(answers.SourceRow, out var humans) || humans.Block is null)
                    continue;
                var distribution = compared.Of(answers.SourceRow, answers.Distribution);
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
            var thinBelow = limits.Of(runId, questions);
            if (options.Resamples > 0)
                CountryIntervals.Append(intervalTable, runId, survey, _similarities, thinBelow, options);
            _groups.Append(groupTable, runId, _similarities, answered, ExtentsOver(answered), options);
            lines.Over(answered, thinBelow).Append(lineTable, runId, _similarities);
            adjusted.Over(answered, thinBelow).Append(adjustedTable, runId, _similarities, options);
            yardsticks.Over(answered, thinBelow).Append(yardstickTable, runId, _similarities);
            foreach (var nearness in NearnessBy(thinBelow))
            {
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

    IEnumerable<Nearness> NearnessBy(int thinBelow) => options.Measures
        .Select((measure, i) => new Nearness(survey, measure.Name, _measures.Nearness[i], uniformMeasures[i], thinBelow))
        .Prepend(new(survey, Measure.JensenShannon.Name, _similarities, survey.Uniform, thinBelow));

    // Most runs of a file answer the same questions.
    GroupExtents ExtentsOver(bool[] answered)
    {
        if (_known is not { } known || !known.Answered.AsSpan().SequenceEqual(answered))
            _known = known = (answered, _groups.ExtentsOver(answered));
        return known.Extents;
    }
}
