namespace LocalOpinions.Store.Connections;

/// <summary>Text from outside as a piece of SQL, for the few places where DuckDB takes no parameter.</summary>
static class SqlText
{
    /// <summary>A name of a table, column or database.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text value.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
