using LocalOpinions.Store.Chunks;

namespace LocalOpinions.Store;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">As the query names it; names may repeat.</param>
/// <param name="Type">DuckDB's name of the type, for example "DECIMAL(18,3)" or "INTEGER[]".</param>
public sealed record QueryColumn(string Name, string Type)
{
    /// <summary>Whether every value of it is a single number.</summary>
    public bool IsNumber => Type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER"
        or "UBIGINT" or "UHUGEINT" or "FLOAT" or "DOUBLE"
        || (Type.StartsWith("DECIMAL(", StringComparison.Ordinal) && Type.EndsWith(')'));
}

/// <summary>The result of a query, read once, from the first row to the last.</summary>
/// <remarks>
/// Cells: bool; sbyte to ulong; Int128 and UInt128 for HUGEINT and UHUGEINT; float, double; decimal, or text where it has more digits than
/// decimal holds; string (also for enums); byte[]; DateOnly, TimeOnly; DateTime (UTC) and DateTimeOffset (for TIMESTAMP WITH TIME ZONE), or
/// "infinity" and "-infinity"; Guid; object?[] for lists and arrays; an array of key-value pairs for structs (string keys) and maps. Every
/// other type arrives as DuckDB's own text for it.
/// </remarks>
public sealed class QueryResult : IDisposable
{
    readonly Action<QueryResult> _onDispose;
    bool _started;
    bool _disposed;

    internal QueryResult(Result result, Action<QueryResult> onDispose)
    {
        (Result, _onDispose) = (result, onDispose);
        Columns = [.. result.Names.Zip(result.Types, (name, type) => new QueryColumn(name, type.Name))];
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Whether the statement was a SELECT or the like, and not one that writes, sets or copies.</summary>
    public bool IsSelect => Result.IsSelect;

    /// <summary>The rows, one cell per column; a fresh array each. Can be enumerated once.</summary>
    /// <exception cref="StoreException">The query fails while it runs.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    public IEnumerable<object?[]> Rows
    {
        get
        {
            if (_started)
                throw new InvalidOperationException("The rows of a query are streamed and can be read once; run the query again.");
            _started = true;
            return Result.Rows();
        }
    }

    /// <summary>The columns, for a text file.</summary>
    /// <exception cref="StoreException">One holds lists, structs or maps: only DuckDB's own text for them can be read back.</exception>
    internal IReadOnlyList<QueryColumn> TextColumns => Result.Types.ToList().FindIndex(t => t.IsNested) is >= 0 and var nested
        ? throw new StoreException(StoreError.Sql,
            $"Column {Columns[nested].Name} is {Columns[nested].Type}, which a text file cannot hold "
            + "as it is; cast it to VARCHAR in the query.")
        : Columns;

    internal Result Result { get; }

    /// <summary>Ends the query, also in mid-stream.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Result.Dispose();
        _onDispose(this);
    }
}
