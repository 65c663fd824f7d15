using DuckDB.NET.Data;
using LocalOpinions.Store.Chunks;

namespace LocalOpinions.Store.Connections;

/// <summary>Commands of DuckDB.NET for the store's own statements.</summary>
static class OwnCommand
{
    /// <summary>A DuckDBParameter's text ends at its first NUL, so such text needs <see cref="Statement"/>.</summary>
    public static bool CannotBind(ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (value is string text && text.Contains('\0'))
                return true;
        }

        return false;
    }

    public static DuckDBCommand Of(DuckDBConnection connection, string sql, ReadOnlySpan<object?> values)
    {
        RequireNoNul(sql);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            // Throws on half a surrogate pair, which DuckDB.NET would store as another character.
            if (value is string text)
                _ = Utf8.Strict.GetByteCount(text);
            command.Parameters.Add(new DuckDBParameter("", value));
        }

        return command;
    }

    public static (string[] Columns, List<object?[]> Rows) Rows(DuckDBCommand command)
    {
        List<object?[]> rows = [];
        using var reader = command.ExecuteReader();
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        while (reader.Read())
        {
            var cells = new object?[reader.FieldCount];
            for (var column = 0; column < cells.Length; column++)
                cells[column] = reader.IsDBNull(column) ? null : reader.GetValue(column);
            rows.Add(cells);
        }

        return (columns, rows);
    }

    /// <summary>Whatever stands behind a NUL would not reach DuckDB.</summary>
    public static void RequireNoNul(string sql)
    {
        if (sql.Contains('\0'))
            throw new StoreException(StoreError.Sql, "The SQL text contains a NUL character; remove it, or pass the value as a parameter.");
    }
}
