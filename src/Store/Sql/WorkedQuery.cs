using System.Text.RegularExpressions;

namespace LocalOpinions.Store.Sql;

/// <summary>A question that people ask of a results file, and the SQL that answers it.</summary>
/// <param name="Question">In words.</param>
/// <param name="Sql">One statement over the views, as one would write it by hand.</param>
public sealed partial record WorkedQuery(string Question, string Sql)
{
    /// <summary>The worked queries of docs/sql.md, which is part of this assembly.</summary>
    public static IReadOnlyList<WorkedQuery> All { get; } = Read();

    static List<WorkedQuery> Read()
    {
        using var stream = typeof(WorkedQuery).Assembly.GetManifestResourceStream("sql.md")
            ?? throw new InvalidOperationException("docs/sql.md is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return [.. Block().Matches(reader.ReadToEnd().ReplaceLineEndings("\n")).Select(m => new WorkedQuery(
            FirstSentence().Match(m.Groups["prose"].Value.Replace('\n', ' ')).Value, m.Groups["sql"].Value.TrimEnd().TrimEnd(';')))];
    }

    // The paragraph above a block of SQL says what it asks, in its first sentence.
    [GeneratedRegex("\n\n(?<prose>(?:[^\n]+\n)+)\n```sql\n(?<sql>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^.*?(?:[.?](?= |$)|$)")]
    private static partial Regex FirstSentence();
}
