using System.Text;

namespace LocalOpinions.Store.Tests;

/// <summary>The reference part of docs/sql.md, made from the comments that a results file carries.</summary>
static class Reference
{
    public const string Marker =
        "<!-- From here on this page is made from the comments in the database itself: see DocumentationTests. -->\n";

    public static string Of(ResultsFile results)
    {
        var page = new StringBuilder(Marker);
        Section(page, "Views", results, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name");
        Section(page, "Tables", results, "SELECT table_name, comment FROM duckdb_tables() ORDER BY table_name");
        page.Append("\n## Macros\n\n");
        foreach (var row in Rows(results, "SELECT DISTINCT function_name, comment FROM duckdb_functions() WHERE NOT internal AND "
            + "function_type IN ('macro', 'table_macro') ORDER BY function_name"))
        {
            var (call, text) = Split((string)row[1]!);
            page.Append($"* `{call}`: {text}\n");
        }

        return page.ToString();
    }

    static void Section(StringBuilder page, string title, ResultsFile results, string sql)
    {
        page.Append($"\n## {title}\n");
        foreach (var table in Rows(results, sql))
        {
            page.Append($"\n### {table[0]}\n\n{table[1]}\n\n");
            foreach (
                var column in Rows(
                results, "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
                table[0]))
                page.Append($"* `{column[0]}` {column[1]}: {column[2]}\n");
        }
    }

    static (string Call, string Text) Split(string comment)
    {
        var colon = comment.IndexOf(": ", StringComparison.Ordinal);
        return (comment[..colon], comment[(colon + 2)..]);
    }

    static object?[][] Rows(ResultsFile results, string sql, params object?[] values)
    {
        using var query = results.Query(sql, values);
        return [.. query.Rows];
    }
}
