using System.Runtime.InteropServices;
using LocalOpinions.Native;

namespace LocalOpinions.Store.Native;

/// <summary>Finds DuckDB's library, loads it on first use and checks that it is the version these bindings were written for.</summary>
static class DuckDbLibrary
{
    /// <summary>Structures and ownership rules are those of this version's header.</summary>
    public const string ExpectedVersion = "v1.5.6";

    // Failures are not remembered: the next call tries again.
    static readonly Lazy<nint> Loaded = new(Load, LazyThreadSafetyMode.PublicationOnly);

    static DuckDbLibrary() => NativeLibrary.SetDllImportResolver(
        typeof(DuckDbLibrary).Assembly,
        static (name, _, _) => name == DuckDb.Library ? Loaded.Value : 0);

    /// <summary>Must come before any other native call; returns the version.</summary>
    /// <exception cref="StoreException">The library cannot be used; the message says why and what to do.</exception>
    public static string Require()
    {
        _ = Loaded.Value;
        return ExpectedVersion;
    }

    static unsafe nint Load()
    {
        var path = FindFile();
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Unusable($"{path} cannot be loaded as a shared library ({e.Message.Trim()}).", e);
        }

        if (!NativeLibrary.TryGetExport(library, "duckdb_library_version", out var export))
            throw Unusable($"{path} is a shared library, but not DuckDB.");
        var found = NativeText.Borrowed(((delegate* unmanaged[Cdecl]<nint>)export)());
        if (found != ExpectedVersion)
            throw Unusable($"{path} is DuckDB {found}; LocalOpinions needs {ExpectedVersion}.");
        return library;
    }

    static string FindFile()
    {
        try
        {
            return NativeLibraries.Find(NativeLibraries.Current.DuckDb);
        }
        catch (Exception e) when (e is DllNotFoundException or PlatformNotSupportedException)
        {
            throw new StoreException(StoreError.NativeLibrary, e.Message, e);
        }
    }

    static StoreException Unusable(string what, Exception? cause = null) => new(
        StoreError.NativeLibrary,
        $"{what} Delete native/node_modules and build again to restore DuckDB {ExpectedVersion}, or point {NativeLibraries.FolderVariable} to a folder that holds it.",
        cause);
}
