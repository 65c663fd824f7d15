using System.Runtime.CompilerServices;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>A result, read chunk by chunk. Spans are valid until the next chunk is fetched.</summary>
sealed unsafe class Result : IDisposable
{
    ResultData _data;
    ChunkHandle _chunk;
    bool _disposed;

    public Result(ResultData data)
    {
        _data = data;
        var count = (int)DuckDb.ColumnCount(ref _data);
        var names = new string[count];
        var types = new ColumnType[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = NativeText.Borrowed(DuckDb.ColumnName(ref _data, (ulong)i));
            types[i] = ColumnType.Take(DuckDb.ColumnType(ref _data, (ulong)i));
        }

        (Names, Types) = (names, types);
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<ColumnType> Types { get; }

    /// <summary>Whether the statement only reads; not so where it writes, sets or copies.</summary>
    public bool IsSelect { get; init; }

    /// <summary>Rows of the current chunk.</summary>
    public int RowCount { get; private set; }

    /// <summary>Fetches the next chunk that has rows; false at the end.</summary>
    public bool NextChunk()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        do
        {
            ReleaseChunk();
            _chunk = DuckDb.FetchChunk(_data);
            if (_chunk.Value == 0)
            {
                // No chunk is the end, or an error in mid-stream.
                var error = NativeText.Borrowed(DuckDb.ResultError(ref _data));
                return error.Length == 0 ? false : throw DuckDbError.FromMessage(error);
            }

            RowCount = (int)DuckDb.ChunkSize(_chunk);
        }
        while (RowCount == 0);
        return true;
    }

    /// <summary>A column of the current chunk as it lies in memory; the column must not hold nulls.</summary>
    public ReadOnlySpan<T> Column<T>(int column) where T : unmanaged
    {
        if (Types[column].Id != TypeOf<T>())
            throw new InvalidOperationException($"Column {Names[column]} is {Types[column].Name}, not {TypeOf<T>()}.");
        return new ReadOnlySpan<T>(DuckDb.VectorData(Vector(column)), RowCount);
    }

    /// <summary>All lists of a column of the current chunk as they lie in memory; neither lists nor elements may be null.</summary>
    public Lists<T> Lists<T>(int column) where T : unmanaged
    {
        var type = Types[column];
        if (type.Id != DuckDbType.List || type.Children[0].Id != TypeOf<T>())
            throw new InvalidOperationException($"Column {Names[column]} is {type.Name}, not a list of {TypeOf<T>()}.");
        var vector = Vector(column);
        return new(new((ListEntry*)DuckDb.VectorData(vector), RowCount), new((T*)DuckDb.VectorData(DuckDb.ListChild(vector)), checked((int)DuckDb.ListSize(vector))));
    }

    /// <summary>One value of the current chunk.</summary>
    public object? Value(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount);
        return ValueReader.Read(Types[column], Vector(column), (ulong)row, Names[column]);
    }

    /// <summary>One value of the current chunk, of a type that the caller knows.</summary>
    public T Value<T>(int column, int row) => (T)Value(column, row)!;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        ReleaseChunk();
        DuckDb.DestroyResult(ref _data);
    }

    static DuckDbType TypeOf<T>() => typeof(T) == typeof(int) ? DuckDbType.Integer
        : typeof(T) == typeof(double) ? DuckDbType.Double
        : throw new ArgumentException($"No column is read as a span of {typeof(T).Name}.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    VectorHandle Vector(int column) => DuckDb.ChunkVector(_chunk, (ulong)column);

    void ReleaseChunk()
    {
        RowCount = 0;
        if (_chunk.Value != 0)
            DuckDb.DestroyChunk(ref _chunk);
    }
}
