namespace LocalOpinions.Store;

/// <summary>What the store must know of a run to keep its rows unique and fitting.</summary>
sealed class RunState
{
    /// <summary>Number of options per source row of the run's survey.</summary>
    public Dictionary<int, int> OptionCounts { get; } = [];

    public HashSet<int> Answered { get; } = [];

    public HashSet<int> Unanswered { get; } = [];

    public static RunState Load(Connection connection, int runId)
    {
        var state = new RunState();
        const string Options =
            """
            SELECT q.source_row, CAST(count(o.option_index) AS INTEGER)
            FROM questions AS q
            LEFT JOIN options AS o ON o.survey_id = q.survey_id AND o.source_row = q.source_row
            WHERE q.survey_id = (SELECT survey_id FROM runs WHERE run_id = ?)
            GROUP BY q.source_row
            """;
        using (var options = connection.Query(Options, runId))
        {
            while (options.NextChunk())
            {
                var rows = options.Column<int>(0);
                var counts = options.Column<int>(1);
                for (var i = 0; i < rows.Length; i++)
                    state.OptionCounts.Add(rows[i], counts[i]);
            }
        }

        ReadRows(connection, "SELECT source_row FROM answers WHERE run_id = ?", runId, state.Answered);
        ReadRows(connection, "SELECT source_row FROM unanswered WHERE run_id = ?", runId, state.Unanswered);
        return state;
    }

    static void ReadRows(Connection connection, string sql, int runId, HashSet<int> rows)
    {
        using var result = connection.Query(sql, runId);
        while (result.NextChunk())
            foreach (var row in result.Column<int>(0))
                rows.Add(row);
    }
}
