using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Functions;

/// <summary>A column of DOUBLE lists that a function is given, borrowed from its chunk.</summary>
readonly unsafe ref struct ListColumnReader
{
    readonly DuckDBListEntry* _entries;
    readonly ulong* _valid;
    readonly double* _elements;
    readonly ulong* _elementsValid;

    public ListColumnReader(nint vector)
    {
        var child = Vectors.DuckDBListVectorGetChild(vector);
        _entries = (DuckDBListEntry*)Vectors.DuckDBVectorGetData(vector);
        _valid = Vectors.DuckDBVectorGetValidity(vector);
        _elements = (double*)Vectors.DuckDBVectorGetData(child);
        _elementsValid = Vectors.DuckDBVectorGetValidity(child);
    }

    public bool IsNull(int row) => _valid != null && (_valid[row / 64] >> (row % 64) & 1) == 0;

    public ReadOnlySpan<double> this[int row] => new(_elements + _entries[row].Offset, (int)_entries[row].Length);

    public bool HasNullElement(int row)
    {
        if (_elementsValid == null)
            return false;
        var end = _entries[row].Offset + _entries[row].Length;
        for (var i = _entries[row].Offset; i < end; i++)
        {
            if ((_elementsValid[i / 64] >> (int)(i % 64) & 1) == 0)
                return true;
        }

        return false;
    }
}
