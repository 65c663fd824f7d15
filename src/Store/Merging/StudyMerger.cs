using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Merging;

/// <summary>Brings an attached file's studies along: their declarations, their runs, and what they found while that holds.</summary>
/// <param name="connection">The open file's.</param>
/// <param name="source">The attached file.</param>
/// <param name="runs">Tells the source's runs (source_id) from the open file's (run_id).</param>
/// <param name="models">The same of models.</param>
sealed class StudyMerger(Connection connection, string source, string runs, string models)
{
    /// <summary>After the runs and their answers have come, and what they outdated is dropped.</summary>
    public void Merge()
    {
        connection.Execute(
            $"""
            INSERT INTO studies BY NAME
            SELECT (SELECT coalesce(max(study_id), 0) FROM studies) + CAST(row_number() OVER (ORDER BY sha256) AS INTEGER) AS study_id,
                * EXCLUDE (study_id)
            FROM {source}.studies WHERE sha256 NOT IN (SELECT sha256 FROM studies);
            CREATE TEMP TABLE merge_studies AS
            SELECT s.study_id AS source_id, t.study_id FROM {source}.studies AS s JOIN studies AS t USING (sha256);
            INSERT INTO study_runs BY NAME
            SELECT t.study_id, s.part, r.run_id FROM {source}.study_runs AS s
            JOIN temp.merge_studies AS t ON t.source_id = s.study_id JOIN {runs} AS r ON r.source_id = s.run_id
            EXCEPT SELECT study_id, part, run_id FROM study_runs;
            """);
        // What was found holds for the answers that it was found in: a run that has more of them here outdates it.
        connection.Execute(
            $"""
            CREATE TEMP TABLE merge_outdated AS
            SELECT DISTINCT s.study_id FROM {source}.study_runs AS s JOIN {runs} AS r ON r.source_id = s.run_id
            WHERE (SELECT count(*) FROM {source}.answers AS a WHERE a.run_id = r.source_id)
                <> (SELECT count(*) FROM answers AS a WHERE a.run_id = r.run_id);
            INSERT INTO study_findings BY NAME
            SELECT t.study_id, m.model_id, f.* EXCLUDE (study_id, model_id) FROM {source}.study_findings AS f
            JOIN temp.merge_studies AS t ON t.source_id = f.study_id LEFT JOIN {models} AS m ON m.source_id = f.model_id
            WHERE f.study_id NOT IN (SELECT study_id FROM temp.merge_outdated)
                AND t.study_id NOT IN (SELECT study_id FROM study_findings);
            DROP TABLE temp.merge_outdated;
            DROP TABLE temp.merge_studies
            """);
    }
}
