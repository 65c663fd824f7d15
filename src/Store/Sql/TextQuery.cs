using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Sql;

/// <summary>
/// Queries whose results are for text files: what is no plain number or text is cast by DuckDB itself, so that any DuckDB casts it back.
/// </summary>
static class TextQuery
{
    /// <summary>
    /// Runs all statements but the last, which it gives back: only one that stands alone can be put into another that casts its columns.
    /// </summary>
    public static string RunToLast(Connection connection, string sql)
    {
        var statements = SqlStatement.Split(sql);
        foreach (var earlier in statements.SkipLast(1))
            connection.Discard(earlier.Text);
        return statements.Count > 0 ? statements[^1].Text : sql;
    }
}
