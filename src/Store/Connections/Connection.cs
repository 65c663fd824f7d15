using DuckDB.NET.Data;
using DuckDB.NET.Native;
using LocalOpinions.Store.Chunks;
using LocalOpinions.Store.Mapping;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store.Connections;

/// <summary>A connection, for one thread at a time.</summary>
/// <remarks>
/// The store's own statements are commands of DuckDB.NET (<see cref="Execute"/>, <see cref="Read"/>). What users write, and what is read
/// column by column, goes through <see cref="Statement"/> and <see cref="Result"/>, which say why.
/// </remarks>
sealed partial class Connection(DuckDBConnection connection, bool extensions) : IDisposable
{
    public DuckDBNativeConnection Handle => connection.NativeConnection;

    /// <summary>Runs one or more statements and gives the last one's whole result; the values belong to that last statement.</summary>
    public Result Query(string sql, params ReadOnlySpan<object?> values) => Run(sql, values, streaming: false);

    /// <summary>The same, computed while it is read. The connection's transaction stays open until the connection goes.</summary>
    public Result Stream(string sql, params ReadOnlySpan<object?> values) => Run(sql, values, streaming: true);

    /// <summary>The same for one statement, with what is no plain number or text cast to text by DuckDB.</summary>
    public Result StreamAsText(string sql, params ReadOnlySpan<object?> values) => Run(sql, values, streaming: true, asText: true);

    /// <summary>Runs what a user wrote and gives nothing of its result.</summary>
    public void Discard(string sql) => Query(sql).Dispose();

    /// <summary>Runs one or more of the store's own statements, or a single one with values.</summary>
    public void Execute(string sql, params ReadOnlySpan<object?> values)
    {
        if (OwnCommand.CannotBind(values))
        {
            Query(sql, values).Dispose();
            return;
        }

        using var command = OwnCommand.Of(connection, sql, values);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (Exception e) when (DuckDbError.From(e) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Adds a row to one of the store's tables: each property goes into the column of its name.</summary>
    public void Insert<T>(string table, T row) where T : class => Execute(RowInsert<T>.Sql("INSERT", table), RowInsert<T>.Values(row));

    /// <summary>The same in place of the row that has the same key.</summary>
    public void Replace<T>(string table, T row) where T : class =>
        Execute(RowInsert<T>.Sql("INSERT OR REPLACE", table), RowInsert<T>.Values(row));

    /// <summary>The first column of the first row of one of the store's own queries; null where there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Rows(sql, values) is [var first, ..] ? first[0] : null;

    /// <summary>All rows of one of the store's own queries; for results that are known to be small, of plain numbers and text.</summary>
    public IReadOnlyList<object?[]> Rows(string sql, params ReadOnlySpan<object?> values) => Table(sql, values).Rows;

    /// <summary>
    /// A record of each row of one of the store's own queries, by the names of its columns; for results that are known to be small, of
    /// plain numbers and text.
    /// </summary>
    /// <exception cref="InvalidOperationException">The columns and <typeparamref name="T"/> do not fit.</exception>
    public IReadOnlyList<T> Read<T>(string sql, params ReadOnlySpan<object?> values) where T : class
    {
        var (columns, rows) = Table(sql, values);
        return [.. rows.Select(RowMapper<T>.Of(columns))];
    }

    /// <summary>The values of one of the store's own queries that has one column.</summary>
    /// <exception cref="InvalidOperationException">There is more than one column, or a value is no <typeparamref name="T"/>.</exception>
    public IReadOnlyList<T> ReadValues<T>(string sql, params ReadOnlySpan<object?> values)
    {
        var (columns, rows) = Table(sql, values);
        return SingleColumn.Of<T>(columns, rows);
    }

    /// <summary>Ends what runs on this connection; may be called from any thread while the connection is open.</summary>
    public void Interrupt() => Handle.Interrupt();

    public void Dispose() => connection.Dispose();

    (IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows) Table(string sql, ReadOnlySpan<object?> values)
    {
        if (OwnCommand.CannotBind(values))
        {
            using var result = Query(sql, values);
            return (result.Names, [.. result.Rows()]);
        }

        using var command = OwnCommand.Of(connection, sql, values);
        try
        {
            return OwnCommand.Rows(command);
        }
        catch (Exception e) when (DuckDbError.From(e) is { } error)
        {
            throw error;
        }
    }

    Result Run(string sql, ReadOnlySpan<object?> values, bool streaming, bool asText = false)
    {
        OwnCommand.RequireNoNul(sql);
        var count = NativeMethods.ExtractStatements.DuckDBExtractStatements(Handle, sql, out var extracted);
        using (extracted)
        {
            if (count == 0)
            {
                var error = NativeMethods.ExtractStatements.DuckDBExtractStatementsError(extracted);
                throw string.IsNullOrEmpty(error)
                    ? new StoreException(StoreError.Sql, "The SQL text holds no statement.")
                    : DuckDbError.FromMessage(error);
            }

            // Each statement is prepared only after those before it ran: it may need what they create.
            for (var i = 0; i + 1 < count; i++)
            {
                using var earlier = Prepare(extracted, i);
                earlier.Execute([], streaming: false).Dispose();
            }

            using var last = Prepare(extracted, count - 1);
            if (last.NeedsCast(asText) && count == 1 && last.IsSelect)
                return Run(last.Cast(sql, asText), values, streaming);
            return last.Execute(values, streaming);
        }
    }

    Statement Prepare(DuckDBExtractedStatements extracted, int index)
    {
        var statement = new Statement(this, extracted, index);
        if (extensions || !statement.FetchesExtensions)
            return statement;
        statement.Dispose();
        throw new StoreException(StoreError.Sql, "INSTALL, LOAD and UPDATE EXTENSIONS are switched off: DuckDB would fetch code from the "
            + "network. Parquet, JSON and CSV need no extension.");
    }
}
