using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Running;

/// <summary>
/// Measures on a few prompts how far llama.cpp's arithmetic with quantised weights is from float arithmetic with the same weights, where
/// that is little work beside the run, and stores it with the run.
/// </summary>
static class RoundingJob
{
    /// <inheritdoc cref="NoiseFloorJob.StoreAsync"/>
    public static async Task StoreAsync(
        IAnswerSource source, AskingWork work, ResultsFile results, int surveyId, IReadOnlyList<int> runIds, IWorkMonitor monitor,
        CancellationToken cancellation)
    {
        if (!source.Abilities.Float || !RoundingTask.IsLittle(work, source.Facts.Device)
            || results.RoundingFloor(runIds[0]) is not null)
            return;
        RoundingSample sample;
        try
        {
            sample = await monitor.DoAsync(source, new RoundingTask(), "decodes for what rounding is worth", cancellation);
        }
        catch (EngineException e)
        {
            // All answers stand without it.
            monitor.Warn($"What rounding is worth was not measured: {e.Message}");
            return;
        }
        if (sample.Float.Count == 0)
            return;
        var readings = work.Design.Readings;
        for (var reading = 0; reading < readings.Count; reading++)
        {
            var row = Compare(sample, readings[reading].Score, results, surveyId);
            foreach (var id in runIds.Where((_, i) => i % readings.Count == reading))
                results.ReplaceRoundingFloor(id, row);
        }
    }

    static NoiseFloorRow Compare(RoundingSample sample, TextScore? by, ResultsFile results, int surveyId)
    {
        var difference = new AnswerDifference();
        foreach (var (exact, inFloat) in sample.Exact.Zip(sample.Float))
        {
            var what = sample.Asked[exact.Key];
            var (here, there) = (ReadOptions.Of(what, exact, by), ReadOptions.Of(what, inFloat, by));
            var humans = NoiseFloorJob.Humans(results, surveyId, what.SourceRow, here.Options);
            difference.Add(here.LogProbabilities, here.Probabilities, there.LogProbabilities, there.Probabilities, humans);
        }
        return difference.ToRow(sample.Float.Count);
    }
}
