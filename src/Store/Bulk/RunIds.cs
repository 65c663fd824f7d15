namespace LocalOpinions.Store.Bulk;

/// <summary>Numbers of runs in SQL text: numbers of ours, so nothing from outside is ever pasted.</summary>
static class RunIds
{
    /// <summary>"BETWEEN 1 AND 9 AND run_id IN (1, 4, 9)": the range lets DuckDB skip whole row groups.</summary>
    public static string In(IReadOnlyCollection<int> ids, string column = "run_id") =>
        $"BETWEEN {ids.Min()} AND {ids.Max()} AND {column} IN ({string.Join(", ", ids)})";
}
