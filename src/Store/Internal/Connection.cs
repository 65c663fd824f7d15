using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>A connection, for one thread at a time.</summary>
sealed class Connection : IDisposable
{
    ConnectionHandle _handle;

    readonly bool _extensions;

    public Connection(ConnectionHandle handle, bool extensions) => (_handle, _extensions) = (handle, extensions);

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

    /// <summary>All rows; for results that are known to be small.</summary>
    public IReadOnlyList<object?[]> Rows(string sql, params ReadOnlySpan<object?> values)
    {
        var rows = new List<object?[]>();
        using var result = Query(sql, values);
        while (result.NextChunk())
        {
            for (var row = 0; row < result.RowCount; row++)
            {
                var cells = new object?[result.Names.Count];
                for (var column = 0; column < cells.Length; column++)
                    cells[column] = result.Value(column, row);
                rows.Add(cells);
            }
        }

        return rows;
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
            // A failed COMMIT has ended the transaction already.
            Try("ROLLBACK", e);
            throw;
        }
    }

    /// <summary>Does something between two statements that change and restore settings of the whole database.</summary>
    public void Between(string change, string restore, Action body)
    {
        Execute(change);
        try
        {
            body();
        }
        catch (Exception e)
        {
            Try(restore, e);
            throw;
        }

        Execute(restore);
    }

    /// <summary>Ends what runs on this connection; may be called from any thread while the connection is open.</summary>
    public void Interrupt() => DuckDb.Interrupt(_handle);

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
                using var earlier = Prepare(extracted, i);
                earlier.Execute([], streaming: false).Dispose();
            }

            using var last = Prepare(extracted, count - 1);
            if (last.HasUnreadableColumns && count == 1 && last.IsSelect)
                return Run(last.AsText(sql), values, streaming);
            return last.Execute(values, streaming);
        }
        finally
        {
            DuckDb.DestroyExtracted(ref extracted);
        }
    }

    Statement Prepare(ExtractedHandle extracted, ulong index)
    {
        var statement = new Statement(this, extracted, index);
        if (_extensions || !statement.FetchesExtensions)
            return statement;
        statement.Dispose();
        throw new StoreException(StoreError.Sql, "INSTALL, LOAD and UPDATE EXTENSIONS are switched off: DuckDB would fetch code from the network. Parquet, JSON and CSV need no extension.");
    }

    // The cause matters to the caller, what else fails only beside it.
    void Try(string sql, Exception cause)
    {
        try
        {
            Execute(sql);
        }
        catch (StoreException e)
        {
            cause.Data[sql] = e.Message;
        }
    }

    public void Dispose() => DuckDb.Disconnect(ref _handle);
}
