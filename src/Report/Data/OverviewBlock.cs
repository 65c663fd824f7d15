using LocalOpinions.Store;
using static LocalOpinions.Report.Data.Reading;

namespace LocalOpinions.Report.Data;

/// <summary>One line of numbers per run and country, from the views.</summary>
sealed class OverviewBlock
{
    const string Query = """
        WITH divergences AS (
            SELECT run_id, country_id, avg(1 - greatest(js_bits, 0)) AS divergence, avg(1 - greatest(uniform_js_bits,
                0)) AS uniform_divergence
            FROM similarities_long GROUP BY run_id, country_id)
        SELECT s.run_id::INTEGER, s.country_id::INTEGER, s.n::INTEGER, s.families::INTEGER, s.ranked::BOOLEAN, s.rank::INTEGER,
            s.rank_low::INTEGER, s.rank_high::INTEGER,
               s.similarity_bits::DOUBLE, d.divergence::DOUBLE, s.uniform_similarity_bits::DOUBLE, d.uniform_divergence::DOUBLE,
                   s.low::DOUBLE, s.high::DOUBLE,
               s.skill::DOUBLE, s.mean_label_mass::DOUBLE,
               h.world_mean_bits::DOUBLE, h.average_other_bits::DOUBLE, h.nearest_bits::DOUBLE, h.farthest_bits::DOUBLE, h.nearest_country,
                   h.farthest_country, s.country
        FROM country_similarity AS s
        JOIN divergences AS d ON d.run_id = s.run_id AND d.country_id = s.country_id
        LEFT JOIN human_lines AS h ON h.run_id = s.run_id AND h.country_id = s.country_id
        """;

    static readonly string[] s_numbers = ["bits", "divergence", "uniformBits", "uniformDivergence", "low", "high", "skill", "labelMass",
        "world", "other", "nearest", "farthest"];

    readonly Scored _scored;
    readonly ColumnBlock _block = new();

    public OverviewBlock(ResultsFile results, Scored scored)
    {
        _scored = scored;
        var rows = results.Rows(Query).Select(row => (Run: Index((int)row[0]!), Country: scored.CountryIndex((int)row[1]!), Cells: row))
            .OrderBy(row => row.Run).ThenBy(row => row.Country).ToList();
        foreach (var row in rows)
            RequireNumbers(row.Cells);
        _block.Add("run", [.. rows.Select(row => (ushort)row.Run)]);
        _block.Add("country", [.. rows.Select(row => (ushort)row.Country)]);
        _block.Add("n", [.. rows.Select(row => (int)row.Cells[2]!)]);
        _block.Add("families", [.. rows.Select(row => Short(row.Cells[3]))]);
        _block.Add("ranked", [.. rows.Select(row => row.Cells[4] is true ? (byte)1 : (byte)0)]);
        _block.Add("rank", [.. rows.Select(row => Short(row.Cells[5]))]);
        _block.Add("rankLow", [.. rows.Select(row => Short(row.Cells[6]))]);
        _block.Add("rankHigh", [.. rows.Select(row => Short(row.Cells[7]))]);
        for (var i = 0; i < s_numbers.Length; i++)
            _block.Add(s_numbers[i], [.. rows.Select(row => Number(row.Cells[8 + i]))]);
        _block.Add("nearestCountry", [.. rows.Select(row => scored.LabelIndex(scored.Runs[row.Run].Survey, row.Cells[20]))]);
        _block.Add("farthestCountry", [.. rows.Select(row => scored.LabelIndex(scored.Runs[row.Run].Survey, row.Cells[21]))]);
    }

    /// <summary>The block, after it is settled which runs' answers the page holds.</summary>
    public byte[] Compress(IReadOnlyList<OverviewRun> runs) =>
        _block.Compress(new Overview(runs, _scored.Surveys, _scored.UnscoredRuns, runs.Count(run => !run.Detail)),
            BlockJson.Default.Overview);

    int Index(int runId) => _scored.TryIndex(runId, out var index) ? index
        : throw new InvalidOperationException($"Run {runId} has no similarities.");

    static void RequireNumbers(object?[] row)
    {
        if (Enumerable.Range(8, 4).Any(column => !double.IsFinite(Number(row[column]))))
            throw new ReportException(
                $"Run {row[0]} holds a similarity to {row[22]} that is not a number. Score the file again.", ReportRemedy.Score);
    }
}
