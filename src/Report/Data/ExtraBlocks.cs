using LocalOpinions.Store;
using static LocalOpinions.Report.Data.PackedNumber;

namespace LocalOpinions.Report.Data;

/// <summary>What only some results files hold. Each is null where the file has none; <c>web/src/data/extras.ts</c> reads them.</summary>
static class ExtraBlocks
{
    /// <summary>A missing number of a 32-bit column of thousandths.</summary>
    const int Missing = int.MinValue;

    /// <summary>A difference with a smaller p-value, by Holm's correction, can be told from 0.</summary>
    const double Level = 0.05;

    /// <summary>Paired differences of runs: models asked in the same way, and ways of asking one model.</summary>
    public static byte[]? Comparisons(ResultsFile results, Scored scored)
    {
        // Model against model is kept once; the page turns it round.
        const string Query = """
            SELECT run_id, other_run_id, country_id, n, difference_bits AS difference, low, high, p_holm AS p
            FROM (SELECT run_id, other_run_id, country_id, n, difference_bits, low, high, p_holm FROM model_differences
                WHERE run_id < other_run_id
                  UNION ALL SELECT run_id, default_run_id, country_id, n, difference_bits, low, high, p_holm FROM condition_differences)
            ORDER BY run_id, other_run_id, country_id
            """;
        var rows = new List<(ushort Run, ushort Other, Comparison Pair)>();
        foreach (var pair in results.Stream<Comparison>(Query))
        {
            if (scored.TryIndex(pair.RunId, out var run) && scored.TryIndex(pair.OtherRunId, out var other))
                rows.Add(((ushort)run, (ushort)other, pair));
        }
        if (rows.Count == 0)
            return null;
        var block = new ColumnBlock();
        block.Add("run", [.. rows.Select(row => row.Run)]);
        block.Add("other", [.. rows.Select(row => row.Other)]);
        block.Add("country", [.. rows.Select(row => row.Pair.CountryId is { } country ? (ushort)scored.CountryIndex(country)
            : ColumnBlock.None)]);
        block.Add("n", [.. rows.Select(row => row.Pair.N)]);
        block.Add("difference", [.. rows.Select(row => Signed(row.Pair.Difference))]);
        // How far the interval reaches: smaller numbers than its ends, and much alike.
        block.Add("below", [.. rows.Select(row => Reach(row.Pair.Difference, row.Pair.Low))]);
        block.Add("above", [.. rows.Select(row => Reach(row.Pair.Difference, row.Pair.High))]);
        // Whether it can be told from 0: p itself is rounded.
        block.Add("clear", [.. rows.Select(row => row.Pair.P < Level ? (byte)1 : (byte)0)]);
        block.Add("p", [.. rows.Select(row => double.IsFinite(row.Pair.P) ? Thousandths(row.Pair.P) : ColumnBlock.None)]);
        return block.Compress(new Nothing(), BlockJson.Default.Nothing);
    }

    /// <summary>Similarity by topic and country.</summary>
    public static byte[]? Topics(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id, country_id, topic, n, similarity_bits AS bits, uniform_similarity_bits AS uniform_bits
            FROM topic_country_similarity
            """;
        var rows = results.Stream<TopicLine>(Query).Where(line => scored.TryIndex(line.RunId, out _)).ToList();
        if (rows.Count == 0)
            return null;
        var names = rows.Select(line => line.Topic).Distinct().Order(StringComparer.Ordinal).ToList();
        var number = names.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => (byte)entry.index);
        var numbered = rows.Select(line => (Run: Index(scored, line.RunId), Country: (ushort)scored.CountryIndex(line.CountryId),
            Topic: number[line.Topic], Line: line))
            .OrderBy(row => row.Run).ThenBy(row => row.Country).ThenBy(row => row.Topic).ToList();
        var block = new ColumnBlock();
        block.Add("run", [.. numbered.Select(row => row.Run)]);
        block.Add("country", [.. numbered.Select(row => row.Country)]);
        block.Add("topic", [.. numbered.Select(row => row.Topic)]);
        block.Add("n", [.. numbered.Select(row => Short(row.Line.N))]);
        block.Add("bits", [.. numbered.Select(row => Thousandths(row.Line.Bits))]);
        block.Add("uniformBits", [.. numbered.Select(row => Thousandths(row.Line.UniformBits))]);
        return block.Compress(new TopicNames(names), BlockJson.Default.TopicNames);
    }

    /// <summary>Similarity by region, topic and study, with intervals.</summary>
    public static byte[]? Groups(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT run_id, grouping, name, n, countries, similarity_bits AS bits, uniform_similarity_bits AS uniform_bits, low, high
            FROM (SELECT 'region' AS grouping, run_id, region AS name, n, countries, similarity_bits, uniform_similarity_bits, low, high
                FROM region_similarity
                  UNION ALL SELECT 'topic', run_id, topic, n, countries, similarity_bits, uniform_similarity_bits, low, high
                      FROM topic_similarity
                  UNION ALL SELECT 'source', run_id, source, n, countries, similarity_bits, uniform_similarity_bits, low, high
                      FROM source_similarity)
            """;
        var rows = results.Read<GroupLine>(Query).Where(line => scored.TryIndex(line.RunId, out _)).ToList();
        if (rows.Count == 0)
            return null;
        var names = rows.Select(line => line.ToName()).Distinct()
            .OrderBy(name => name.Grouping, StringComparer.Ordinal).ThenBy(name => name.Name, StringComparer.Ordinal).ToList();
        var numbered = rows.Select(line => (Run: Index(scored, line.RunId), Group: (ushort)names.IndexOf(line.ToName()), Line: line))
            .OrderBy(row => row.Run).ThenBy(row => row.Group).ToList();
        var block = new ColumnBlock();
        block.Add("run", [.. numbered.Select(row => row.Run)]);
        block.Add("group", [.. numbered.Select(row => row.Group)]);
        block.Add("n", [.. numbered.Select(row => row.Line.N)]);
        block.Add("countries", [.. numbered.Select(row => row.Line.Countries)]);
        block.Add("bits", [.. numbered.Select(row => row.Line.Bits)]);
        block.Add("uniformBits", [.. numbered.Select(row => row.Line.UniformBits)]);
        block.Add("low", [.. numbered.Select(row => row.Line.Low)]);
        block.Add("high", [.. numbered.Select(row => row.Line.High)]);
        return block.Compress(new GroupNames(names), BlockJson.Default.GroupNames);
    }

    /// <summary>What models wrote.</summary>
    public static byte[]? Generations(ResultsFile results, Scored scored)
    {
        const string Query = """
            SELECT g.run_id AS run, g.source_row, g.sequence, g.seed::VARCHAR AS seed, g.temperature, g.top_p, g.prompt, g.text, g.finish,
                   g.agrees, t.class AS rule_class, t.option_index AS rule_option, c.classifier,
                   c.option_index AS class_option, c.probability
            FROM generations AS g
            LEFT JOIN text_readings AS t ON t.run_id = g.run_id AND t.source_row = g.source_row AND t.sequence = g.sequence
            LEFT JOIN (FROM text_classes QUALIFY row_number() OVER (PARTITION BY run_id, source_row, sequence
                    ORDER BY classifier, wording, wording_sha256) = 1) AS c
                ON c.run_id = g.run_id AND c.source_row = g.source_row AND c.sequence = g.sequence
            ORDER BY g.run_id, g.source_row, g.sequence
            """;
        var rows = results.Read<Generation>(Query).Where(text => scored.TryIndex(text.Run, out _))
            .Select(text => text with { Run = Index(scored, text.Run) }).ToList();
        return rows.Count == 0 ? null : new ColumnBlock().Compress(new Generations(rows), BlockJson.Default.Generations);
    }

    static ushort Index(Scored scored, int runId) => scored.TryIndex(runId, out var index) ? (ushort)index
        : throw new InvalidOperationException($"Run {runId} has no similarities.");

    /// <summary>The end of an interval, itself in whole thousandths, less the difference.</summary>
    static int Reach(double difference, double end) =>
        Signed(difference) is var from && from != Missing && Signed(end) is var to && to != Missing ? to - from : Missing;

    static int Signed(double value) => double.IsFinite(value) ? (int)Math.Round(value * 1000, MidpointRounding.AwayFromZero) : Missing;

    sealed record Comparison
    {
        public required int RunId { get; init; }

        public required int OtherRunId { get; init; }

        public required int? CountryId { get; init; }

        public required int N { get; init; }

        public required double Difference { get; init; }

        public required double Low { get; init; }

        public required double High { get; init; }

        public required double P { get; init; }
    }

    sealed record TopicLine(int RunId, int CountryId, string Topic, int N, double Bits, double UniformBits);

    sealed record GroupLine
    {
        public required int RunId { get; init; }

        public required string Grouping { get; init; }

        public required string Name { get; init; }

        public required int N { get; init; }

        public required int Countries { get; init; }

        public required double Bits { get; init; }

        public required double UniformBits { get; init; }

        public required double Low { get; init; }

        public required double High { get; init; }

        public GroupName ToName() => new(Grouping, Name);
    }
}
