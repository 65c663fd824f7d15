using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

// Data chunks and vectors. Pointers from a vector are stale after the chunk is reset or destroyed.
static unsafe partial class DuckDb
{
    [LibraryImport(Library, EntryPoint = "duckdb_vector_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong VectorSize();

    [LibraryImport(Library, EntryPoint = "duckdb_create_data_chunk"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ChunkHandle CreateChunk(LogicalTypeHandle* types, ulong columnCount);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyChunk(ref ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_reset"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void ResetChunk(ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial VectorHandle ChunkVector(ChunkHandle chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ChunkSize(ChunkHandle chunk);

    // No bounds check on the other side: more than the vector size corrupts memory.
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_set_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetChunkSize(ChunkHandle chunk, ulong size);

    // Two getters of a field, called per cell: neither allocates, blocks nor calls back.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* VectorData(VectorHandle vector);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong* VectorValidity(VectorHandle vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_ensure_validity_writable"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void EnsureValidityWritable(VectorHandle vector);

    // The checked variant stores NULL for text it dislikes; ours is UTF-8 by construction.
    [LibraryImport(Library, EntryPoint = "duckdb_unsafe_vector_assign_string_element_len"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void AssignUtf8(VectorHandle vector, ulong row, byte* text, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_child"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial VectorHandle ListChild(VectorHandle vector);

    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ListSize(VectorHandle vector);

    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_set_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int SetListSize(VectorHandle vector, ulong size);

    // May move the child's data: fetch its pointer afterwards.
    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_reserve"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ReserveList(VectorHandle vector, ulong capacity);

    [LibraryImport(Library, EntryPoint = "duckdb_array_vector_get_child"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial VectorHandle ArrayChild(VectorHandle vector);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_vector_get_child"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial VectorHandle StructChild(VectorHandle vector, ulong index);
}
