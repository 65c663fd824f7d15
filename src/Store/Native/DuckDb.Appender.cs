using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

// The appender. Destroying one flushes what it still holds: clear it first where that is not wanted.
static unsafe partial class DuckDb
{
    [LibraryImport(Library, EntryPoint = "duckdb_appender_create_ext", StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int CreateAppender(ConnectionHandle connection, string? catalog, string? schema, string table, out AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_column_count"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong AppenderColumnCount(AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_column_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle AppenderColumnType(AppenderHandle appender, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_append_data_chunk"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int AppendChunk(AppenderHandle appender, ChunkHandle chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_flush"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int FlushAppender(AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_clear"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ClearAppender(AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_destroy"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int DestroyAppender(ref AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_error_data"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ErrorDataHandle AppenderError(AppenderHandle appender);

    [LibraryImport(Library, EntryPoint = "duckdb_error_data_message"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ErrorMessage(ErrorDataHandle error);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_error_data"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyError(ref ErrorDataHandle error);
}
