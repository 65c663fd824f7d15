using System.Reflection;

namespace LocalOpinions.Store.Mapping;

/// <summary>Writes objects as rows by the names of properties and columns, as <see cref="RowMapper{T}"/> reads them.</summary>
/// <remarks>A property without its column is an error of DuckDB's; a column without its property gets its default.</remarks>
/// <typeparam name="T">An anonymous type, or a record, of what DuckDB.NET binds: numbers, text, times and their nullables.</typeparam>
static class RowInsert<T> where T : class
{
    static readonly PropertyInfo[] s_properties = typeof(T).GetProperties();

    static readonly string s_columns = string.Join(", ", s_properties.Select(p => ColumnName.Of(p.Name)));

    static readonly string s_places = string.Join(", ", s_properties.Select(_ => "?"));

    /// <param name="verb">INSERT, or what DuckDB has beside it.</param>
    /// <param name="table">The table's name, which is ours.</param>
    public static string Sql(string verb, string table) => $"{verb} INTO {table} ({s_columns}) VALUES ({s_places})";

    public static object?[] Values(T row) => [.. s_properties.Select(p => p.GetValue(row))];
}
