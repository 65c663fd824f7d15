using LocalOpinions.Store.Functions;
using LocalOpinions.Store.Schema;
using LocalOpinions.Tests;

namespace LocalOpinions.Store.Tests;

/// <summary>docs/sql.md is true, and the database explains itself.</summary>
public sealed class DocumentationTests : StoreTest
{
    const string Rewrite = "LOCALOPINIONS_WRITE_DOCS";

    [Fact]
    public void Every_table_view_column_and_macro_says_what_it_is()
    {
        using var results = ResultsFile.Open(File());
        using var silent = results.Query(
            """
            SELECT table_name FROM duckdb_tables() WHERE comment IS NULL
            UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
            UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
            UNION ALL SELECT function_name FROM duckdb_functions()
            WHERE NOT internal AND function_type IN ('macro', 'table_macro') AND comment IS NULL
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

    [Fact]
    public void The_page_of_the_store_names_every_function_that_is_registered()
    {
        var page = System.IO.File.ReadAllText(Path.Combine(Repository.Root, "docs", "store.md"));
        Assert.All(SimdMeasure.All, m => Assert.Contains($"`{m.Name}`", page, StringComparison.Ordinal));
        Assert.Equal(SimdMeasure.All.Count, page.Split("`simd_").Length - 1 - page.Split("`simd_*`").Length + 1);
    }

    [Fact]
    public void Every_view_of_runs_says_what_tells_them_apart()
    {
        using var results = ResultsFile.Open(File());
        var views = results.ReadValues<string>("SELECT DISTINCT table_name FROM duckdb_columns() "
            + "JOIN duckdb_views() ON view_name = table_name WHERE NOT duckdb_columns.internal AND column_name = 'run_id' ORDER BY ALL");
        // These are numbers of runs, for other views to join.
        Assert.Equal(views.Except(["thin_limits", "question_masses", "run_masses"]), RunColumns.Views.Order(StringComparer.Ordinal));
        foreach (var view in RunColumns.Views)
            Assert.Subset(results.ReadValues<string>("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", view).ToHashSet(),
                RunColumns.Names.ToHashSet());
    }

    static string PagePath => Path.Combine(Repository.Root, "docs", "sql.md");

    static string Page() => System.IO.File.ReadAllText(PagePath).ReplaceLineEndings("\n");
}
