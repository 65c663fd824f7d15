using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

// One type per opaque pointer of duckdb.h, so that the compiler tells a vector from a chunk. A struct of one pointer is
// passed exactly like the pointer. None of them owns anything: the classes around them do.
readonly record struct DatabaseHandle(nint Value);

readonly record struct ConnectionHandle(nint Value);

readonly record struct ConfigHandle(nint Value);

readonly record struct ExtractedHandle(nint Value);

readonly record struct PreparedHandle(nint Value);

readonly record struct LogicalTypeHandle(nint Value);

readonly record struct ChunkHandle(nint Value);

readonly record struct VectorHandle(nint Value);

readonly record struct AppenderHandle(nint Value);

readonly record struct ErrorDataHandle(nint Value);

readonly record struct ScalarFunctionHandle(nint Value);

readonly record struct FunctionInfoHandle(nint Value);

/// <summary>duckdb_result: five deprecated words and the pointer that matters, all of them DuckDB's business.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly struct ResultData
{
    public readonly ulong ColumnCount;
    public readonly ulong RowCount;
    public readonly ulong RowsChanged;
    public readonly nint Columns;
    public readonly nint ErrorMessage;
    public readonly nint InternalData;
}

/// <summary>duckdb_string_t: a 32-bit length, then up to 12 bytes inline, or 4 bytes of prefix and a pointer to longer text.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
readonly unsafe struct StringData
{
    const int InlineLength = 12;

    /// <summary>The bytes of the text that lies at <paramref name="data"/>; borrowed from the vector.</summary>
    public static ReadOnlySpan<byte> Bytes(StringData* data)
    {
        var start = (byte*)data;
        var length = *(uint*)start;
        return new(length <= InlineLength ? start + 4 : *(byte**)(start + 8), checked((int)length));
    }
}

/// <summary>duckdb_list_entry: where a row's elements lie in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly struct ListEntry(ulong offset, ulong length)
{
    public readonly ulong Offset = offset;
    public readonly ulong Length = length;
}
