using DuckDB.NET.Native;
using LocalOpinions.Store.Chunks;
using LocalOpinions.Store.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Connections;

/// <summary>A prepared statement.</summary>
/// <remarks>
/// Not a DuckDBCommand: that one tells nothing of a statement before it runs, and binds text up to its first NUL and half a surrogate pair
/// as another character.
/// </remarks>
sealed class Statement : IDisposable
{
    readonly DuckDBPreparedStatement _handle;

    public Statement(Connection connection, DuckDBExtractedStatements extracted, int index)
    {
        if (ExtractStatements.DuckDBPrepareExtractedStatement(connection.Handle, extracted, index, out _handle).IsSuccess())
            return;
        using (_handle)
            throw DuckDbError.FromMessage(PreparedStatements.DuckDBPrepareError(_handle));
    }

    public bool IsSelect => Unbound.StatementType(_handle) == Unbound.StatementSelect;

    public bool FetchesExtensions => Unbound.StatementType(_handle) is Unbound.StatementLoad or Unbound.StatementUpdateExtensions;

    /// <summary>Whether there are columns that have no .NET value, or, for text, are no plain number or text.</summary>
    public bool NeedsCast(bool asText) => Kept(asText).Contains(false);

    /// <summary>The same SELECT with these columns cast to text by DuckDB.</summary>
    public string Cast(string sql, bool asText)
    {
        var kept = Kept(asText);
        // The newline ends a closing comment. Columns go by position: their own names may repeat.
        var select = kept.Select((r, i) => $"{(r ? $"c{i}" : $"CAST(c{i} AS VARCHAR)")} AS {SqlText.Name(Unbound.ColumnName(_handle, i))}");
        var names = kept.Select((_, i) => $"c{i}");
        return $"SELECT {string.Join(", ", select)} FROM ({sql.TrimEnd().TrimEnd(';')}\n) AS q({string.Join(", ", names)})";
    }

    public Result Execute(ReadOnlySpan<object?> values, bool streaming)
    {
        var expected = PreparedStatements.DuckDBParams(_handle);
        if (expected != values.Length)
            throw new StoreException(StoreError.Sql, $"The statement takes {expected} parameters and was given {values.Length}.");
        for (var i = 0; i < values.Length; i++)
            Bind(i + 1, values[i]);

        // The header announces the removal of streaming execution; the pinned 1.5.6 has no other way to read a result that is
        // larger than memory without materialising it first.
        DuckDBResult data;
        var state = streaming
            ? PreparedStatements.DuckDBExecutePreparedStreaming(_handle, out data)
            : PreparedStatements.DuckDBExecutePrepared(_handle, out data);
        if (state.IsSuccess())
            return new Result(data) { IsSelect = IsSelect };
        var message = Query.DuckDBResultError(ref data);
        data.Close();
        throw DuckDbError.FromMessage(message);
    }

    public void Dispose() => _handle.Dispose();

    bool[] Kept(bool asText)
    {
        var kept = new bool[Unbound.ColumnCount(_handle)];
        for (var i = 0; i < kept.Length; i++)
        {
            var type = ColumnType.Take(Unbound.ColumnType(_handle, (ulong)i));
            kept[i] = type.Id == DuckDBType.Invalid || (type.IsReadable && (!asText || type.IsPlain));
        }

        return kept;
    }

    void Bind(long index, object? value)
    {
        var state = value switch
        {
            null => PreparedStatements.DuckDBBindNull(_handle, index),
            bool b => PreparedStatements.DuckDBBindBoolean(_handle, index, b),
            int i => PreparedStatements.DuckDBBindInt64(_handle, index, i),
            long l => PreparedStatements.DuckDBBindInt64(_handle, index, l),
            double d => PreparedStatements.DuckDBBindDouble(_handle, index, d),
            DateTime t => PreparedStatements.DuckDBBindTimestamp(_handle, index, Timestamp(t)),
            string s => BindText(index, s),
            _ => throw new ArgumentException(
                $"A parameter cannot be a {value.GetType().Name}; use bool, int, long, double, DateTime (UTC), string or null.",
                nameof(value)),
        };
        if (!state.IsSuccess())
            throw new StoreException(StoreError.Sql, $"DuckDB refused parameter {index}: {PreparedStatements.DuckDBPrepareError(_handle)}");
    }

    static DuckDBTimestampStruct Timestamp(DateTime t) => new() { Micros = (t - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond };

    unsafe DuckDBState BindText(long index, string text)
    {
        fixed (byte* first = Utf8.Terminated(text, out var length))
            return Unbound.BindVarchar(_handle, (ulong)index, first, length);
    }
}
