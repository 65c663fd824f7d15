using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Analysis.Scores;

/// <summary>How many questions a country needs to be ranked: as was chosen for a run, else by its size.</summary>
sealed class ThinLimit
{
    readonly Dictionary<int, int> _chosen;

    /// <summary>Reads what was chosen.</summary>
    public ThinLimit(Connection connection) => _chosen =
        connection.Read<Chosen>("SELECT run_id, fewest_questions FROM ranking_limits").ToDictionary(c => c.RunId, c => c.FewestQuestions);

    /// <summary>A run's limit.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="questions">Questions that it answered.</param>
    public int Of(int runId, int questions) =>
        _chosen.TryGetValue(runId, out var chosen) ? chosen : RankingLimit.Of(questions);

    /// <summary>Stores a choice for runs.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="runIds">The runs.</param>
    /// <param name="fewest">Questions; 0 for the limit by size.</param>
    public static void Choose(Connection connection, IReadOnlyCollection<int> runIds, int fewest)
    {
        connection.Execute($"DELETE FROM ranking_limits WHERE run_id {RunIds.In([.. runIds])}");
        if (fewest > 0)
            connection.Execute($"INSERT INTO ranking_limits SELECT run_id, ? FROM runs WHERE run_id {RunIds.In([.. runIds])}", fewest);
    }

    sealed record Chosen(int RunId, int FewestQuestions);
}
