using LocalOpinions.Store.Connections;

namespace LocalOpinions.Analysis.Scores;

/// <summary>Two runs to compare.</summary>
sealed record RunPair(int RunId, int OtherRunId, string Comparison)
{
    public const string Models = "models", Conditions = "conditions";

    // Asked in the same way. The plan is left out: a model decides part of it. Answers from a file say little of how they were got.
    const string Way =
        """
        (a.template = b.template AND a.template_version = b.template_version AND a.ending = b.ending AND a.option_order = b.option_order
         AND a.reading = b.reading AND a.exact = b.exact AND a.kv_type = b.kv_type)
        """;

    const string Sql =
        $"""
        WITH scored AS (SELECT * FROM runs WHERE run_id IN (SELECT run_id FROM group_intervals))
        SELECT a.run_id, b.run_id AS other_run_id, '{Models}' AS comparison
        FROM scored AS a JOIN scored AS b ON a.run_id < b.run_id AND a.model_id <> b.model_id AND a.survey_id = b.survey_id
            AND (a.origin = 'import' OR b.origin = 'import' OR {Way})
            AND a.condition = b.condition AND a.prompted_country IS NOT DISTINCT FROM b.prompted_country
            AND a.language IS NOT DISTINCT FROM b.language AND a.translation IS NOT DISTINCT FROM b.translation AND a.control = b.control
        UNION ALL
        SELECT a.run_id, b.run_id, '{Conditions}'
        FROM scored AS a JOIN scored AS b ON a.model_id = b.model_id AND a.survey_id = b.survey_id AND {Way}
        WHERE NOT (a.condition = 'default' AND a.control = 'none' AND a.language IS NULL)
          AND b.condition = 'default' AND b.control = 'none' AND b.language IS NULL
        ORDER BY ALL
        """;

    /// <summary>Every pair of scored runs of which at least one is among the given.</summary>
    public static List<RunPair> Of(Connection connection, IReadOnlySet<int> runIds) =>
        [.. connection.Read<RunPair>(Sql).Where(p => runIds.Contains(p.RunId) || runIds.Contains(p.OtherRunId))];
}
