using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace LocalOpinions.Store.Native;

/// <summary>What duckdb.h has and DuckDB.NET does not bind. Nothing here is called before <see cref="DuckDbLibrary.Require"/>.</summary>
static unsafe partial class Unbound
{
    /// <summary>The name that every import carries, DuckDB.NET's too; <see cref="DuckDbLibrary"/> turns it into a file.</summary>
    public const string Library = "duckdb";

    /// <summary>As duckdb.h numbers them: DuckDB.NET's enum of statement types has a SHOW too many, so that LOAD is 22 there.</summary>
    public const int StatementSelect = 1, StatementLoad = 21, StatementUpdateExtensions = 29;

    /// <summary>Every function below, for the proof at start-up that the library has it.</summary>
    public static readonly string[] Functions =
    [
        "duckdb_bind_varchar_length", "duckdb_logical_type_get_alias", "duckdb_prepared_statement_type",
        "duckdb_prepared_statement_column_count", "duckdb_prepared_statement_column_name", "duckdb_prepared_statement_column_logical_type",
    ];

    // Text with its length: what DuckDB.NET binds ends at the first NUL.
    [LibraryImport(Library, EntryPoint = "duckdb_bind_varchar_length"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial DuckDBState BindVarchar(DuckDBPreparedStatement prepared, ulong index, byte* text, ulong length);

    // The name that a type was given, as JSON or a user's ENUM.
    [LibraryImport(Library, EntryPoint = "duckdb_logical_type_get_alias"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint LogicalTypeAlias(DuckDBLogicalType type);

    // INSTALL and LOAD must be refused before they run.
    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int StatementType(DuckDBPreparedStatement prepared);

    // A query whose columns have no .NET value is rewritten before it runs, so that it runs once.
    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_column_count"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ColumnCount(DuckDBPreparedStatement prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_column_name"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint PreparedColumnName(DuckDBPreparedStatement prepared, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_column_logical_type"),
        UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial DuckDBLogicalType ColumnType(DuckDBPreparedStatement prepared, ulong column);

    public static string? Alias(DuckDBLogicalType type) => Owned(LogicalTypeAlias(type));

    public static string ColumnName(DuckDBPreparedStatement prepared, int column) =>
        Owned(PreparedColumnName(prepared, (ulong)column)) ?? "";

    static string? Owned(nint text)
    {
        if (text == 0)
            return null;
        var copy = Marshal.PtrToStringUTF8(text);
        NativeMethods.Helpers.DuckDBFree(text);
        return copy;
    }
}
