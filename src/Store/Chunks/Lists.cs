using DuckDB.NET.Native;

namespace LocalOpinions.Store.Chunks;

/// <summary>The lists of a column of a chunk, borrowed from it: nothing is copied.</summary>
readonly ref struct Lists<T>(ReadOnlySpan<DuckDBListEntry> entries, ReadOnlySpan<T> elements) where T : unmanaged
{
    readonly ReadOnlySpan<DuckDBListEntry> _entries = entries;
    readonly ReadOnlySpan<T> _elements = elements;

    public ReadOnlySpan<T> this[int row] => _elements.Slice((int)_entries[row].Offset, (int)_entries[row].Length);
}
