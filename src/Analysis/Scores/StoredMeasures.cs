using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Scores;

/// <summary>The measures that a results file stores beside the divergence.</summary>
public static class StoredMeasures
{
    /// <summary>Those of any run, to be stored again by whoever scores anew for another reason than to choose measures.</summary>
    public static IReadOnlyList<Measure> Of(ResultsFile results)
    {
        // A file of an earlier version that is only read does not have the table.
        if (results.ReadValues<string>("SELECT table_name FROM duckdb_tables() WHERE table_name = 'measure_values'").Count == 0)
            return [];
        var stored = results.ReadValues<string>("SELECT DISTINCT measure FROM measure_values").ToHashSet();
        return [.. Measure.OnRequest.Where(m => stored.Contains(m.Name))];
    }
}
