using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Scores;

/// <summary>The measures that a results file stores beside the divergence.</summary>
public static class StoredMeasures
{
    /// <summary>Those of any run, to be stored again by whoever scores anew for another reason than to choose measures.</summary>
    public static IReadOnlyList<Measure> Of(ResultsFile results)
    {
        var stored = results.ReadValues<string>("SELECT DISTINCT measure FROM measure_values").ToHashSet();
        return [.. Measure.OnRequest.Where(m => stored.Contains(m.Name))];
    }
}
