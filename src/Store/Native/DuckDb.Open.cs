using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

/// <summary>duckdb.h, section by section. Success is 0. Nothing here is called before <see cref="DuckDbLibrary.Require"/>.</summary>
static unsafe partial class DuckDb
{
    /// <summary>The name that every import carries; <see cref="DuckDbLibrary"/> turns it into a file.</summary>
    public const string Library = "duckdb";

    public const int Success = 0;

    [LibraryImport(Library, EntryPoint = "duckdb_library_version"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial nint LibraryVersion();

    [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Open(string path, out DatabaseHandle database, ConfigHandle config, out nint ownedError);

    [LibraryImport(Library, EntryPoint = "duckdb_close"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Close(ref DatabaseHandle database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_interrupt"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Interrupt(ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Disconnect(ref ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_create_config"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int CreateConfig(out ConfigHandle config);

    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int SetConfig(ConfigHandle config, string name, string value);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void DestroyConfig(ref ConfigHandle config);

    [LibraryImport(Library, EntryPoint = "duckdb_free"), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Free(nint memory);
}
