using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>A prepared statement.</summary>
sealed class Statement : IDisposable
{
    PreparedHandle _handle;

    public Statement(Connection connection, ExtractedHandle extracted, ulong index)
    {
        if (DuckDb.PrepareExtracted(connection.Handle, extracted, index, out _handle) == DuckDb.Success)
            return;
        var message = NativeText.Borrowed(DuckDb.PrepareError(_handle));
        Dispose();
        throw DuckDbError.FromMessage(message);
    }

    public bool IsSelect => DuckDb.PreparedStatementType(_handle) == DuckDb.StatementSelect;

    public bool FetchesExtensions => DuckDb.PreparedStatementType(_handle) is DuckDb.StatementLoad or DuckDb.StatementUpdateExtensions;

    public bool HasUnreadableColumns => ColumnsAreReadable().Contains(false);

    /// <summary>The same SELECT with every column that has no .NET value cast to text by DuckDB.</summary>
    public string AsText(string sql)
    {
        var readable = ColumnsAreReadable();
        // The newline ends a closing comment. Columns go by position: their own names may repeat.
        var select = readable.Select((r, i) => $"{(r ? $"c{i}" : $"CAST(c{i} AS VARCHAR)")} AS {Quoted(ColumnName(i))}");
        var names = readable.Select((_, i) => $"c{i}");
        return $"SELECT {string.Join(", ", select)} FROM ({sql.TrimEnd().TrimEnd(';')}\n) AS q({string.Join(", ", names)})";
    }

    public Result Execute(ReadOnlySpan<object?> values, bool streaming)
    {
        var expected = DuckDb.ParameterCount(_handle);
        if (expected != (ulong)values.Length)
            throw new StoreException(StoreError.Sql, $"The statement takes {expected} parameters and was given {values.Length}.");
        for (var i = 0; i < values.Length; i++)
            Bind((ulong)i + 1, values[i]);

        var state = streaming ? DuckDb.ExecuteStreaming(_handle, out var data) : DuckDb.Execute(_handle, out data);
        if (state == DuckDb.Success)
            return new Result(data) { IsSelect = IsSelect };
        var message = NativeText.Borrowed(DuckDb.ResultError(ref data));
        DuckDb.DestroyResult(ref data);
        throw DuckDbError.FromMessage(message);
    }

    public void Dispose() => DuckDb.DestroyPrepare(ref _handle);

    string ColumnName(int column) => NativeText.Owned(DuckDb.PreparedColumnName(_handle, (ulong)column)) ?? "";

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    bool[] ColumnsAreReadable()
    {
        var readable = new bool[DuckDb.PreparedColumnCount(_handle)];
        for (var i = 0; i < readable.Length; i++)
            readable[i] = ColumnType.Take(DuckDb.PreparedColumnType(_handle, (ulong)i)) is { IsReadable: true } or { Id: DuckDbType.Invalid };
        return readable;
    }

    void Bind(ulong index, object? value)
    {
        var state = value switch
        {
            null => DuckDb.BindNull(_handle, index),
            bool b => DuckDb.BindBoolean(_handle, index, b ? (byte)1 : (byte)0),
            int i => DuckDb.BindInt64(_handle, index, i),
            long l => DuckDb.BindInt64(_handle, index, l),
            double d => DuckDb.BindDouble(_handle, index, d),
            DateTime t => DuckDb.BindTimestamp(_handle, index, (t - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
            string s => BindText(index, s),
            _ => throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}; use bool, int, long, double, DateTime (UTC), string or null.", nameof(value)),
        };
        if (state != DuckDb.Success)
            throw new StoreException(StoreError.Sql, $"DuckDB refused parameter {index}: {NativeText.Borrowed(DuckDb.PrepareError(_handle))}");
    }

    unsafe int BindText(ulong index, string text)
    {
        fixed (byte* first = Utf8.Terminated(text, out var length))
            return DuckDb.BindVarchar(_handle, index, first, length);
    }
}
