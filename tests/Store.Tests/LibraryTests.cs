using System.Reflection;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store.Tests;

/// <summary>Each case in a process of its own: a library stays loaded.</summary>
public sealed class LibraryTests : StoreTest
{
    [Fact]
    public void A_folder_without_the_library_is_named()
    {
        var said = VersionWith(_ => { });
        Assert.StartsWith("NativeLibrary: libduckdb.so was not found", said, StringComparison.Ordinal);
        Assert.Contains("LOCALOPINIONS_NATIVE", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused() =>
        Assert.Contains("cannot be loaded as a shared library", VersionWith(path => System.IO.File.WriteAllText(path, "not a library")),
            StringComparison.Ordinal);

    [Fact]
    public void Another_library_is_refused()
    {
        var other = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so").FirstOrDefault();
        Assert.SkipWhen(other is null, "The runtime's own library has another name on this platform.");
        Assert.Contains("is a shared library, but not DuckDB", VersionWith(path => System.IO.File.Copy(other, path)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_named()
    {
        // The same library, with one digit of its version changed.
        var said = VersionWith(path =>
        {
            var bytes = System.IO.File.ReadAllBytes(DuckDbLibrary.FindFile());
            var version = "v1.5.6\0"u8;
            for (var at = bytes.AsSpan().IndexOf(version); at >= 0;)
            {
                bytes[at + 5] = (byte)'9';
                at = bytes.AsSpan().IndexOf(version);
            }

            System.IO.File.WriteAllBytes(path, bytes);
        });
        Assert.Contains("is DuckDB v1.5.9; LocalOpinions needs v1.5.6", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_library_is_refused()
    {
        // The beginning alone, and one whose table of names is spoilt: the system refuses both.
        foreach (var damage in new Action<byte[], string>[]
        {
            (bytes, path) => System.IO.File.WriteAllBytes(path, bytes[..1_000_000]),
            (bytes, path) =>
            {
                "X"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("\0duckdb_open_ext\0"u8) + 1));
                System.IO.File.WriteAllBytes(path, bytes);
            },
        })
        {
            var said = VersionWith(path => damage(System.IO.File.ReadAllBytes(DuckDbLibrary.FindFile()), path));
            Assert.Contains("cannot be loaded as a shared library", said, StringComparison.Ordinal);
            Assert.Contains("build again to restore DuckDB v1.5.6", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_function_that_is_missing_is_named()
    {
        Assert.Null(DuckDbLibrary.Problem("v1.5.6", _ => true));
        Assert.All(Unbound.Functions, missing => Assert.Equal(
            $"is DuckDB v1.5.6 without its function {missing}.", DuckDbLibrary.Problem("v1.5.6", name => name != missing)));
    }

    [Fact]
    public void Every_function_that_we_import_is_proved_at_start_up() =>
        Assert.Equal(Imports(typeof(Unbound)).Order(StringComparer.Ordinal), Unbound.Functions.Order(StringComparer.Ordinal));

    [Fact]
    public void The_restored_library_has_every_function_that_DuckDB_NET_imports()
    {
        var library = NativeLibrary.Load(DuckDbLibrary.FindFile());
        var imports = typeof(NativeMethods).GetNestedTypes().SelectMany(Imports).ToList();
        Assert.InRange(imports.Count, 250, 1_000);
        Assert.All(imports, name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), name));
    }

    static IEnumerable<string> Imports(Type type) => type
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(m => m.GetCustomAttribute<DllImportAttribute>()?.EntryPoint!)
        .Where(name => name is not null);

    string VersionWith(Action<string> makeLibrary)
    {
        makeLibrary(File("libduckdb.so"));
        using var child = Child.Start("version", "", Path.GetDirectoryName(File()));
        var said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        return said;
    }
}
