using DuckDB.NET.Native;
using LocalOpinions.Store.Chunks;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Bulk;

/// <summary>Writes rows into one table through one reused data chunk, inside the caller's transaction.</summary>
/// <remarks>
/// Values go in column order: <c>Write(...).Write(...)</c>, then <see cref="EndRow"/>; at the end <see cref="Complete"/>. Disposing without
/// completing drops what is buffered: destroying a DuckDB appender would flush it.
/// </remarks>
sealed unsafe class TableAppender : IDisposable
{
    const int ShortText = 64;

    readonly string _table;
    readonly ColumnType[] _types;
    readonly nint[] _vectors;
    readonly nint[] _data;
    readonly ListColumn?[] _lists;
    readonly int _capacity;
    readonly DuckDBAppender _appender;
    readonly DuckDBDataChunk _chunk;
    int _rows;
    int _column;
    bool _completed;

    public TableAppender(Connection connection, string table)
    {
        _table = table;
        _capacity = (int)Helpers.DuckDBVectorSize();
        if (!Appender.DuckDBAppenderCreateExt(connection.Handle, null, null, table, out _appender).IsSuccess())
        {
            using (_appender)
                throw DuckDbError.FromAppender(_appender, table);
        }

        var count = (int)Appender.DuckDBAppenderColumnCount(_appender);
        (_types, _vectors, _data, _lists) = (new ColumnType[count], new nint[count], new nint[count], new ListColumn?[count]);
        // The table's own types: anything else would go through a cast.
        var types = new DuckDBLogicalType[count];
        for (var i = 0; i < count; i++)
            types[i] = Appender.DuckDBAppenderColumnType(_appender, (ulong)i);
        _chunk = DataChunks.DuckDBCreateDataChunk(Array.ConvertAll(types, t => t.DangerousGetHandle()), (ulong)count);
        for (var i = 0; i < count; i++)
        {
            _types[i] = ColumnType.Take(types[i]);
            _lists[i] = _types[i].Id == DuckDBType.List ? new ListColumn() : null;
        }

        FetchPointers();
    }

    public TableAppender Write(int value)
    {
        ((int*)Next(DuckDBType.Integer))[_rows] = value;
        return this;
    }

    public TableAppender Write(long value)
    {
        ((long*)Next(DuckDBType.BigInt))[_rows] = value;
        return this;
    }

    public TableAppender Write(bool value)
    {
        ((byte*)Next(DuckDBType.Boolean))[_rows] = value ? (byte)1 : (byte)0;
        return this;
    }

    public TableAppender Write(double value)
    {
        ((double*)Next(DuckDBType.Double))[_rows] = value;
        return this;
    }

    public TableAppender Write(int? value) => value is { } number ? Write(number) : WriteNull(DuckDBType.Integer);

    public TableAppender Write(bool? value) => value is { } truth ? Write(truth) : WriteNull(DuckDBType.Boolean);

    /// <summary>NaN, which stands for a number that does not exist, is stored as NULL.</summary>
    public TableAppender WriteOrNull(double value) => double.IsNaN(value) ? WriteNull(DuckDBType.Double) : Write(value);

    /// <summary>No list is stored as NULL.</summary>
    public TableAppender WriteOrNull(double[]? values)
    {
        if (values is not null)
            return Write(values);
        ((DuckDBListEntry*)WriteNull(DuckDBType.List)._data[_column - 1])[_rows] = default;
        return this;
    }

    public TableAppender Write(ReadOnlySpan<double> values) => WriteList(DuckDBType.Double, values);

    public TableAppender Write(ReadOnlySpan<int> values) => WriteList(DuckDBType.Integer, values);

    public TableAppender Write(string? value)
    {
        if (value is null)
            return WriteNull(DuckDBType.Varchar);
        Next(DuckDBType.Varchar);
        var vector = _vectors[_column - 1];

        if (value.Length > ShortText)
        {
            fixed (byte* first = Utf8.Terminated(value, out var length))
                Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)_rows, first, (long)length);
            return this;
        }

        // DuckDB copies it; a word per row, as with answers, must not cost an array per row.
        var bytes = stackalloc byte[3 * ShortText + 1];
        var count = Utf8.Strict.GetBytes(value, new Span<byte>(bytes, 3 * ShortText));
        Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)_rows, bytes, count);
        return this;
    }

    /// <summary>
    /// How many of some more rows have room in the chunk that is being written: at least one of them, where there are any.
    /// </summary>
    public int RoomFor(int rows) => Math.Min(rows, _capacity - _rows);

    /// <summary>
    /// The values of a column in the rows that come next, to write many at once; these rows are then counted with <see cref="EndRows"/>.
    /// </summary>
    /// <param name="column">A column without NULLs and lists, from 0.</param>
    /// <param name="rows">At most what <see cref="RoomFor"/> gives.</param>
    public Span<T> Column<T>(int column, int rows) where T : unmanaged
    {
        var type = typeof(T) == typeof(int) ? DuckDBType.Integer : typeof(T) == typeof(double) ? DuckDBType.Double : DuckDBType.Invalid;
        if (_column != 0 || _types[column].Id != type || rows > _capacity - _rows)
            throw new InvalidOperationException($"Column {column} of {_table} does not take {rows} values of type {typeof(T).Name} here.");
        return new Span<T>((T*)_data[column] + _rows, rows);
    }

    /// <summary>Gives a text column one value in the rows that come next; these rows are then counted with <see cref="EndRows"/>.</summary>
    /// <param name="column">A column, from 0.</param>
    /// <param name="rows">At most what <see cref="RoomFor"/> gives.</param>
    /// <param name="value">The text.</param>
    public void Fill(int column, int rows, string value)
    {
        if (_column != 0 || _types[column].Id != DuckDBType.Varchar || rows < 1 || rows > _capacity - _rows)
            throw new InvalidOperationException($"Column {column} of {_table} does not take a text in {rows} rows here.");
        fixed (byte* first = Utf8.Terminated(value, out var length))
            Vectors.DuckDBUnsafeVectorAssignStringElementLength(_vectors[column], (ulong)_rows, first, (long)length);
        // A text's 16 bytes hold it, or where it is long point into the vector's own memory, which rows may share.
        var texts = new Span<(ulong, ulong)>(((ulong, ulong)*)_data[column] + _rows, rows);
        texts[1..].Fill(texts[0]);
    }

    /// <summary>Counts rows that were written column by column.</summary>
    public void EndRows(int rows)
    {
        if (rows < 0 || rows > _capacity - _rows)
            throw new InvalidOperationException($"{_table}: {rows} rows are not what was written.");
        if ((_rows += rows) == _capacity)
            AppendChunk();
    }

    public void EndRow()
    {
        if (_column != _types.Length)
            throw new InvalidOperationException($"A row of {_table} has {_types.Length} columns; {_column} were written.");
        _column = 0;
        if (++_rows == _capacity)
            AppendChunk();
    }

    /// <summary>Hands the last rows to the table; they become visible to others when the transaction commits.</summary>
    public void Complete()
    {
        AppendChunk();
        if (!Appender.DuckDBAppenderFlush(_appender).IsSuccess())
            throw DuckDbError.FromAppender(_appender, _table);
        _completed = true;
    }

    public void Dispose()
    {
        if (_appender.IsClosed)
            return;
        _chunk.Dispose();
        if (!_completed)
            _ = Appender.DuckDBAppenderClear(_appender);
        _appender.Dispose();
    }

    TableAppender WriteNull(DuckDBType type)
    {
        Next(type);
        var vector = _vectors[_column - 1];
        Vectors.DuckDBVectorEnsureValidityWritable(vector);
        Vectors.DuckDBVectorGetValidity(vector)[_rows / 64] &= ~(1UL << (_rows % 64));
        return this;
    }

    TableAppender WriteList<T>(DuckDBType element, ReadOnlySpan<T> values) where T : unmanaged
    {
        var entries = (DuckDBListEntry*)Next(DuckDBType.List);
        var list = _lists[_column - 1]!;
        if (_types[_column - 1].Children[0].Id != element)
            throw new InvalidOperationException($"Column {_column - 1} of {_table} does not take a list of type {element}.");
        entries[_rows] = list.Add(_vectors[_column - 1], values);
        return this;
    }

    nint Next(DuckDBType type)
    {
        // The pointers below are raw memory: a value of another width would corrupt it.
        if (_column >= _types.Length || _types[_column].Id != type)
            throw new InvalidOperationException($"Column {_column} of {_table} does not take a value of type {type}.");
        return _data[_column++];
    }

    void AppendChunk()
    {
        if (_rows == 0)
            return;
        for (var i = 0; i < _lists.Length; i++)
            _lists[i]?.End(_vectors[i]);
        DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)_rows);
        if (!Appender.DuckDBAppendDataChunk(_appender, _chunk).IsSuccess())
            throw DuckDbError.FromAppender(_appender, _table);
        DataChunks.DuckDBDataChunkReset(_chunk);
        FetchPointers();
        _rows = 0;
    }

    // Stale after every reset.
    void FetchPointers()
    {
        for (var i = 0; i < _types.Length; i++)
        {
            _vectors[i] = DataChunks.DuckDBDataChunkGetVector(_chunk, i);
            _data[i] = (nint)Vectors.DuckDBVectorGetData(_vectors[i]);
        }
    }
}
