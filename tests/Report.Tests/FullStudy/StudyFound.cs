namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>What two studies over the made-up runs would have found: numbers that the page takes as they are. The second replaces the
/// first.</summary>
static class StudyFound
{
    public static IReadOnlyList<string> Statements { get; } =
    [
        """
        INSERT INTO studies BY NAME
        SELECT s AS study_id, repeat(s::VARCHAR, 64) AS sha256, '{}' AS declaration, TIMESTAMP '2026-01-01' AS started_at,
            '0.1.0' AS tool_version
        FROM (VALUES (1), (2)) AS two(s)
        """,
        """
        INSERT INTO study_runs BY NAME
        SELECT s AS study_id, CASE WHEN control <> 'none' THEN control WHEN option_order <> 'faithful' THEN 'default-orders'
            WHEN language IS NOT NULL THEN 'linguistic-' || language ELSE condition END AS part, run_id
        FROM runs, (VALUES (1), (2)) AS two(s)
        """,
        """
        INSERT INTO study_findings BY NAME
        SELECT study_id, row_number() OVER (PARTITION BY study_id) AS finding_index, model_id, topic, part, subject, measure, n,
            40 AS families,
            value + model_id / 1000 AS value, value - 0.02 AS low, value + 0.02 AS high, p, p_holm, verdict, note
        FROM models, (VALUES
            (1, 'orders', 'default-orders', 'A', 'A-bias', 118, 0.9, 0.001, 0.001, 'yes', NULL),
            (2, 'orders', 'default-orders', 'A', 'A-bias', 118, 0.1, 0.001, 0.002, 'yes', NULL),
            (2, 'orders', 'default-orders', 'last', 'position bias', 118, -0.05, 0.2, 0.4, 'not shown', NULL),
            (2, 'orders', 'default-orders', NULL, 'share of probability that moves with the order', 118, 0.21, NULL, NULL, NULL, NULL),
            (2, 'orders', 'default-orders', NULL, 'mean similarity, survey''s order', 118, 0.71, NULL, NULL, NULL, NULL),
            (2, 'orders', 'default-orders', '4 options', 'label prior of A', 20, 0.3, NULL, NULL, NULL, NULL),
            (2, 'controls', 'options-only', NULL, 'similarity lost', 110, 0.03, 0.01, 0.02, 'yes',
                'above 0 where the question matters to how near the answers are'),
            (2, 'controls', 'options-only', NULL, 'distance of the answers', 40, 0.25, NULL, NULL, NULL, NULL))
            AS found(study_id, topic, part, subject, measure, n, value, p, p_holm, verdict, note)
        """,
        """
        INSERT INTO text_readings BY NAME
        SELECT run_id, source_row, 0 AS order_index, sequence, CASE WHEN sequence = 2 THEN 'several' ELSE 'words' END AS class,
            CASE WHEN sequence < 2 THEN sequence END AS option_index
        FROM generations WHERE source_row = 4
        """,
        """
        INSERT INTO text_classes BY NAME
        SELECT run_id, source_row, sequence, repeat('d', 64) AS classifier_sha256, 'Reader-1B' AS classifier, 'classify 1' AS wording,
            repeat('e', 64) AS wording_sha256, CASE WHEN sequence = 1 THEN 'none' ELSE 'option' END AS class,
            CASE WHEN sequence <> 1 THEN 0 END AS option_index, 0.875 AS probability, 0.01 AS off_menu
        FROM generations WHERE source_row = 4
        """,
    ];
}
