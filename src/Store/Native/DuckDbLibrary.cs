using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using LocalOpinions.Native;

namespace LocalOpinions.Store.Native;

/// <summary>Finds DuckDB's library for DuckDB.NET and for us, loads it on first use and proves that it is the one that both need.</summary>
static class DuckDbLibrary
{
    /// <summary>Structures and ownership rules are those of this version's header.</summary>
    public const string ExpectedVersion = "v1.5.6";

    // Failures are not remembered: the next call tries again.
    static readonly Lazy<nint> Loaded = new(Load, LazyThreadSafetyMode.PublicationOnly);

    static DuckDbLibrary()
    {
        foreach (var assembly in new[] { typeof(NativeMethods).Assembly, typeof(DuckDbLibrary).Assembly })
            NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == Unbound.Library ? Loaded.Value : 0);
    }

    /// <summary>Must come before anything else of DuckDB.NET; returns the version.</summary>
    /// <exception cref="StoreException">The library cannot be used; the message says why and what to do.</exception>
    public static string Require()
    {
        _ = Loaded.Value;
        return ExpectedVersion;
    }

    /// <summary>The library's full path.</summary>
    /// <exception cref="StoreException">It is not there; the message says where it was looked for and the remedy.</exception>
    public static string FindFile()
    {
        var (rid, file) = Names();
        if (NativeFolder.Own is { } own)
            return Find(
                file, $"{NativeFolder.Variable} points to that folder: put the library there, or unset the variable to use the restored "
                + $"ones.", own);

        // A build for any platform keeps the package's folders, one for a given platform puts the file beside the program.
        return Find(
            file, $"Build again (dotnet build restores it), or point {NativeFolder.Variable} to a folder that holds it.",
            Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native"), AppContext.BaseDirectory);
    }

    static string Find(string file, string remedy, params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            if (File.Exists(Path.Combine(folder, file)))
                return Path.Combine(folder, file);
        }

        throw new StoreException(StoreError.NativeLibrary, $"{file} was not found in {folders[0]}. {remedy}");
    }

    // As DuckDB.NET's package names them. Linux x64 is tested, the others were never run.
    static (string Rid, string File) Names() => NativeFolder.PortableRid switch
    {
        "linux-x64" or "linux-arm64" => (NativeFolder.PortableRid, "libduckdb.so"),
        "osx-x64" or "osx-arm64" => ("osx", "libduckdb.dylib"),
        "win-x64" or "win-arm64" => (NativeFolder.PortableRid, "duckdb.dll"),
        var other => throw new StoreException(
            StoreError.NativeLibrary, $"There is no DuckDB {ExpectedVersion} for {other}. LocalOpinions is built and tested on linux-x64."),
    };

    static unsafe nint Load()
    {
        var path = FindFile();
        if (!ElfFile.IsWhole(path))
            throw Unusable($"{path} cannot be loaded as a shared library (its end is missing).");
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
        var found = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)export)());
        if (Problem(found, name => NativeLibrary.TryGetExport(library, name, out _)) is { } problem)
            throw Unusable($"{path} {problem}");
        return library;
    }

    /// <summary>Why a DuckDB is not the one that is needed; null where it is.</summary>
    internal static string? Problem(string? version, Predicate<string> exports) => version != ExpectedVersion
        ? $"is DuckDB {version}; LocalOpinions needs {ExpectedVersion}."
        : Array.Find(Unbound.Functions, name => !exports(name)) is { } missing
            ? $"is DuckDB {version} without its function {missing}."
            : null;

    static StoreException Unusable(string what, Exception? cause = null) => new(
        StoreError.NativeLibrary,
        $"{what} Delete that file and build again to restore DuckDB {ExpectedVersion}, "
            + $"or point {NativeFolder.Variable} to a folder that holds it.",
        cause);
}
