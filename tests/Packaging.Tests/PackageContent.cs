using System.IO.Compression;

namespace LocalOpinions.Packaging.Tests;

/// <summary>What must be in a platform's package, and what must not.</summary>
static class PackageContent
{
    // The tuned builds are for Linux x64 alone: a CPU backend for each generation of processors.
    static readonly string[] s_generations =
    [
        "x64", "sse42", "sandybridge", "ivybridge", "haswell", "skylakex", "cannonlake", "cascadelake", "cooperlake", "icelake",
        "alderlake", "sapphirerapids", "piledriver", "zen4",
    ];

    static readonly Dictionary<string, string[]> s_llama = new()
    {
        ["linux-x64"] = ["libggml-base.so", "libggml.b10361.so", "libllama.b10361.so", .. s_generations.Select(g => $"libggml-cpu-{g}.so")],
        ["linux-arm64"] = In([""], "lib", ".so"),
        ["osx-arm64"] = In([""], "lib", ".dylib", "ggml-blas", "ggml-metal"),
        ["osx-x64"] = In(["", "rosetta2/"], "lib", ".dylib", "ggml-blas"),
        ["win-x64"] = In(["noavx/", "avx/", "avx2/", "avx512/"], "", ".dll"),
        ["win-arm64"] = In([""], "", ".dll"),
    };

    public static IEnumerable<string> Platforms => s_llama.Keys;

    public static void Check(string package, string rid)
    {
        using var archive = ZipFile.OpenRead(package);
        var files = archive.Entries.ToDictionary(e => e.FullName, e => e);
        var root = $"tools/net10.0/{rid}/";
        var duckDb = rid[..3] switch { "win" => "duckdb.dll", "osx" => "libduckdb.dylib", _ => "libduckdb.so" };
        var expected = s_llama[rid].Select(l => $"{root}runtimes/{rid}/native/cpu/{l}").Append(root + duckDb);

        var natives = files.Values.Select(e => (e.FullName, Platforms: Native.PlatformsOf(Read(e)))).Where(n => n.Platforms.Any()).ToList();
        Assert.Equal(expected.Order(), natives.Select(n => n.FullName).Order());
        Assert.All(natives, n => Assert.Contains(rid, n.Platforms));

        // Nothing that a user of the command has no use for: symbols, documentation, models, tests, another program's host.
        var known = new[] { ".dll", ".so", ".dylib", ".md", ".json", "" };
        var ours = files.Keys.Where(f => f.StartsWith(root, StringComparison.Ordinal) && f != root + "DotnetToolSettings.xml").ToList();
        Assert.All(ours, f => Assert.Contains(Path.GetExtension(f), known));
        Assert.Equal([root + "LICENSE"], ours.Where(f => Path.GetExtension(f) == ""));
        Assert.DoesNotContain(files.Keys, f => new[] { "test", "xunit" }.Any(w => f.Contains(w, StringComparison.OrdinalIgnoreCase)));
        foreach (var file in new[] { "localopinions.dll", "localopinions.runtimeconfig.json", "NOTICE.sample-survey.md" })
            Assert.Contains(root + file, files.Keys);
        Assert.Contains("LICENSE", files.Keys);
        Assert.Contains("PACKAGE.md", files.Keys);
    }

    static string[] In(string[] folders, string prefix, string suffix, params string[] more) =>
    [
        .. from folder in folders
           from name in (string[])["ggml", "ggml-base", "ggml-cpu", "llama", .. more]
           select folder + prefix + name + suffix,
    ];

    static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
