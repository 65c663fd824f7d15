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
        Assert.Contains("cannot be loaded as a shared library", VersionWith(path => System.IO.File.WriteAllText(path, "not a library")), StringComparison.Ordinal);

    [Fact]
    public void Another_library_is_refused()
    {
        var other = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so").FirstOrDefault();
        Assert.SkipWhen(other is null, "The runtime's own library has another name on this platform.");
        Assert.Contains("is a shared library, but not DuckDB", VersionWith(path => System.IO.File.Copy(other, path)), StringComparison.Ordinal);
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
