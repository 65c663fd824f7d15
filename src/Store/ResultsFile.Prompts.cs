using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Keeps how prompts of runs are worded; what is known of a run is left as it is.</summary>
    /// <param name="prompts">One row per run of this file.</param>
    public void KeepPrompts(IEnumerable<RunPromptRow> prompts) => Write(() =>
    {
        var known = _connection.ReadValues<int>("SELECT run_id FROM run_prompts").ToHashSet();
        using var table = new TableAppender(_connection, "run_prompts");
        foreach (var row in prompts.Where(row => known.Add(row.RunId)))
            table.Write(row.RunId).Write(row.Before).Write(row.System).Write(row.BehindSystem).Write(row.Message).Write(row.After)
                .Write(row.Opening).Write(row.Said).Write(row.MessageTrim).Write(row.SystemTrim)
                .Write(row.Labels is null ? null : string.Join('\n', row.Labels)).Write(row.Country).Write(row.Somebody)
                .Write(row.Persona).Write(row.PutInSha256).EndRow();
        table.Complete();
    });

    /// <summary>Keeps texts that prompts have in the place of the survey's own; questions that are known are left as they are.</summary>
    /// <param name="putInSha256">What makes these texts (<see cref="RunPromptRow.PutInSha256"/>).</param>
    /// <param name="texts">All texts of each question.</param>
    public void KeepPromptTexts(string putInSha256, IEnumerable<PromptTextRow> texts) => Write(() =>
    {
        var known = _connection.ReadValues<int>("SELECT DISTINCT source_row FROM prompt_texts WHERE put_in_sha256 = ?", putInSha256)
            .ToHashSet();
        using var table = new TableAppender(_connection, "prompt_texts");
        foreach (var row in texts.Where(row => !known.Contains(row.SourceRow)))
            table.Write(putInSha256).Write(row.SourceRow).Write(row.Place).Write(row.OptionIndex).Write(row.Text).EndRow();
        table.Complete();
    });
}
