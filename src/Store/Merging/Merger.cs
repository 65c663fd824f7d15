using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Merging;

/// <summary>Brings one attached file's rows into the open one, inside the caller's transaction.</summary>
/// <remarks>
/// Files number their rows each for itself: what is the same is found by content (SHA-256 of model and survey, label of a country, key of a
/// run). Every choice between two records depends on the records alone, never on which file was first.
/// </remarks>
/// <param name="connection">The open file's.</param>
/// <param name="file">The attached file; that it contradicts nothing is known (<see cref="MergeConflicts"/>).</param>
/// <param name="columns">The open file's.</param>
sealed class Merger(Connection connection, MergeSource file, OwnColumns columns)
{
    readonly string _source = file.Name;

    // Tables that tell the source's numbers from ours; temporary, so nothing of them stays.
    const string ModelMap = "temp.merge_models";
    const string SurveyMap = "temp.merge_surveys";
    const string CountryMap = "temp.merge_countries";
    const string RunMap = "temp.merge_runs";

    public MergedFile Merge()
    {
        AddModels();
        // A wording is its hash: there is nothing to decide.
        connection.Execute($"INSERT OR IGNORE INTO templates BY NAME FROM {_source}.templates");
        var surveys = AddSurveys();
        var runs = AddRuns();
        var changed = Count($"SELECT count(*) FROM {RunMap} WHERE is_new");
        var answers = 0L;
        foreach (var (table, keys) in MergeTables.OfRuns.Where(t => file.Has(t.Table)))
        {
            var added = AddRows(table, keys);
            answers += table == "answers" ? added : 0;
        }

        AddPrompted();
        AddUnanswered();
        if (file.Has("run_sessions"))
            AddSessions();
        foreach (var floors in new[] { "noise_floors", "rounding_floors" }.Where(file.Has))
            AddFloors(floors);
        AddRankingLimits();
        AddPrompts();
        DropOutdatedScores();
        if (file.Has("studies"))
            new StudyMerger(connection, _source, RunMap, ModelMap).Merge();
        foreach (var map in new[] { ModelMap, SurveyMap, CountryMap, RunMap })
            connection.Execute($"DROP TABLE {map}");
        return new(file.Path, runs, surveys, (int)changed, answers);
    }

    void AddModels()
    {
        connection.Execute(
            $"""
            INSERT INTO models BY NAME
            SELECT (SELECT coalesce(max(model_id), 0) FROM models) + CAST(row_number() OVER (ORDER BY sha256) AS INTEGER) AS model_id,
                * EXCLUDE (model_id)
            FROM {_source}.models WHERE sha256 NOT IN (SELECT sha256 FROM models);
            CREATE TEMP TABLE merge_models AS SELECT s.model_id AS source_id, t.model_id FROM {_source}.models AS s
                JOIN models AS t USING (sha256)
            """);
    }

    int AddSurveys()
    {
        var added = Count($"SELECT count(*) FROM {_source}.surveys WHERE sha256 NOT IN (SELECT sha256 FROM surveys)");
        connection.Execute(
            $"""
            CREATE TEMP TABLE merge_surveys AS
            SELECT s.survey_id AS source_id, coalesce(t.survey_id, (SELECT coalesce(max(survey_id), 0) FROM surveys)
                   + CAST(row_number() OVER (PARTITION BY t.survey_id IS NULL
                       ORDER BY s.sha256) AS INTEGER)) AS survey_id, t.survey_id IS NULL AS is_new
            FROM {_source}.surveys AS s LEFT JOIN surveys AS t USING (sha256);
            INSERT INTO surveys BY NAME SELECT m.survey_id, s.* EXCLUDE (survey_id) FROM {_source}.surveys AS s
                JOIN {SurveyMap} AS m ON m.source_id = s.survey_id WHERE m.is_new;
            INSERT INTO countries BY NAME
            SELECT (SELECT coalesce(max(country_id), 0) FROM countries) + CAST(row_number() OVER (ORDER BY m.survey_id,
                s.country_id) AS INTEGER) AS country_id,
                   m.survey_id, s.* EXCLUDE (country_id, survey_id)
            FROM {_source}.countries AS s JOIN {SurveyMap} AS m ON m.source_id = s.survey_id WHERE m.is_new;
            CREATE TEMP TABLE merge_countries AS
            SELECT s.country_id AS source_id, t.country_id
            FROM {_source}.countries AS s JOIN {SurveyMap} AS m ON m.source_id = s.survey_id
                JOIN countries AS t ON t.survey_id = m.survey_id AND t.label = s.label
            """);
        foreach (var table in added == 0 ? [] : MergeTables.OfSurveys.Where(file.Has))
        {
            var ofCountries = columns.Of(table).Contains("country_id");
            connection.Execute(
                $"""
                INSERT INTO {table} BY NAME
                SELECT m.survey_id, {(ofCountries ? "c.country_id, " : "")}s.* EXCLUDE (survey_id{(ofCountries ? ", country_id" : "")})
                FROM {_source}.{table} AS s JOIN {SurveyMap} AS m ON m.source_id = s.survey_id
                {(ofCountries ? $"JOIN {CountryMap} AS c ON c.source_id = s.country_id" : "")}
                WHERE m.is_new
                """);
        }

        return (int)added;
    }

    int AddRuns()
    {
        connection.Execute(
            $"""
            CREATE TEMP TABLE merge_runs AS
            SELECT s.run_id AS source_id, s.key, s.plan_sha256, coalesce(t.run_id, (SELECT coalesce(max(run_id), 0) FROM runs)
                   + CAST(row_number() OVER (PARTITION BY t.run_id IS NULL
                       ORDER BY s.run_id) AS INTEGER)) AS run_id, t.run_id IS NULL AS is_new, t.run_id IS NULL AS has_changed
            FROM {_source}.runs AS s LEFT JOIN runs AS t USING (key);
            INSERT INTO runs BY NAME
            SELECT m.run_id, o.model_id, v.survey_id, s.* EXCLUDE (run_id, model_id, survey_id)
            FROM {_source}.runs AS s JOIN {RunMap} AS m ON m.source_id = s.run_id
            JOIN {ModelMap} AS o ON o.source_id = s.model_id JOIN {SurveyMap} AS v ON v.source_id = s.survey_id
            WHERE m.is_new;
            UPDATE runs SET plan_sha256 = m.plan_sha256 FROM {RunMap} AS m
                WHERE m.run_id = runs.run_id AND runs.plan_sha256 IS NULL AND m.plan_sha256 IS NOT NULL
            """);
        return (int)Count($"SELECT count(*) FROM {RunMap}");
    }

    long AddRows(string table, string[] keys)
    {
        var absent =
            $"""
            FROM {_source}.{table} AS s JOIN {RunMap} AS m ON m.source_id = s.run_id
            ANTI JOIN {table} AS t ON t.run_id = m.run_id AND {string.Join(" AND ", keys.Select(k => $"t.{k} = s.{k}"))}
            """;
        var added = Count($"SELECT count(*) {absent}");
        if (added == 0)
            return 0;
        if (table == "answers")
            connection.Execute($"UPDATE {RunMap} SET has_changed = true WHERE run_id IN (SELECT m.run_id {absent})");
        connection.Execute($"INSERT INTO {table} BY NAME SELECT m.run_id, s.* EXCLUDE (run_id) {absent}");
        return added;
    }

    // A file of an earlier version has of it only what runs.prompted_country calls these people.
    void AddPrompted() => connection.Execute(
        $"""
        INSERT INTO run_prompted
        SELECT m.run_id, c.country_id
        FROM {(file.Knows("run_prompted")
            ? $"{_source}.run_prompted AS p JOIN {RunMap} AS m ON m.source_id = p.run_id "
                + $"JOIN {CountryMap} AS c ON c.source_id = p.country_id"
            : $"{RunMap} AS m JOIN runs AS r ON r.run_id = m.run_id "
                + "JOIN countries AS c ON c.survey_id = r.survey_id AND r.prompted_country IN (c.label, c.name)")}
        EXCEPT SELECT run_id, country_id FROM run_prompted
        """);

    // An answer removes the record that there was none. Of two reasons the first by letter stays.
    void AddUnanswered() => connection.Execute(
        $"""
        CREATE TEMP TABLE merge_unanswered AS
        SELECT run_id, source_row, min(reason) AS reason
        FROM (SELECT m.run_id, s.source_row, s.reason FROM {_source}.unanswered AS s JOIN {RunMap} AS m ON m.source_id = s.run_id
              UNION ALL SELECT u.run_id, u.source_row, u.reason FROM unanswered AS u WHERE u.run_id IN (SELECT run_id FROM {RunMap}))
        ANTI JOIN answers USING (run_id, source_row)
        GROUP BY run_id, source_row;
        DELETE FROM unanswered WHERE run_id IN (SELECT run_id FROM {RunMap});
        INSERT INTO unanswered BY NAME FROM temp.merge_unanswered;
        DROP TABLE temp.merge_unanswered
        """);

    // The same session may have been copied while it ran: its last state stays. Numbers follow the time of the start.
    void AddSessions() => connection.Execute(
        $"""
        CREATE TEMP TABLE merge_sessions AS
        FROM (SELECT m.run_id, s.* EXCLUDE (run_id) FROM {_source}.run_sessions AS s JOIN {RunMap} AS m ON m.source_id = s.run_id
              UNION ALL BY NAME SELECT t.* FROM run_sessions AS t WHERE t.run_id IN (SELECT run_id FROM {RunMap}))
        QUALIFY row_number() OVER (PARTITION BY run_id, started_at, machine, threads, tool_version
            ORDER BY finished_at DESC NULLS LAST, status) = 1;
        DELETE FROM run_sessions WHERE run_id IN (SELECT run_id FROM {RunMap});
        INSERT INTO run_sessions BY NAME
        SELECT CAST(row_number() OVER (PARTITION BY run_id ORDER BY started_at, machine, threads, tool_version) AS INTEGER) AS session,
            * EXCLUDE (session)
        FROM temp.merge_sessions;
        DROP TABLE temp.merge_sessions
        """);

    // Measured on a sample by each machine: of two the one over more prompts stays, then the larger.
    void AddFloors(string floors) => connection.Execute(
        $"""
        CREATE TEMP TABLE merge_floors AS
        FROM (SELECT m.run_id, s.* EXCLUDE (run_id) FROM {_source}.{floors} AS s JOIN {RunMap} AS m ON m.source_id = s.run_id
              UNION ALL BY NAME SELECT t.* FROM {floors} AS t WHERE t.run_id IN (SELECT run_id FROM {RunMap}))
        QUALIFY row_number() OVER (PARTITION BY run_id ORDER BY prompts DESC, max_prob DESC, mean_prob DESC, max_log_prob DESC,
            mean_log_prob DESC, max_similarity DESC, mean_similarity DESC) = 1;
        INSERT OR REPLACE INTO {floors} BY NAME FROM temp.merge_floors;
        DROP TABLE temp.merge_floors
        """);

    // Of two limits the larger stays: a rank by fewer questions would mislead whoever chose it. Files of earlier versions have none.
    void AddRankingLimits()
    {
        if (!file.Has("ranking_limits"))
            return;
        var limits = $"{_source}.ranking_limits AS l JOIN {RunMap} AS m ON m.source_id = l.run_id";
        connection.Execute(
            $"""
            UPDATE {RunMap} SET has_changed = true WHERE run_id IN (
                SELECT m.run_id FROM {limits} LEFT JOIN ranking_limits AS t ON t.run_id = m.run_id
                WHERE l.fewest_questions > coalesce(t.fewest_questions, 0));
            INSERT INTO ranking_limits SELECT m.run_id, l.fewest_questions FROM {limits}
                ON CONFLICT (run_id) DO UPDATE SET fewest_questions = greatest(fewest_questions, excluded.fewest_questions)
            """);
    }

    // A run's key and these hashes stand for the texts: there is nothing to decide. Files of earlier versions have none.
    void AddPrompts()
    {
        if (file.Has("run_prompts"))
            connection.Execute(
                $"""
                INSERT INTO run_prompts BY NAME SELECT m.run_id, s.* EXCLUDE (run_id) FROM {_source}.run_prompts AS s
                    JOIN {RunMap} AS m ON m.source_id = s.run_id ANTI JOIN run_prompts AS t ON t.run_id = m.run_id
                """);
        if (file.Has("prompt_texts"))
            connection.Execute(
                $"""
                INSERT INTO prompt_texts BY NAME FROM {_source}.prompt_texts AS s
                    ANTI JOIN prompt_texts AS t ON t.put_in_sha256 = s.put_in_sha256 AND t.source_row = s.source_row
                """);
    }

    void DropOutdatedScores()
    {
        connection.Execute($"DELETE FROM study_findings WHERE study_id IN (SELECT study_id FROM study_runs JOIN {RunMap} USING (run_id) "
            + $"WHERE has_changed)");
        foreach (var table in MergeTables.Scores)
        {
            var ofPairs = columns.Of(table).Contains("other_run_id");
            connection.Execute(
                $"DELETE FROM {table} WHERE run_id IN (SELECT run_id FROM {RunMap} WHERE "
                    + $"has_changed){(ofPairs ? $" OR other_run_id IN (SELECT run_id FROM {RunMap} WHERE has_changed)" : "")}");
        }
    }

    long Count(string sql) => Convert.ToInt64(connection.Scalar(sql), System.Globalization.CultureInfo.InvariantCulture);
}
