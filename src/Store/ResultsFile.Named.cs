using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Stores whom prompts of a run named in the place of its country; questions that are known are left as they are.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="named">By source row, the country or group as <see cref="Rows.RunWay.PromptedCountry"/> calls it.</param>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public void AddNamedInstead(int runId, IReadOnlyDictionary<int, string> named) => Write(() =>
    {
        SurveyOf(runId);
        var known = NamedInstead(runId);
        using var table = new TableAppender(_connection, "named_instead");
        foreach (var (sourceRow, country) in named.Where(n => !known.ContainsKey(n.Key)))
            table.Write(runId).Write(sourceRow).Write(country).EndRow();
        table.Complete();
    });

    /// <summary>Whom prompts of a run named in the place of its country, by source row; none where it is not known.</summary>
    public IReadOnlyDictionary<int, string> NamedInstead(int runId) =>
        Read<StoredName>("SELECT source_row, country FROM named_instead WHERE run_id = ?", runId)
            .ToDictionary(n => n.SourceRow, n => n.Country);

    sealed record StoredName(int SourceRow, string Country);
}
