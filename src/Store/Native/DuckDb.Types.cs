using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

// Logical types. Every LogicalTypeHandle returned is ours to destroy; every name returned is ours to free.
static unsafe partial class DuckDb
{
    [LibraryImport(Library, EntryPoint = "duckdb_get_type_id"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial DuckDbType TypeId(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_logical_type_get_alias"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint TypeAlias(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_logical_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyType(ref LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_decimal_width"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte DecimalWidth(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_decimal_scale"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte DecimalScale(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_decimal_internal_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial DuckDbType DecimalStorage(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_enum_internal_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial DuckDbType EnumStorage(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial uint EnumSize(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_enum_dictionary_value"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint EnumValue(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_list_type_child_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle ListChildType(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_array_type_child_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle ArrayChildType(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_array_type_array_size"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong ArraySize(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_map_type_key_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle MapKeyType(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_map_type_value_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle MapValueType(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_count"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial ulong StructSize(LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_name"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint StructChildName(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_type"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial LogicalTypeHandle StructChildType(LogicalTypeHandle type, ulong index);
}
