using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LocalOpinions.Store;
using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Reading;

namespace LocalOpinions.Analysis.Scores;

/// <summary>Compares the answers of a results file's runs with people's.</summary>
public static class RunScoring
{
    /// <summary>
    /// Compares the answers of runs with every country's and stores similarities, intervals, human lines, the differences between runs, and
    /// the measures that are asked for; what was stored of these runs before is replaced.
    /// </summary>
    /// <remarks>
    /// Each batch of runs is one transaction, and each comparison of two runs: what a crash or a cancellation leaves out is made by the
    /// next call. Distributions go from DuckDB's memory into the kernel and divergences back, so memory does not grow with the number of
    /// runs.
    /// </remarks>
    /// <param name="results">The file, open for writing.</param>
    /// <param name="runIds">The runs; null for all of the file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Ends the work between two batches or comparisons.</param>
    /// <exception cref="ArgumentException">A run is not in this file.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was scored before is stored.</exception>
    public static ScoreSummary Score(
        this ResultsFile results, IReadOnlyCollection<int>? runIds = null, ScoreOptions? options = null,
            CancellationToken cancellation = default)
    {
        options ??= new();
        return results.InBulk(bulk =>
        {
            var surveys = bulk.Connection.Read<StoredRun>("SELECT run_id, survey_id FROM runs ORDER BY run_id")
                .ToDictionary(r => r.RunId, r => r.SurveyId);
            foreach (var id in runIds ?? [])
            {
                if (!surveys.ContainsKey(id))
                    throw new ArgumentException($"Run {id} is not in {results.FullPath}.", nameof(runIds));
            }

            var scored = (runIds ?? surveys.Keys).ToHashSet();
            var counts = new SortedDictionary<int, RunCounts>();
            var loaded = scored.Select(id => surveys[id]).Distinct().ToDictionary(id => id, id => ScoringSurvey.Load(bulk.Connection, id));
            foreach (var (surveyId, survey) in loaded)
                ScoreRuns(bulk, survey, [.. scored.Where(id => surveys[id] == surveyId).Order()], options, counts, cancellation);

            var comparisons = options.Resamples > 0 ? RunPair.Of(bulk.Connection, scored) : [];
            var skipped = Math.Max(0, comparisons.Count - options.MostComparisons);
            foreach (var ofSurvey in comparisons.Take(options.MostComparisons).GroupBy(p => surveys[p.RunId]))
            {
                var comparer = new RunComparer(bulk.Connection, loaded[ofSurvey.Key], options);
                foreach (var pair in ofSurvey)
                {
                    cancellation.ThrowIfCancellationRequested();
                    bulk.Write(() => comparer.Compare(pair));
                }
            }

            return new ScoreSummary(counts.ToDictionary(c => c.Key, c => c.Value.Pairs), comparisons.Count - skipped, skipped)
            {
                Measured = counts.ToDictionary(c => c.Key, c => c.Value.ByName(options.Measures)),
            };
        });
    }

    /// <summary>Batches on several connections at once; each is a transaction of its own.</summary>
    static void ScoreRuns(
        BulkAccess bulk, ScoringSurvey survey, int[] runIds, ScoreOptions options, SortedDictionary<int, RunCounts> counts,
            CancellationToken cancellation)
    {
        // Ahead and together: a comparison belongs to two runs, and two transactions that delete it would be in conflict.
        foreach (var table in new[] { "paired_differences", "paired_beyond" })
            bulk.Write(() => bulk.Connection.Execute(
                $"DELETE FROM {table} WHERE run_id {RunIds.In(runIds)} OR other_run_id {RunIds.In(runIds, "other_run_id")}"));
        if (options.FewestQuestions is { } fewest)
            bulk.Write(() => ThinLimit.Choose(bulk.Connection, runIds, fewest));
        var limits = new ThinLimit(bulk.Connection);
        var compared = ComparedOptions.Load(bulk.Connection, survey.SurveyId);
        var scales = options.Measures.Any(m => m.NeedsOrder) ? ScaleAnswers.Load(bulk.Connection, survey) : [];
        SimilarityMatrix[] uniform = [];
        if (options.Measures.Count > 0)
            bulk.Write(() => uniform = UniformMeasures.Replace(bulk.Connection, survey, compared, scales, options.Measures));
        var shared = new SharedScoring
        {
            Survey = survey,
            Compared = compared,
            Lines = new((answered, thinBelow) => new(survey, answered, thinBelow)),
            Adjusted = new((answered, thinBelow) => new(survey, answered, thinBelow)),
            Yardsticks = new((answered, _) => new(survey, answered, Yardstick.DefaultRespondents)),
            Scales = scales,
            UniformMeasures = uniform,
            Limits = limits,
            Options = options,
        };
        // DuckDB's own threads would get in the way of these, and ALP takes longer over divergences than writing them as they are.
        bulk.Connection.Between(
            "SET GLOBAL threads = 1; SET GLOBAL disabled_compression_methods = 'alp,alprd'",
            $"SET GLOBAL threads = {bulk.Threads}; RESET GLOBAL disabled_compression_methods",
            () =>
            {
                try
                {
                    var batches = runIds.Chunk(PerBatch(runIds.Length, options.Threads));
                    Parallel.ForEach(
                        Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering),
                        new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                        () => new RunScorer(bulk.Connect(), shared),
                        (batch, _, scorer) =>
                        {
                            var scored = scorer.Score(batch);
                            lock (counts)
                            {
                                foreach (var (runId, count) in scored)
                                    counts.Add(runId, count);
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

    // Whole row groups where there are many runs, work for every thread where there are few.
    static int PerBatch(int runs, int threads) => Math.Clamp((runs + threads - 1) / threads, 1, RunScorer.MostPerBatch);

    sealed record StoredRun(int RunId, int SurveyId);
}
