using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

// Scalar functions of our own. They belong to the open database, not to the file.
static unsafe partial class DuckDb
{
    [LibraryImport(Library, EntryPoint = "duckdb_create_logical_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle CreateType(DuckDbType type);

    [LibraryImport(Library, EntryPoint = "duckdb_create_list_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle CreateListType(LogicalTypeHandle element);

    [LibraryImport(Library, EntryPoint = "duckdb_create_scalar_function"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ScalarFunctionHandle CreateScalarFunction();

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_scalar_function"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyScalarFunction(ref ScalarFunctionHandle function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_name", StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFunctionName(ScalarFunctionHandle function, string name);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_add_parameter"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void AddFunctionParameter(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_return_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFunctionReturnType(ScalarFunctionHandle function, LogicalTypeHandle type);

    // Without it DuckDB decides what NULL gives; with it NULL reaches the function.
    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_special_handling"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFunctionTakesNull(ScalarFunctionHandle function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_extra_info"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFunctionExtraInfo(ScalarFunctionHandle function, nint info, nint destroy);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_function"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFunction(ScalarFunctionHandle function, delegate* unmanaged[Cdecl]<FunctionInfoHandle, ChunkHandle, VectorHandle, void> callback);

    [LibraryImport(Library, EntryPoint = "duckdb_register_scalar_function"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int RegisterScalarFunction(ConnectionHandle connection, ScalarFunctionHandle function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_get_extra_info"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint FunctionExtraInfo(FunctionInfoHandle info);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_error", StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void SetFunctionError(FunctionInfoHandle info, string message);
}
