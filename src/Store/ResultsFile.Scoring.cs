using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>
    /// Compares the answers of runs with every country's and stores similarities, intervals, human lines, and the differences between
    /// runs; what was stored of these runs before is replaced.
    /// </summary>
    /// <remarks>
    /// Each batch of runs is one transaction, and each comparison of two runs: what a crash leaves out is made by the next call.
    /// Distributions go from DuckDB's memory into the kernel and divergences back, so memory does not grow with the number of runs.
    /// </remarks>
    /// <param name="runIds">The runs; null for all of the file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">A run is not in this file.</exception>
    public ScoreSummary Score(IReadOnlyCollection<int>? runIds = null, ScoreOptions? options = null)
    {
        options ??= new();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var surveys = _connection.Rows("SELECT run_id, survey_id FROM runs ORDER BY run_id").ToDictionary(r => (int)r[0]!, r => (int)r[1]!);
            foreach (var id in runIds ?? [])
            {
                if (!surveys.ContainsKey(id))
                    throw new ArgumentException($"Run {id} is not in {FullPath}.", nameof(runIds));
            }

            var scored = (runIds ?? surveys.Keys).ToHashSet();
            var pairs = new SortedDictionary<int, long>();
            var loaded = scored.Select(id => surveys[id]).Distinct().ToDictionary(id => id, id => ScoringSurvey.Load(_connection, id));
            foreach (var (surveyId, survey) in loaded)
                ScoreRuns(survey, [.. scored.Where(id => surveys[id] == surveyId).Order()], options, pairs);

            var comparisons = options.Resamples > 0 ? RunPair.Of(_connection, scored) : [];
            var skipped = Math.Max(0, comparisons.Count - options.MostComparisons);
            foreach (var ofSurvey in comparisons.Take(options.MostComparisons).GroupBy(p => surveys[p.RunId]))
            {
                var comparer = new RunComparer(_connection, loaded[ofSurvey.Key], options);
                foreach (var pair in ofSurvey)
                    Write(() => comparer.Compare(pair));
            }

            return new(pairs, comparisons.Count - skipped, skipped);
        }
    }

    /// <summary>Batches on several connections at once; each is a transaction of its own.</summary>
    void ScoreRuns(ScoringSurvey survey, int[] runIds, ScoreOptions options, SortedDictionary<int, long> pairs)
    {
        // Ahead and together: a comparison belongs to two runs, and two transactions that delete it would be in conflict.
        Write(() => _connection.Execute($"DELETE FROM paired_differences WHERE run_id {RunIds.In(runIds)} OR other_run_id {RunIds.In(runIds, "other_run_id")}"));
        var compared = ComparedOptions.Load(_connection, survey.SurveyId);
        var lines = new KnownLines(survey);
        // DuckDB's own threads would get in the way of these, and ALP takes longer over divergences than writing them as they are.
        _connection.Between("SET GLOBAL threads = 1; SET GLOBAL disabled_compression_methods = 'alp,alprd'", $"SET GLOBAL threads = {_database.Threads}; RESET GLOBAL disabled_compression_methods", () =>
        {
            try
            {
                Parallel.ForEach(
                    Partitioner.Create(runIds.Chunk(RunScorer.RunsPerBatch), EnumerablePartitionerOptions.NoBuffering),
                    new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
                    () => new RunScorer(_database.Connect(), survey, compared, lines, options),
                    (batch, _, scorer) =>
                    {
                        var scored = scorer.Score(batch);
                        lock (pairs)
                        {
                            foreach (var (runId, count) in scored)
                                pairs.Add(runId, count);
                        }

                        return scorer;
                    },
                    scorer => scorer.Dispose());
            }
            catch (AggregateException e)
            {
                ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }
        });
    }

    /// <summary>The answered questions of a run by rising source row, each with the model's probability per option of the survey: the mean over the orders in which the options were put.</summary>
    /// <remarks>Streamed from the database while the caller enumerates; answers stored meanwhile are not part of it.</remarks>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public IEnumerable<(int SourceRow, double[] Probabilities)> ReadMeanAnswers(int runId)
    {
        SurveyOf(runId);
        var stored = Query(AnswerReader.Of([runId]));
        using var answers = new AnswerReader(stored.Result, stored);
        while (answers.Next())
            yield return (answers.SourceRow, answers.Distribution.ToArray());
    }

    /// <summary>On which options answers to a survey are compared.</summary>
    public ComparedOptions ReadComparedOptions(int surveyId)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return ComparedOptions.Load(_connection, surveyId);
        }
    }

    /// <summary>The answered questions of a run with the people's answers to them, by rising source row: what tests compute again.</summary>
    internal IEnumerable<ScoringQuestion> ReadForScoring(int runId)
    {
        const string Humans =
            """
            SELECT source_row, country_id, probabilities
            FROM human_distributions
            WHERE survey_id = ? AND source_row IN (SELECT source_row FROM answers WHERE run_id = ?)
            ORDER BY source_row, country_id
            """;
        var surveyId = SurveyOf(runId);
        var labels = CountryLabels(surveyId);
        var humans = new Dictionary<int, List<HumanDistribution>>();
        using (var query = Query(Humans, surveyId, runId))
        {
            foreach (var row in query.Rows)
            {
                if (!humans.TryGetValue((int)row[0]!, out var distributions))
                    humans.Add((int)row[0]!, distributions = []);
                distributions.Add(new((int)row[1]!, labels[(int)row[1]!], Array.ConvertAll((object?[])row[2]!, p => (double)p!)));
            }
        }

        var options = ReadComparedOptions(surveyId);
        foreach (var (sourceRow, probabilities) in ReadMeanAnswers(runId))
        {
            var compared = options.Of(sourceRow, probabilities).ToArray();
            yield return compared.Length > 0 ? new(sourceRow, compared, humans.GetValueOrDefault(sourceRow) ?? []) : new(sourceRow, probabilities, []);
        }
    }

    /// <summary>Stores the similarities of a run in place of those it had: of a run whose similarities were computed elsewhere.</summary>
    /// <exception cref="ArgumentException">The run is not in this file, a pair comes twice, or a divergence is no number.</exception>
    internal void ReplaceSimilarities(int runId, IReadOnlyList<SimilarityRow> rows) => Write(() =>
    {
        SurveyOf(runId);
        var pairs = new HashSet<(int, int)>(rows.Count);
        _connection.Execute("DELETE FROM similarities WHERE run_id = ?", runId);
        using var table = new TableAppender(_connection, "similarities");
        foreach (var row in rows)
        {
            if (!pairs.Add((row.SourceRow, row.CountryId)))
                throw new ArgumentException($"Row {row.SourceRow} and country {row.CountryId} come twice.", nameof(rows));
            if (!double.IsFinite(row.JsBits))
                throw new ArgumentException($"Row {row.SourceRow}, country {row.CountryId}: the divergence {row.JsBits} must be a number.", nameof(rows));
            table.Write(runId).Write(row.SourceRow).Write(row.CountryId).Write(row.JsBits).EndRow();
        }

        table.Complete();
    });

    int SurveyOf(int runId)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _connection.Scalar("SELECT survey_id FROM runs WHERE run_id = ?", runId) as int?
                ?? throw new ArgumentException($"Run {runId} is not in {FullPath}.", nameof(runId));
        }
    }

    Dictionary<int, string> CountryLabels(int surveyId)
    {
        using var query = Query("SELECT country_id, label FROM countries WHERE survey_id = ?", surveyId);
        return query.Rows.ToDictionary(r => (int)r[0]!, r => (string)r[1]!);
    }
}
