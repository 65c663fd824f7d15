using LocalOpinions.Store;
using static LocalOpinions.Report.Data.Reading;

namespace LocalOpinions.Report.Data;

/// <summary>The measures that the results file stores beside the divergence; <c>web/src/data/measures.ts</c> reads them.</summary>
static class MeasureBlock
{
    /// <summary>One line of numbers per run, country and measure; null where the file has none.</summary>
    public static byte[]? Read(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id::INTEGER, country_id::INTEGER, measure, ranked::BOOLEAN, n::INTEGER, mean::DOUBLE, uniform_mean::DOUBLE
            FROM country_measures
            """;
        const string Measures = "SELECT measure, title, unit, description, more_is_nearer::BOOLEAN FROM measures";
        // A file of an earlier version is read as it is.
        if (results.Rows("FROM duckdb_views() WHERE view_name = 'country_measures'").Count == 0)
            return null;
        var rows = results.Rows(Query).Where(row => scored.TryIndex((int)row[0]!, out _)).ToList();
        var stored = rows.Select(row => (string)row[2]!).ToHashSet();
        List<MeasureName> names = [.. results.Rows(Measures).Where(row => stored.Contains((string)row[0]!))
            .Select(row => new MeasureName((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!, row[4] is true))];
        if (names.Count == 0)
            return null;
        var numbered = rows.Select(row => (Run: scored.TryIndex((int)row[0]!, out var run) ? run : -1,
            Country: scored.CountryIndex((int)row[1]!), Measure: names.FindIndex(name => name.Name == (string)row[2]!), Cells: row))
            .Where(row => row.Measure >= 0).OrderBy(row => row.Run).ThenBy(row => row.Measure).ThenBy(row => row.Country).ToList();
        var block = new ColumnBlock();
        block.Add("run", [.. numbered.Select(row => (ushort)row.Run)]);
        block.Add("measure", [.. numbered.Select(row => (byte)row.Measure)]);
        block.Add("country", [.. numbered.Select(row => (ushort)row.Country)]);
        block.Add("ranked", [.. numbered.Select(row => row.Cells[3] is true ? (byte)1 : (byte)0)]);
        block.Add("n", [.. numbered.Select(row => (int)row.Cells[4]!)]);
        block.Add("mean", [.. numbered.Select(row => Number(row.Cells[5]))]);
        block.Add("uniform", [.. numbered.Select(row => Number(row.Cells[6]))]);
        return block.Compress(new MeasureNames(names), BlockJson.Default.MeasureNames);
    }
}
