using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Writing;

/// <summary>What the store must know of a run to keep its rows unique and fitting.</summary>
sealed class RunState
{
    RunState(IReadOnlyDictionary<int, int> optionCounts) => OptionCounts = optionCounts;

    /// <summary>Number of options per source row of the run's survey.</summary>
    public IReadOnlyDictionary<int, int> OptionCounts { get; }

    public HashSet<(int SourceRow, int OrderIndex)> Answered { get; } = [];

    /// <summary>Rows with an answer in any order.</summary>
    public HashSet<int> AnsweredRows { get; } = [];

    public HashSet<int> Unanswered { get; } = [];

    public static RunState Load(Connection connection, int runId, IReadOnlyDictionary<int, int> optionCounts)
    {
        var state = new RunState(optionCounts);
        using (var answers = connection.Query("SELECT source_row, order_index FROM answers WHERE run_id = ?", runId))
        {
            while (answers.NextChunk())
            {
                var rows = answers.Column<int>(0);
                var orders = answers.Column<int>(1);
                for (var i = 0; i < rows.Length; i++)
                    state.AddAnswer(rows[i], orders[i]);
            }
        }

        using var unanswered = connection.Query("SELECT source_row FROM unanswered WHERE run_id = ?", runId);
        while (unanswered.NextChunk())
            foreach (var row in unanswered.Column<int>(0))
                state.Unanswered.Add(row);
        return state;
    }

    public void AddAnswer(int sourceRow, int orderIndex)
    {
        Answered.Add((sourceRow, orderIndex));
        AnsweredRows.Add(sourceRow);
        Unanswered.Remove(sourceRow);
    }

    /// <summary>Number of options per source row of a survey.</summary>
    public static Dictionary<int, int> LoadOptionCounts(Connection connection, int surveyId)
    {
        const string Options =
            """
            SELECT q.source_row, CAST(count(o.option_index) AS INTEGER)
            FROM questions AS q
            LEFT JOIN options AS o ON o.survey_id = q.survey_id AND o.source_row = q.source_row
            WHERE q.survey_id = ?
            GROUP BY q.source_row
            """;
        var optionCounts = new Dictionary<int, int>();
        using var options = connection.Query(Options, surveyId);
        while (options.NextChunk())
        {
            var rows = options.Column<int>(0);
            var counts = options.Column<int>(1);
            for (var i = 0; i < rows.Length; i++)
                optionCounts.Add(rows[i], counts[i]);
        }

        return optionCounts;
    }
}
