using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>
    /// Stores texts of a run in one transaction, in place of those with the same question, number, seed, temperature and nucleus.
    /// </summary>
    /// <param name="runId">The run; it need not be begun.</param>
    /// <param name="rows">The texts.</param>
    /// <exception cref="ArgumentException">The run is not in this file, or a question is not in its survey. Nothing is stored.</exception>
    public void AppendGenerations(int runId, IReadOnlyList<GenerationRow> rows)
    {
        lock (_gate)
        {
            Write(() =>
            {
                var known = OptionCounts(SurveyOf(runId));
                if (rows.FirstOrDefault(r => !known.ContainsKey(r.SourceRow)) is { } stranger)
                    throw new ArgumentException($"Run {runId}, row {stranger.SourceRow}: it is not in the run's survey.", nameof(rows));
                foreach (var r in rows)
                {
                    _connection.Execute(
                        "DELETE FROM generations WHERE run_id = ? AND source_row = ? AND sequence = ? AND seed = ? AND temperature = ? "
                            + "AND top_p = ?",
                        runId, r.SourceRow, r.Sequence, r.Seed, r.Temperature, r.TopP);
                }

                AppendGenerations(rows.Select(r => (runId, r)));
            });
        }
    }

    void AppendGenerations(IEnumerable<(int RunId, GenerationRow Text)> rows)
    {
        using var table = new TableAppender(_connection, "generations");
        foreach (var (runId, r) in rows)
            table.Write(runId).Write(r.SourceRow).Write(r.Sequence).Write(r.Seed).Write(r.Temperature).Write(r.TopP).Write(r.Prompt)
                .Write(r.Text).Write(r.Finish).Write(r.Agrees).EndRow();
        table.Complete();
    }

    void AppendWritten(IReadOnlyList<WrittenRow> rows)
    {
        AppendGenerations(rows.Select(r => (r.RunId, r.Text)));
        using var table = new TableAppender(_connection, "text_readings");
        foreach (var r in rows)
            table.Write(r.RunId).Write(r.Text.SourceRow).Write(r.OrderIndex).Write(r.Text.Sequence).Write(r.Class).Write(r.OptionIndex)
                .EndRow();
        table.Complete();
    }

    // Of some none of the texts may have come to an answer.
    IEnumerable<(int SourceRow, int OrderIndex)> WrittenPrompts(int runId) =>
        Read<WrittenPrompt>("SELECT DISTINCT source_row, order_index FROM text_readings WHERE run_id = ?", runId)
            .Select(w => (w.SourceRow, w.OrderIndex));

    sealed record WrittenPrompt(int SourceRow, int OrderIndex);
}
