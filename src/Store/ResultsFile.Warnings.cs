using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Stores what is wrong with a run's model although it can be asked; what is known is left as it is.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="warnings">In words, each once.</param>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public void AddWarnings(int runId, IReadOnlyList<string> warnings) => Write(() =>
    {
        SurveyOf(runId);
        using var table = new TableAppender(_connection, "run_warnings");
        foreach (var warning in warnings.Except(Warnings(runId)))
            table.Write(runId).Write(warning).EndRow();
        table.Complete();
    });

    /// <summary>What was wrong with a run's model, in words.</summary>
    public IReadOnlyList<string> Warnings(int runId) =>
        [.. Read<StoredWarning>("SELECT warning FROM run_warnings WHERE run_id = ? ORDER BY rowid", runId).Select(w => w.Warning)];

    sealed record StoredWarning(string Warning);
}
