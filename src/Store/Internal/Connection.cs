using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>A connection, for one thread at a time.</summary>
sealed class Connection : IDisposable
{
    ConnectionHandle _handle;

    public Connection(ConnectionHandle handle) => _handle = handle;

    public ConnectionHandle Handle => _handle;

    /// <summary>Runs one or more statements and gives the last one's whole result; the values belong to that last statement.</summary>
    public Result Query(string sql, params ReadOnlySpan<object?> values) => Run(sql, values, streaming: false);

    /// <summary>The same, computed while it is read. The connection's transaction stays open until the connection goes.</summary>
    public Result Stream(string sql, params ReadOnlySpan<object?> values) => Run(sql, values, streaming: true);

    public void Execute(string sql, params ReadOnlySpan<object?> values) => Query(sql, values).Dispose();

    /// <summary>The first column of the first row; null where there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var result = Query(sql, values);
        return result.NextChunk() ? result.Value(0, 0) : null;
    }

    /// <summary>All of it or nothing of it.</summary>
    public void InTransaction(Action body)
    {
        Execute("BEGIN TRANSACTION");
        try
        {
            body();
            Execute("COMMIT");
        }
        catch (Exception e)
        {
            Rollback(e);
            throw;
        }
    }

    Result Run(string sql, ReadOnlySpan<object?> values, bool streaming)
    {
        if (sql.Contains('\0'))
            throw new StoreException(StoreError.Sql, "The SQL text contains a NUL character; remove it, or pass the value as a parameter.");
        var count = DuckDb.ExtractStatements(_handle, sql, out var extracted);
        try
        {
            if (count == 0)
            {
                var error = NativeText.Borrowed(DuckDb.ExtractStatementsError(extracted));
                throw error.Length == 0 ? new StoreException(StoreError.Sql, "The SQL text holds no statement.") : DuckDbError.FromMessage(error);
            }

            // Each statement is prepared only after those before it ran: it may need what they create.
            for (ulong i = 0; i + 1 < count; i++)
            {
                using var earlier = new Statement(this, extracted, i);
                earlier.Execute([], streaming: false).Dispose();
            }

            using var last = new Statement(this, extracted, count - 1);
            if (last.HasUnreadableColumns && count == 1 && last.IsSelect)
                return Run(last.AsText(sql), values, streaming);
            return last.Execute(values, streaming);
        }
        finally
        {
            DuckDb.DestroyExtracted(ref extracted);
        }
    }

    void Rollback(Exception cause)
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (StoreException e)
        {
            // A failed COMMIT has ended the transaction already. The cause matters to the caller, this only beside it.
            cause.Data["rollback"] = e.Message;
        }
    }

    public void Dispose() => DuckDb.Disconnect(ref _handle);
}
