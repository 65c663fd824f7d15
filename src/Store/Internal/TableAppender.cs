using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>Writes rows into one table through one reused data chunk, inside the caller's transaction.</summary>
/// <remarks>
/// Values go in column order: <c>Write(...).Write(...)</c>, then <see cref="EndRow"/>; at the end <see cref="Complete"/>.
/// Disposing without completing drops what is buffered: destroying a DuckDB appender would flush it.
/// </remarks>
sealed unsafe class TableAppender : IDisposable
{
    const int ShortText = 64;

    readonly string _table;
    readonly ColumnType[] _types;
    readonly VectorHandle[] _vectors;
    readonly nint[] _data;
    readonly ListColumn?[] _lists;
    readonly int _capacity;
    AppenderHandle _appender;
    ChunkHandle _chunk;
    int _rows;
    int _column;
    bool _completed;

    public TableAppender(Connection connection, string table)
    {
        _table = table;
        _capacity = (int)DuckDb.VectorSize();
        if (DuckDb.CreateAppender(connection.Handle, null, null, table, out _appender) != DuckDb.Success)
        {
            var error = DuckDbError.FromAppender(_appender, table);
            DuckDb.DestroyAppender(ref _appender);
            throw error;
        }

        var count = (int)DuckDb.AppenderColumnCount(_appender);
        (_types, _vectors, _data, _lists) = (new ColumnType[count], new VectorHandle[count], new nint[count], new ListColumn?[count]);
        // The table's own types: anything else would go through a cast.
        var handles = new LogicalTypeHandle[count];
        for (var i = 0; i < count; i++)
            handles[i] = DuckDb.AppenderColumnType(_appender, (ulong)i);
        fixed (LogicalTypeHandle* first = handles)
            _chunk = DuckDb.CreateChunk(first, (ulong)count);
        for (var i = 0; i < count; i++)
        {
            _types[i] = ColumnType.Take(handles[i]);
            _lists[i] = _types[i].Id == DuckDbType.List ? new ListColumn() : null;
        }

        FetchPointers();
    }

    public TableAppender Write(int value)
    {
        ((int*)Next(DuckDbType.Integer))[_rows] = value;
        return this;
    }

    public TableAppender Write(long value)
    {
        ((long*)Next(DuckDbType.BigInt))[_rows] = value;
        return this;
    }

    public TableAppender Write(bool value)
    {
        ((byte*)Next(DuckDbType.Boolean))[_rows] = value ? (byte)1 : (byte)0;
        return this;
    }

    public TableAppender Write(double value)
    {
        ((double*)Next(DuckDbType.Double))[_rows] = value;
        return this;
    }

    public TableAppender Write(int? value) => value is { } number ? Write(number) : WriteNull(DuckDbType.Integer);

    public TableAppender Write(bool? value) => value is { } truth ? Write(truth) : WriteNull(DuckDbType.Boolean);

    /// <summary>NaN, which stands for a number that does not exist, is stored as NULL.</summary>
    public TableAppender WriteOrNull(double value) => double.IsNaN(value) ? WriteNull(DuckDbType.Double) : Write(value);

    /// <summary>No list is stored as NULL.</summary>
    public TableAppender WriteOrNull(double[]? values)
    {
        if (values is not null)
            return Write(values);
        ((ListEntry*)WriteNull(DuckDbType.List)._data[_column - 1])[_rows] = default;
        return this;
    }

    public TableAppender Write(ReadOnlySpan<double> values) => WriteList(DuckDbType.Double, values);

    public TableAppender Write(ReadOnlySpan<int> values) => WriteList(DuckDbType.Integer, values);

    public TableAppender Write(string? value)
    {
        if (value is null)
            return WriteNull(DuckDbType.Varchar);
        Next(DuckDbType.Varchar);
        var vector = _vectors[_column - 1];

        if (value.Length > ShortText)
        {
            fixed (byte* first = Utf8.Terminated(value, out var length))
                DuckDb.AssignUtf8(vector, (ulong)_rows, first, length);
            return this;
        }

        // DuckDB copies it; a word per row, as with answers, must not cost an array per row.
        var bytes = stackalloc byte[3 * ShortText + 1];
        var count = Utf8.Strict.GetBytes(value, new Span<byte>(bytes, 3 * ShortText));
        DuckDb.AssignUtf8(vector, (ulong)_rows, bytes, (ulong)count);
        return this;
    }

    /// <summary>How many of some more rows have room in the chunk that is being written: at least one of them, where there are any.</summary>
    public int RoomFor(int rows) => Math.Min(rows, _capacity - _rows);

    /// <summary>The values of a column in the rows that come next, to write many at once; these rows are then counted with <see cref="EndRows"/>.</summary>
    /// <param name="column">A column without NULLs and lists, from 0.</param>
    /// <param name="rows">At most what <see cref="RoomFor"/> gives.</param>
    public Span<T> Column<T>(int column, int rows) where T : unmanaged
    {
        var type = typeof(T) == typeof(int) ? DuckDbType.Integer : typeof(T) == typeof(double) ? DuckDbType.Double : DuckDbType.Invalid;
        if (_column != 0 || _types[column].Id != type || rows > _capacity - _rows)
            throw new InvalidOperationException($"Column {column} of {_table} does not take {rows} values of type {typeof(T).Name} here.");
        return new Span<T>((T*)_data[column] + _rows, rows);
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
        if (DuckDb.FlushAppender(_appender) != DuckDb.Success)
            throw DuckDbError.FromAppender(_appender, _table);
        _completed = true;
    }

    public void Dispose()
    {
        if (_appender.Value == 0)
            return;
        DuckDb.DestroyChunk(ref _chunk);
        if (!_completed)
            _ = DuckDb.ClearAppender(_appender);
        _ = DuckDb.DestroyAppender(ref _appender);
        _appender = default;
    }

    TableAppender WriteNull(DuckDbType type)
    {
        Next(type);
        var vector = _vectors[_column - 1];
        DuckDb.EnsureValidityWritable(vector);
        DuckDb.VectorValidity(vector)[_rows / 64] &= ~(1UL << (_rows % 64));
        return this;
    }

    TableAppender WriteList<T>(DuckDbType element, ReadOnlySpan<T> values) where T : unmanaged
    {
        var entries = (ListEntry*)Next(DuckDbType.List);
        var list = _lists[_column - 1]!;
        if (_types[_column - 1].Children[0].Id != element)
            throw new InvalidOperationException($"Column {_column - 1} of {_table} does not take a list of type {element}.");
        entries[_rows] = list.Add(_vectors[_column - 1], values);
        return this;
    }

    nint Next(DuckDbType type)
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
        DuckDb.SetChunkSize(_chunk, (ulong)_rows);
        if (DuckDb.AppendChunk(_appender, _chunk) != DuckDb.Success)
            throw DuckDbError.FromAppender(_appender, _table);
        DuckDb.ResetChunk(_chunk);
        FetchPointers();
        _rows = 0;
    }

    // Stale after every reset.
    void FetchPointers()
    {
        for (var i = 0; i < _types.Length; i++)
        {
            _vectors[i] = DuckDb.ChunkVector(_chunk, (ulong)i);
            _data[i] = (nint)DuckDb.VectorData(_vectors[i]);
        }
    }
}
