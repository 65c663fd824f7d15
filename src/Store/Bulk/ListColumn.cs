using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Bulk;

/// <summary>The elements of a list column of the chunk that is being written, one list behind the other.</summary>
sealed unsafe class ListColumn
{
    const int FirstCapacity = 8192;

    byte* _elements;
    ulong _capacity;
    ulong _size;

    public DuckDBListEntry Add<T>(nint vector, ReadOnlySpan<T> values) where T : unmanaged
    {
        var size = _size + (ulong)values.Length;
        if (size > _capacity || _elements == null)
            Reserve(vector, Math.Max(size > _capacity ? Math.Max(2 * _capacity, size) : _capacity, FirstCapacity));

        values.CopyTo(new Span<T>((T*)_elements + _size, values.Length));
        var entry = new DuckDBListEntry(_size, (ulong)values.Length);
        _size = size;
        return entry;
    }

    /// <summary>Tells DuckDB how many elements there are; what follows belongs to the next chunk.</summary>
    public void End(nint vector)
    {
        Check(Vectors.DuckDBListVectorSetSize(vector, _size));
        _size = 0;
        // Stale after the chunk's reset, which keeps the room.
        _elements = null;
    }

    void Reserve(nint vector, ulong capacity)
    {
        // DuckDB keeps as many elements as it believes to be there when it makes room.
        Check(Vectors.DuckDBListVectorSetSize(vector, _size));
        Check(Vectors.DuckDBListVectorReserve(vector, capacity));
        _capacity = capacity;
        _elements = (byte*)Vectors.DuckDBVectorGetData(Vectors.DuckDBListVectorGetChild(vector));
    }

    static void Check(DuckDBState state)
    {
        if (!state.IsSuccess())
            throw new StoreException(StoreError.Io, "DuckDB has no memory for the elements of a list.");
    }
}
