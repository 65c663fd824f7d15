using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Mapping;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store.Sql;

/// <summary>Statements that build on each other: temporary tables, variables and settings last as long as the session.</summary>
/// <remarks>For one thread at a time, but for <see cref="Interrupt"/>. A result must be read before the next statement.</remarks>
public sealed class SqlSession : IDisposable
{
    readonly Lock _gate = new();
    readonly Connection _connection;
    readonly Action<SqlSession> _onDispose;
    readonly Action<string> _require;
    QueryResult? _query;
    bool _disposed;

    /// <param name="connection">Its own, and disposed with it.</param>
    /// <param name="onDispose">Called when it ends.</param>
    /// <param name="require">Throws for SQL that may not run.</param>
    internal SqlSession(Connection connection, Action<SqlSession> onDispose, Action<string> require) =>
        (_connection, _onDispose, _require) = (connection, onDispose, require);

    /// <summary>Runs SQL and streams the result of its last statement; ends the query before it.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="values">As of <see cref="ResultsFile.Query"/>.</param>
    /// <exception cref="StoreException">DuckDB refuses a statement, or it was interrupted
    /// (<see cref="StoreError.Interrupted"/>).</exception>
    public QueryResult Query(string sql, params ReadOnlySpan<object?> values)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _query?.Dispose();
        _require(sql);
        return _query = new QueryResult(_connection.Stream(sql, values), static _ => { });
    }

    /// <summary>The same for a text file: what is no plain number or text arrives as DuckDB's own text for it.</summary>
    /// <inheritdoc cref="Query"/>
    public QueryResult QueryText(string sql, params ReadOnlySpan<object?> values)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _query?.Dispose();
        _require(sql);
        return _query = new QueryResult(
            _connection.StreamAsText(TextQuery.RunToLast(_connection, sql), values), static _ => { });
    }

    /// <summary>The values of a query that has one column.</summary>
    /// <inheritdoc cref="ResultsFile.ReadValues"/>
    public IReadOnlyList<T> ReadValues<T>(string sql, params ReadOnlySpan<object?> values)
    {
        using var query = Query(sql, values);
        return SingleColumn.Of<T>([.. query.Columns.Select(c => c.Name)], query.Rows);
    }

    /// <summary>Writes the result of the last statement, a SELECT, as a Parquet file with DuckDB's own types.</summary>
    /// <param name="sql">One or more statements; those before the last run first.</param>
    /// <param name="path">The file, which is overwritten.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="StoreException">DuckDB refuses a statement, or the file cannot be written.</exception>
    public long WriteParquet(string sql, string path)
    {
        var statements = SqlStatement.Split(sql);
        if (statements.Count == 0)
            throw new StoreException(StoreError.Sql, "The SQL text holds no statement.");
        foreach (var earlier in statements.SkipLast(1))
            Query(earlier.Text).Dispose();
        try
        {
            // The newline ends a closing comment.
            return ReadValues<long>(
                $"COPY ({statements[^1].Text}\n) TO {SqlText.Literal(Path.GetFullPath(path))} (FORMAT parquet, COMPRESSION zstd)").Single();
        }
        catch (StoreException e) when (e.Kind is StoreError.DiskFull)
        {
            // What the store says of its own file, which keeps what was committed, is not true of this one.
            throw new StoreException(e.Kind, $"{DuckDbError.SystemsWords(e.Message)} : '{path}'", e);
        }
    }

    /// <summary>Ends the statement that is running, from another thread; nothing happens where none is.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (!_disposed)
                _connection.Interrupt();
        }
    }

    /// <summary>Ends the session, also in the middle of a result.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _query?.Dispose();
        _connection.Dispose();
        _onDispose(this);
    }
}
