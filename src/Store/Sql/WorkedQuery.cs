namespace LocalOpinions.Store;

/// <summary>A question that people ask of a results file, and the SQL that answers it.</summary>
/// <param name="Question">In words.</param>
/// <param name="Sql">One statement over the views, as one would write it by hand.</param>
public sealed record WorkedQuery(string Question, string Sql)
{
    /// <summary>The worked queries of docs/sql.md.</summary>
    public static IReadOnlyList<WorkedQuery> All { get; } = Read();

    static List<WorkedQuery> Read()
    {
        using var stream = typeof(WorkedQuery).Assembly.GetManifestResourceStream("examples.sql")
            ?? throw new InvalidOperationException("examples.sql is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var lines = text.Split('\n');
        // The comment right above a statement is its question.
        return [.. SqlStatement.Split(text).Select(s => new WorkedQuery(
            string.Join(' ', lines.Take(s.Line - 1).Reverse().TakeWhile(l => l.StartsWith("-- ", StringComparison.Ordinal)).Reverse().Select(l => l[3..])), s.Text))];
    }
}
