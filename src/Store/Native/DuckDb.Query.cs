using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

// Statements and results. SQL and names are UTF-8 without NUL; values are bound, never pasted.
static unsafe partial class DuckDb
{
    public const int StatementSelect = 1;

    /// <summary>INSTALL and LOAD.</summary>
    public const int StatementLoad = 21;
    public const int StatementUpdateExtensions = 29;

    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ExtractStatements(ConnectionHandle connection, string sql, out ExtractedHandle extracted);

    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements_error"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ExtractStatementsError(ExtractedHandle extracted);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_extracted"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyExtracted(ref ExtractedHandle extracted);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare_extracted_statement"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int PrepareExtracted(ConnectionHandle connection, ExtractedHandle extracted, ulong index, out PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare_error"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint PrepareError(PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyPrepare(ref PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int PreparedStatementType(PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_column_count"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong PreparedColumnCount(PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_column_name"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint PreparedColumnName(PreparedHandle prepared, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_column_logical_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle PreparedColumnType(PreparedHandle prepared, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_nparams"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ParameterCount(PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_null"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BindNull(PreparedHandle prepared, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_boolean"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BindBoolean(PreparedHandle prepared, ulong index, byte value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_int64"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BindInt64(PreparedHandle prepared, ulong index, long value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_double"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BindDouble(PreparedHandle prepared, ulong index, double value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_timestamp"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BindTimestamp(PreparedHandle prepared, ulong index, long microseconds);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_varchar_length"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int BindVarchar(PreparedHandle prepared, ulong index, byte* text, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Execute(PreparedHandle prepared, out ResultData result);

    // The header announces this function's removal; the pinned 1.5.6 has no other way to read a result that is larger
    // than memory without materialising it first.
    [LibraryImport(Library, EntryPoint = "duckdb_execute_prepared_streaming"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int ExecuteStreaming(PreparedHandle prepared, out ResultData result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ResultError(ref ResultData result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_count"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ColumnCount(ref ResultData result);

    [LibraryImport(Library, EntryPoint = "duckdb_column_name"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint ColumnName(ref ResultData result, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_column_logical_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle ColumnType(ref ResultData result, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ChunkHandle FetchChunk(ResultData result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyResult(ref ResultData result);
}
