using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>The measures that the results file stores beside the divergence; <c>web/src/data/measures.ts</c> reads them.</summary>
static class MeasureBlock
{
    /// <summary>One line of numbers per run, country and measure; null where the file has none.</summary>
    public static byte[]? Read(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id::INTEGER AS run_id, country_id::INTEGER AS country_id, measure, ranked::BOOLEAN AS ranked, n::INTEGER AS n,
                mean::DOUBLE AS mean, low::DOUBLE AS low, high::DOUBLE AS high, uniform_mean::DOUBLE AS uniform_mean
            FROM country_measures
            """;
        const string Measures = "SELECT measure, title, unit, description, more_is_nearer::BOOLEAN AS more_is_nearer FROM measures";
        var rows = results.Read<CountryMeasure>(Query).Where(row => scored.TryIndex(row.RunId, out _)).ToList();
        var stored = rows.Select(row => row.Measure).ToHashSet();
        List<MeasureName> names = [.. results.Read<StoredMeasure>(Measures).Where(m => stored.Contains(m.Measure))
            .Select(m => new MeasureName(m.Measure, m.Title, m.Unit, m.Description, m.MoreIsNearer))];
        if (names.Count == 0)
            return null;
        var numbered = rows.Select(row => (Run: scored.TryIndex(row.RunId, out var run) ? run : -1,
            Country: scored.CountryIndex(row.CountryId), Measure: names.FindIndex(name => name.Name == row.Measure), Line: row))
            .Where(row => row.Measure >= 0).OrderBy(row => row.Run).ThenBy(row => row.Measure).ThenBy(row => row.Country).ToList();
        var block = new ColumnBlock();
        block.Add("run", [.. numbered.Select(row => (ushort)row.Run)]);
        block.Add("measure", [.. numbered.Select(row => (byte)row.Measure)]);
        block.Add("country", [.. numbered.Select(row => (ushort)row.Country)]);
        block.Add("ranked", [.. numbered.Select(row => row.Line.Ranked ? (byte)1 : (byte)0)]);
        block.Add("n", [.. numbered.Select(row => row.Line.N)]);
        block.Add("mean", [.. numbered.Select(row => row.Line.Mean)]);
        block.Add("low", [.. numbered.Select(row => row.Line.Low)]);
        block.Add("high", [.. numbered.Select(row => row.Line.High)]);
        block.Add("uniform", [.. numbered.Select(row => row.Line.UniformMean)]);
        return block.Compress(new MeasureNames(names), BlockJson.Default.MeasureNames);
    }

    sealed record CountryMeasure
    {
        public required int RunId { get; init; }
        public required int CountryId { get; init; }
        public required string Measure { get; init; }
        public required bool Ranked { get; init; }
        public required int N { get; init; }
        public required double Mean { get; init; }
        public required double Low { get; init; }
        public required double High { get; init; }
        public required double UniformMean { get; init; }
    }

    sealed record StoredMeasure(string Measure, string Title, string Unit, string Description, bool MoreIsNearer);
}
