using DuckDB.NET.Native;
using LocalOpinions.Store.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Chunks;

/// <summary>A result, read chunk by chunk. Spans are valid until the next chunk is fetched.</summary>
/// <remarks>
/// Not a DuckDBDataReader: that one copies every list, does not tell a type's name, has no value for long decimals, infinite dates and
/// INTERVAL or UNION inside others, and passes over the results of COPY and INSERT.
/// </remarks>
sealed unsafe class Result : IDisposable
{
    readonly nint[] _vectors;
    DuckDBResult _data;
    DuckDBDataChunk? _chunk;
    bool _disposed;

    public Result(DuckDBResult data)
    {
        _data = data;
        var count = (int)Query.DuckDBColumnCount(ref _data);
        var names = new string[count];
        var types = new ColumnType[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = Query.DuckDBColumnName(ref _data, i);
            types[i] = ColumnType.Take(Query.DuckDBColumnLogicalType(ref _data, i));
        }

        (Names, Types, _vectors) = (names, types, new nint[count]);
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
            _chunk = Query.DuckDBFetchChunk(_data);
            if (_chunk.IsInvalid)
            {
                // No chunk is the end, or an error in mid-stream.
                var error = Query.DuckDBResultError(ref _data);
                return string.IsNullOrEmpty(error) ? false : throw DuckDbError.FromMessage(error);
            }

            RowCount = (int)DataChunks.DuckDBDataChunkGetSize(_chunk);
        }
        while (RowCount == 0);
        for (var i = 0; i < _vectors.Length; i++)
            _vectors[i] = DataChunks.DuckDBDataChunkGetVector(_chunk, i);
        return true;
    }

    /// <summary>The rows that have not been read yet, one cell per column; a fresh array each.</summary>
    public IEnumerable<object?[]> Rows()
    {
        while (NextChunk())
        {
            for (var row = 0; row < RowCount; row++)
            {
                var cells = new object?[Names.Count];
                for (var column = 0; column < cells.Length; column++)
                    cells[column] = Value(column, row);
                yield return cells;
            }
        }
    }

    /// <summary>A column of the current chunk as it lies in memory; the column must not hold nulls.</summary>
    public ReadOnlySpan<T> Column<T>(int column) where T : unmanaged
    {
        if (Types[column].Id != TypeOf<T>())
            throw new InvalidOperationException($"Column {Names[column]} is {Types[column].Name}, not {TypeOf<T>()}.");
        return new ReadOnlySpan<T>(Vectors.DuckDBVectorGetData(Vector(column)), RowCount);
    }

    /// <summary>All lists of a column of the current chunk as they lie in memory; neither lists nor elements may be null.</summary>
    public Lists<T> Lists<T>(int column) where T : unmanaged
    {
        var type = Types[column];
        if (type.Id != DuckDBType.List || type.Children[0].Id != TypeOf<T>())
            throw new InvalidOperationException($"Column {Names[column]} is {type.Name}, not a list of {TypeOf<T>()}.");
        var vector = Vector(column);
        var elements = Vectors.DuckDBVectorGetData(Vectors.DuckDBListVectorGetChild(vector));
        var count = checked((int)Vectors.DuckDBListVectorGetSize(vector));
        return new(new(Vectors.DuckDBVectorGetData(vector), RowCount), new(elements, count));
    }

    /// <summary>One value of the current chunk.</summary>
    public object? Value(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount);
        return ValueReader.Read(Types[column], _vectors[column], (ulong)row, Names[column]);
    }

    /// <summary>One value of the current chunk, of a type that the caller knows.</summary>
    public T Value<T>(int column, int row) => (T)Value(column, row)!;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        ReleaseChunk();
        _data.Close();
    }

    static DuckDBType TypeOf<T>() => typeof(T) == typeof(int) ? DuckDBType.Integer
        : typeof(T) == typeof(double) ? DuckDBType.Double
        : throw new ArgumentException($"No column is read as a span of {typeof(T).Name}.");

    // Pointers of a chunk that is gone must not be followed.
    nint Vector(int column) => _chunk is { IsClosed: false, IsInvalid: false }
        ? _vectors[column]
        : throw new InvalidOperationException("No chunk has been fetched.");

    void ReleaseChunk()
    {
        RowCount = 0;
        _chunk?.Dispose();
    }
}
