using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Merging;

/// <summary>The columns of the open file's tables: asked once, since the answer goes through everything that is attached.</summary>
sealed class OwnColumns
{
    readonly ILookup<string, string> _columns;

    /// <param name="connection">The open file's.</param>
    public OwnColumns(Connection connection) =>
        _columns = connection.Read<Column>(
            """
            SELECT table_name, column_name FROM duckdb_columns()
            WHERE database_name = current_database() AND schema_name = 'main' ORDER BY table_name, column_index
            """).ToLookup(c => c.TableName, c => c.ColumnName);

    /// <summary>Those of a table, in order.</summary>
    public IEnumerable<string> Of(string table) => _columns[table];

    sealed record Column(string TableName, string ColumnName);
}
