using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.Store.Tests;

/// <summary>docs/sql.md is true.</summary>
public sealed partial class DocumentationTests : StoreTest
{
    [Fact]
    public void Every_worked_query_runs_and_finds_something()
    {
        using var results = ResultsFile.Open(File());
        Sample.FillAndScore(results);
        Sample.FillAndScore(results, r => r with { Exact = true });
        var queries = SqlBlock().Matches(Page()).Select(m => m.Groups[1].Value).ToArray();
        Assert.True(queries.Length >= 5, $"docs/sql.md has {queries.Length} worked queries.");
        foreach (var sql in queries)
        {
            using var query = results.Query(sql);
            Assert.True(query.Rows.Any(), $"No rows: {sql}");
        }
    }

    [Fact]
    public void Every_table_view_and_column_is_explained_and_no_other()
    {
        using var results = ResultsFile.Open(File());
        using var query = results.Query("SELECT table_name, list(column_name ORDER BY column_name) FROM duckdb_columns() WHERE NOT internal GROUP BY table_name");
        var actual = query.Rows.ToDictionary(r => (string)r[0]!, r => ((object?[])r[1]!).Cast<string>());
        var sections = Page().Split("\n### ")[1..].Select(s => s.Split("\n## ")[0]).ToDictionary(s => s.Split('\n')[0].Trim());
        Assert.Equal(actual.Keys.Order(), sections.Keys.Order());
        var names = actual.Values.SelectMany(c => c).ToHashSet();
        foreach (var (table, columns) in actual)
        {
            var explained = Code().Matches(sections[table]).Select(m => m.Groups[1].Value).ToHashSet();
            Assert.Empty(columns.Except(explained).Select(c => $"{table}.{c} is not explained"));
            Assert.Empty(explained.Where(names.Contains).Except(columns).Select(c => $"{table}.{c} is explained and does not exist"));
        }
    }

    static string Page() => System.IO.File.ReadAllText(Path.Combine(Repository.Root, "docs", "sql.md")).ReplaceLineEndings("\n");

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlBlock();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Code();
}
