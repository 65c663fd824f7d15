using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Running;

/// <summary>
/// Says why runs that look the same are not gone on with: how answers are computed is part of what a run is, as it moves them a little.
/// </summary>
static class AskedBefore
{
    /// <summary>A sentence or two about the first such run; null where there is none, or where the run is there itself.</summary>
    public static string? Tell(ResultsFile results, IEnumerable<RunRow> runs) => runs.Where(r => results.FindRun(r) is null)
        .SelectMany(r => results.FindOtherwiseComputed(r).Select(other => Tell(r, other))).FirstOrDefault();

    static string Tell(RunRow run, OtherwiseComputed other) =>
        $"run {other.RunId} asks the same, but {string.Join(", and ", Differences(run, other))}. Its answers are not taken over: what is "
        + "decoded together, and by what, moves answers a little and so makes another run, which stands beside it.";

    static IEnumerable<string> Differences(RunRow run, OtherwiseComputed other)
    {
        if (run.Plan != other.Plan)
            yield return $"its prompts are put together as \"{other.Plan}\", not \"{run.Plan}\"";
        if (run.EngineBuild != other.EngineBuild)
            yield return $"it was computed by {other.EngineBuild}, not {run.EngineBuild}";
        if (run.Device != other.Device)
            yield return $"it was computed on {other.Device}, not {run.Device}";
    }
}
