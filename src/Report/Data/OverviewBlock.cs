using LocalOpinions.Store;
using static LocalOpinions.Report.Data.PackedNumber;

namespace LocalOpinions.Report.Data;

/// <summary>One line of numbers per run and country, from the views.</summary>
sealed class OverviewBlock
{
    // Ranks go by adjusted means; where a run has none, by plain ones.
    const string Query = """
        WITH divergences AS (
            SELECT run_id, country_id, avg(1 - greatest(js_bits, 0)) AS divergence, avg(1 - greatest(uniform_js_bits,
                0)) AS uniform_divergence, bit_xor(hash(source_row))::VARCHAR AS asked
            FROM similarities_long GROUP BY run_id, country_id),
        ranks AS (
            SELECT run_id, country_id, rank, rank_low, rank_high FROM adjusted_similarity
            UNION ALL SELECT run_id, country_id, rank, rank_low, rank_high FROM country_similarity
                WHERE run_id NOT IN (SELECT run_id FROM adjusted_similarity))
        SELECT s.run_id, s.country_id, s.country, s.n, s.families, s.ranked, r.rank, r.rank_low, r.rank_high,
            a.beyond_bits AS beyond, a.beyond_low, a.beyond_high, a.p_holm,
            s.similarity_bits AS bits, d.divergence, s.uniform_similarity_bits AS uniform_bits, d.uniform_divergence, s.low, s.high,
            s.skill, s.mean_label_mass AS label_mass, h.world_mean_bits AS world, h.average_other_bits AS other,
            h.nearest_bits AS nearest, h.farthest_bits AS farthest, h.nearest_country, h.farthest_country, d.asked
        FROM country_similarity AS s
        JOIN divergences AS d ON d.run_id = s.run_id AND d.country_id = s.country_id
        LEFT JOIN adjusted_similarity AS a ON a.run_id = s.run_id AND a.country_id = s.country_id
        LEFT JOIN ranks AS r ON r.run_id = s.run_id AND r.country_id = s.country_id
        LEFT JOIN human_lines AS h ON h.run_id = s.run_id AND h.country_id = s.country_id
        """;

    readonly Scored _scored;
    readonly ColumnBlock _block = new();

    public OverviewBlock(ResultsFile results, Scored scored)
    {
        _scored = scored;
        var rows = results.Read<CountryLine>(Query)
            .Select(line => (Run: Index(line.RunId), Country: scored.CountryIndex(line.CountryId), Line: line))
            .OrderBy(row => row.Run).ThenBy(row => row.Country).ToList();
        foreach (var row in rows)
            RequireNumbers(row.Line);
        _block.Add("run", [.. rows.Select(row => (ushort)row.Run)]);
        _block.Add("country", [.. rows.Select(row => (ushort)row.Country)]);
        _block.Add("n", [.. rows.Select(row => row.Line.N)]);
        _block.Add("families", [.. rows.Select(row => Short(row.Line.Families))]);
        // Two runs' means to a country can be held against each other where both rest on the same questions.
        var sets = new Dictionary<string, int>();
        _block.Add("asked", [.. rows.Select(row => sets.TryAdd(row.Line.Asked, sets.Count) ? sets.Count - 1 : sets[row.Line.Asked])]);
        _block.Add("ranked", [.. rows.Select(row => row.Line.Ranked ? (byte)1 : (byte)0)]);
        _block.Add("rank", [.. rows.Select(row => Short(row.Line.Rank))]);
        _block.Add("rankLow", [.. rows.Select(row => Short(row.Line.RankLow))]);
        _block.Add("rankHigh", [.. rows.Select(row => Short(row.Line.RankHigh))]);
        Add("beyond", line => line.Beyond);
        Add("beyondLow", line => line.BeyondLow);
        Add("beyondHigh", line => line.BeyondHigh);
        Add("pHolm", line => line.PHolm);
        Add("bits", line => line.Bits);
        Add("divergence", line => line.Divergence);
        Add("uniformBits", line => line.UniformBits);
        Add("uniformDivergence", line => line.UniformDivergence);
        Add("low", line => line.Low);
        Add("high", line => line.High);
        Add("skill", line => line.Skill);
        Add("labelMass", line => line.LabelMass);
        Add("world", line => line.World);
        Add("other", line => line.Other);
        Add("nearest", line => line.Nearest);
        Add("farthest", line => line.Farthest);
        _block.Add("nearestCountry", [.. rows.Select(row => scored.LabelIndex(scored.Runs[row.Run].Survey, row.Line.NearestCountry))]);
        _block.Add("farthestCountry", [.. rows.Select(row => scored.LabelIndex(scored.Runs[row.Run].Survey, row.Line.FarthestCountry))]);

        void Add(string name, Func<CountryLine, double> number) => _block.Add(name, [.. rows.Select(row => number(row.Line))]);
    }

    /// <summary>The block, after it is settled which runs' answers the page holds.</summary>
    public byte[] Compress(IReadOnlyList<OverviewRun> runs) =>
        _block.Compress(new Overview(runs, _scored.Opened, _scored.Surveys, _scored.UnscoredRuns), BlockJson.Default.Overview);

    int Index(int runId) => _scored.TryIndex(runId, out var index) ? index
        : throw new InvalidOperationException($"Run {runId} has no similarities.");

    static void RequireNumbers(CountryLine line)
    {
        if (!double.IsFinite(line.Bits + line.Divergence + line.UniformBits + line.UniformDivergence))
            throw new ReportException(
                $"Run {line.RunId} holds a similarity to {line.Country} that is not a number. Score the file again.",
                ReportRemedy.Score);
    }

    sealed record CountryLine
    {
        public required int RunId { get; init; }

        public required int CountryId { get; init; }

        public required string Country { get; init; }

        public required int N { get; init; }

        public required int? Families { get; init; }

        public required bool Ranked { get; init; }

        public required int? Rank { get; init; }

        public required int? RankLow { get; init; }

        public required int? RankHigh { get; init; }

        public required double Beyond { get; init; }

        public required double BeyondLow { get; init; }

        public required double BeyondHigh { get; init; }

        public required double PHolm { get; init; }

        public required double Bits { get; init; }

        public required double Divergence { get; init; }

        public required double UniformBits { get; init; }

        public required double UniformDivergence { get; init; }

        public required double Low { get; init; }

        public required double High { get; init; }

        public required double Skill { get; init; }

        public required double LabelMass { get; init; }

        public required double World { get; init; }

        public required double Other { get; init; }

        public required double Nearest { get; init; }

        public required double Farthest { get; init; }

        public required string? NearestCountry { get; init; }

        public required string? FarthestCountry { get; init; }

        /// <summary>Stands for the set of questions that the means rest on.</summary>
        public required string Asked { get; init; }
    }
}
