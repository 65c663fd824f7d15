using System.Globalization;
using LocalOpinions.Store;
using static LocalOpinions.Report.Data.Reading;

namespace LocalOpinions.Report.Data;

/// <summary>What only some results files hold. Each is null where the file has none; <c>web/src/data/extras.ts</c> reads them.</summary>
static class ExtraBlocks
{
    /// <summary>A missing number of a 32-bit column of thousandths.</summary>
    const int Missing = int.MinValue;

    /// <summary>Paired differences of runs: models asked in the same way, and ways of asking one model.</summary>
    public static byte[]? Comparisons(ResultsFile results, Scored scored)
    {
        // Model against model is kept once; the page turns it round.
        const string Query = """
            SELECT run_id::INTEGER, other_run_id::INTEGER, country_id::INTEGER, n::INTEGER, difference_bits::DOUBLE, low::DOUBLE,
                high::DOUBLE, p_holm::DOUBLE
            FROM (SELECT run_id, other_run_id, country_id, n, difference_bits, low, high, p_holm FROM model_differences
                WHERE run_id < other_run_id
                  UNION ALL SELECT run_id, default_run_id, country_id, n, difference_bits, low, high, p_holm FROM condition_differences)
            ORDER BY run_id, other_run_id, country_id
            """;
        var rows = new List<(ushort Run, ushort Other, object?[] Cells)>();
        foreach (var row in results.Rows(Query))
        {
            if (scored.TryIndex((int)row[0]!, out var run) && scored.TryIndex((int)row[1]!, out var other))
                rows.Add(((ushort)run, (ushort)other, row));
        }
        if (rows.Count == 0)
            return null;
        var block = new ColumnBlock();
        block.Add("run", [.. rows.Select(row => row.Run)]);
        block.Add("other", [.. rows.Select(row => row.Other)]);
        block.Add("country", [.. rows.Select(row => row.Cells[2] is int country ? (ushort)scored.CountryIndex(country)
            : ColumnBlock.None)]);
        block.Add("n", [.. rows.Select(row => (int)row.Cells[3]!)]);
        block.Add("difference", [.. rows.Select(row => Signed(row.Cells[4]))]);
        block.Add("low", [.. rows.Select(row => Signed(row.Cells[5]))]);
        block.Add("high", [.. rows.Select(row => Signed(row.Cells[6]))]);
        block.Add("p", [.. rows.Select(row => row.Cells[7] is double p && double.IsFinite(p) ? Thousandths(p) : ColumnBlock.None)]);
        return block.Compress(new Nothing(), BlockJson.Default.Nothing);
    }

    /// <summary>Similarity by topic and country.</summary>
    public static byte[]? Topics(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id::INTEGER, country_id::INTEGER, topic, n::INTEGER, similarity_bits::DOUBLE, uniform_similarity_bits::DOUBLE
            FROM topic_country_similarity
            """;
        var rows = results.Rows(Query).Where(row => scored.TryIndex((int)row[0]!, out _)).ToList();
        if (rows.Count == 0)
            return null;
        var names = rows.Select(row => (string)row[2]!).Distinct().Order(StringComparer.Ordinal).ToList();
        var number = names.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => (byte)entry.index);
        var numbered = rows.Select(row => (Run: Index(scored, row[0]), Country: (ushort)scored.CountryIndex((int)row[1]!),
            Topic: number[(string)row[2]!], Cells: row))
            .OrderBy(row => row.Run).ThenBy(row => row.Country).ThenBy(row => row.Topic).ToList();
        var block = new ColumnBlock();
        block.Add("run", [.. numbered.Select(row => row.Run)]);
        block.Add("country", [.. numbered.Select(row => row.Country)]);
        block.Add("topic", [.. numbered.Select(row => row.Topic)]);
        block.Add("n", [.. numbered.Select(row => Short(row.Cells[3]))]);
        block.Add("bits", [.. numbered.Select(row => Thousandths((double)row.Cells[4]!))]);
        block.Add("uniformBits", [.. numbered.Select(row => Thousandths((double)row.Cells[5]!))]);
        return block.Compress(new TopicNames(names), BlockJson.Default.TopicNames);
    }

    /// <summary>Similarity by region, topic and study, with intervals.</summary>
    public static byte[]? Groups(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id::INTEGER, grouping, name, n::INTEGER, countries::INTEGER, similarity_bits::DOUBLE,
                uniform_similarity_bits::DOUBLE,
                low::DOUBLE, high::DOUBLE
            FROM (SELECT 'region' AS grouping, run_id, region AS name, n, countries, similarity_bits, uniform_similarity_bits, low, high
                FROM region_similarity
                  UNION ALL SELECT 'topic', run_id, topic, n, countries, similarity_bits, uniform_similarity_bits, low, high
                      FROM topic_similarity
                  UNION ALL SELECT 'source', run_id, source, n, countries, similarity_bits, uniform_similarity_bits, low, high
                      FROM source_similarity)
            """;
        var rows = results.Rows(Query).Where(row => scored.TryIndex((int)row[0]!, out _)).ToList();
        if (rows.Count == 0)
            return null;
        var names = rows.Select(row => new GroupName((string)row[1]!, (string)row[2]!)).Distinct()
            .OrderBy(name => name.Grouping, StringComparer.Ordinal).ThenBy(name => name.Name, StringComparer.Ordinal).ToList();
        var numbered = rows.Select(row => (Run: Index(scored, row[0]), Group: (ushort)names.IndexOf(new((string)row[1]!, (string)row[2]!)),
            Cells: row))
            .OrderBy(row => row.Run).ThenBy(row => row.Group).ToList();
        var block = new ColumnBlock();
        block.Add("run", [.. numbered.Select(row => row.Run)]);
        block.Add("group", [.. numbered.Select(row => row.Group)]);
        block.Add("n", [.. numbered.Select(row => (int)row.Cells[3]!)]);
        block.Add("countries", [.. numbered.Select(row => (int)row.Cells[4]!)]);
        foreach (var (name, column) in new[] { ("bits", 5), ("uniformBits", 6), ("low", 7), ("high", 8) })
            block.Add(name, [.. numbered.Select(row => Number(row.Cells[column]))]);
        return block.Compress(new GroupNames(names), BlockJson.Default.GroupNames);
    }

    /// <summary>What models wrote.</summary>
    public static byte[]? Generations(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id::INTEGER, source_row::INTEGER, sequence::INTEGER, seed::BIGINT, temperature::DOUBLE, top_p::DOUBLE, prompt, text,
                finish, agrees
            FROM generations ORDER BY run_id, source_row, sequence
            """;
        var rows = results.Rows(Query).Where(row => scored.TryIndex((int)row[0]!, out _)).Select(row => new Generation(
            Index(scored, row[0]), (int)row[1]!, (int)row[2]!, ((long)row[3]!).ToString(CultureInfo.InvariantCulture), (double)row[4]!,
            (double)row[5]!,
            (string)row[6]!, (string)row[7]!, (string)row[8]!, (bool?)row[9])).ToList();
        return rows.Count == 0 ? null : new ColumnBlock().Compress(new Generations(rows), BlockJson.Default.Generations);
    }

    static ushort Index(Scored scored, object? runId) => scored.TryIndex((int)runId!, out var index) ? (ushort)index
        : throw new InvalidOperationException($"Run {runId} has no similarities.");

    static int Signed(object? value) => value is double number && double.IsFinite(number)
        ? (int)Math.Round(number * 1000, MidpointRounding.AwayFromZero) : Missing;
}
