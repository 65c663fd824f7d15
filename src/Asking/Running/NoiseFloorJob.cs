using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Running;

/// <summary>
/// Measures on a small sample how far a run's arithmetic is from decoding one prompt at a time, in F32 or, on a server, without its cache,
/// and stores it with the run.
/// </summary>
static class NoiseFloorJob
{
    /// <summary>Runs that were asked together share one sample: their answers come out of the same decodes.</summary>
    /// <param name="source">The model.</param>
    /// <param name="design">How it was asked.</param>
    /// <param name="results">Where the runs are.</param>
    /// <param name="surveyId">Their survey.</param>
    /// <param name="runIds">The runs.</param>
    /// <param name="monitor">Shown how far it is.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task StoreAsync(
        IAnswerSource source, PromptDesign design, ResultsFile results, int surveyId, IReadOnlyList<int> runIds, IWorkMonitor monitor,
        CancellationToken cancellation)
    {
        if (results.NoiseFloor(runIds[0]) is not null)
            return;
        var progress = new WorkProgress("decodes for the noise floor");
        progress.Start();
        var sampling = SampleAsync(source, progress, cancellation);
        await monitor.WatchAsync(progress, sampling);
        var (asked, scores) = await sampling;
        if (scores.Count == 0)
            return;
        for (var reading = 0; reading < design.Readings.Count; reading++)
        {
            var runs = runIds.Where((_, i) => i % design.Readings.Count == reading).ToList();
            var row = Compare(scores, asked, design.Readings[reading].Score, results, surveyId, runs);
            foreach (var id in runs)
                results.ReplaceNoiseFloor(id, row);
        }
    }

    static async Task<ExactSample> SampleAsync(IAnswerSource source, WorkProgress progress, CancellationToken cancellation)
    {
        try
        {
            return await source.RunAsync(new SampleTask(), new TaskCounter(progress), cancellation);
        }
        catch (EngineException e) when (e.Kind == EngineError.Decode && source.Facts.Workers > 0)
        {
            // The sample may hold a prompt that was set aside: then the noise is not measured, and all answers stand.
            return new([], []);
        }
    }

    static NoiseFloorRow Compare(
        IReadOnlyList<PromptScore> exact, IReadOnlyList<PromptItem> asked, TextScore? by, ResultsFile results, int surveyId, List<int> runs)
    {
        var stored = exact.Select(s => asked[s.Key]).GroupBy(a => a.Template)
            .SelectMany(g => results.ReadAnswers(runs[g.Key], [.. g.Select(a => (a.SourceRow, a.OrderIndex))]))
            .ToDictionary(a => (a.RunId, a.SourceRow, a.OrderIndex));
        var difference = new AnswerDifference();
        foreach (var score in exact)
        {
            var what = asked[score.Key];
            // One that was set aside has none.
            if (!stored.TryGetValue((runs[what.Template], what.SourceRow, what.OrderIndex), out var answer))
                continue;
            var read = ReadOptions.Of(what, score, by);
            var humans = Humans(results, surveyId, what.SourceRow, read.Options);
            difference.Add(answer.LogProbs, answer.Probs, read.LogProbabilities, read.Probabilities, humans);
        }
        return difference.ToRow(exact.Count);
    }

    /// <summary>How each country's people answered a question, by the positions of its options.</summary>
    internal static List<double[]> Humans(ResultsFile results, int surveyId, int sourceRow, int[] options) =>
        [.. results.ReadHumans(surveyId, sourceRow).Select(h => options.Select(o => h.Probabilities[o]).ToArray())];
}
