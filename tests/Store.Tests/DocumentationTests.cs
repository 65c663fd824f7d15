using System.Text.RegularExpressions;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Tests;

namespace LocalOpinions.Store.Tests;

/// <summary>docs/sql.md is true, and the database explains itself.</summary>
public sealed partial class DocumentationTests : StoreTest
{
    const string Rewrite = "LOCALOPINIONS_WRITE_DOCS";

    [Fact]
    public void Every_worked_query_runs_and_finds_something()
    {
        using var results = ResultsFile.Open(File());
        Sample.FillAndScore(results);
        Sample.FillAndScore(results, r => r with { Exact = true });
        var other = results.AddModel(Sample.Model("other"));
        Sample.FillAndScore(results, r => r with { ModelId = other }, orders: 3);
        Sample.FillAndScore(results, r => r with { Condition = "cross-national", PromptedCountry = "Germany" }, orders: 4);
        results.Score(options: new() { Resamples = 200, Measures = Measure.OnRequest });
        var queries = SqlBlock().Matches(Page()).Select(m => m.Groups[1].Value).ToArray();
        Assert.True(queries.Length >= 5, $"docs/sql.md has {queries.Length} worked queries.");
        foreach (var sql in queries)
        {
            using var query = results.Query(sql);
            Assert.True(query.Rows.Any(), $"No rows: {sql}");
        }
    }

    [Fact]
    public void Every_table_view_column_and_macro_says_what_it_is()
    {
        using var results = ResultsFile.Open(File());
        using var silent = results.Query(
            """
            SELECT table_name FROM duckdb_tables() WHERE comment IS NULL
            UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
            UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
            UNION ALL SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'macro' AND comment IS NULL
            """);
        Assert.Empty(silent.Rows.Select(r => (string)r[0]!));
        Assert.True(Scalar(results, "SELECT count(*) FROM duckdb_columns() WHERE NOT internal") is > 200L);
    }

    /// <summary>To rewrite the page, run this test with the variable LOCALOPINIONS_WRITE_DOCS set.</summary>
    [Fact]
    public void The_reference_is_made_from_the_comments_in_the_database()
    {
        using var results = ResultsFile.Open(File());
        var (page, reference) = (Page(), Reference.Of(results));
        var start = page.IndexOf(Reference.Marker, StringComparison.Ordinal);
        Assert.True(start > 0, "docs/sql.md has lost the line from which on it is generated.");
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Rewrite)))
            System.IO.File.WriteAllText(PagePath, page[..start] + reference);
        else
            Assert.Equal(reference, page[start..]);
    }

    static string PagePath => Path.Combine(Repository.Root, "docs", "sql.md");

    static string Page() => System.IO.File.ReadAllText(PagePath).ReplaceLineEndings("\n");

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlBlock();
}
