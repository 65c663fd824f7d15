using System.Runtime.Intrinsics.X86;
using LocalOpinions.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>The files of one build of llama.cpp, with their full paths.</summary>
/// <param name="Llama">libllama.</param>
/// <param name="Ggml">libggml, the registry of backends.</param>
/// <param name="GgmlBase">libggml-base.</param>
/// <param name="Linked">Backends that libggml is linked against; none where ggml looks for them itself.</param>
sealed record LlamaFiles(string Llama, string Ggml, string GgmlBase, IReadOnlyList<string> Linked)
{
    /// <summary>The release that the tuned builds of node-llama-cpp carry in their file names.</summary>
    public const string Release = "b10361";

    /// <summary>Where they lie, and where ggml looks for backends.</summary>
    public string Folder => Path.GetDirectoryName(Llama)!;

    /// <summary>The folder that should hold a build: "cpu", "cuda" or "vulkan", or the one of the user's own.</summary>
    public static string FolderOf(string variant) =>
        NativeFolder.Own ?? Path.Combine(AppContext.BaseDirectory, "runtimes", NativeFolder.PortableRid, "native", variant);

    /// <summary>The file of a GPU's backend.</summary>
    public static string GpuBackend(string variant) => Path.Combine(FolderOf(variant), FileName($"ggml-{variant}", backend: true));

    /// <summary>Whether a build is there.</summary>
    public static bool Exist(string variant) => Candidates(variant).Any(f => File.Exists(f.Llama));

    /// <summary>The build of a variant.</summary>
    /// <exception cref="DllNotFoundException">It is not there; the message says where it was looked for and the remedy.</exception>
    public static LlamaFiles Find(string variant)
    {
        var candidates = Candidates(variant).ToList();
        return candidates.FirstOrDefault(f => File.Exists(f.Llama)) ?? throw new DllNotFoundException(
            $"{string.Join(" or ", candidates.Select(f => Path.GetFileName(f.Llama)).Distinct())} was not found in {FolderOf(variant)}. "
            + Remedy(variant));
    }

    /// <summary>The full path of a file that is there.</summary>
    /// <exception cref="DllNotFoundException">It is not there; the message says where it was looked for and the remedy.</exception>
    public static string Require(string path, string variant) =>
        File.Exists(path) ? path : throw new DllNotFoundException(
            $"{Path.GetFileName(path)} was not found in {Path.GetDirectoryName(path)}. {Remedy(variant)}");

    static IEnumerable<LlamaFiles> Candidates(string variant)
    {
        var folder = FolderOf(variant);
        var infix = $"{(variant == "cpu" ? "" : "." + variant)}.{Release}";
        yield return In(folder, "llama" + infix, "ggml" + infix, []);
        // LLamaSharp's: a build for each level of the processor, and libggml linked against its backends.
        // A GPU's build lacks the CPU's.
        foreach (var level in variant == "cpu" || NativeFolder.Own is not null ? Levels() : [""])
        {
            var own = Path.Combine(folder, level);
            string[] places = [own, .. Levels().Select(l => Path.Combine(FolderOf("cpu"), l))];
            string[] backends = ["ggml-cpu", "ggml-metal", "ggml-blas", $"ggml-{variant}"];
            yield return In(own, "llama", "ggml",
                [.. backends.Distinct().Select(b => places.Select(p => Path.Combine(p, FileName(b))).FirstOrDefault(File.Exists))
                    .OfType<string>()]);
        }
    }

    static LlamaFiles In(string folder, string llama, string ggml, IReadOnlyList<string> linked) =>
        new(Path.Combine(folder, FileName(llama)), Path.Combine(folder, FileName(ggml)), Path.Combine(folder, FileName("ggml-base")),
            linked);

    // The folders of LLamaSharp's packages, best first, by the rules of its own choice.
    static IEnumerable<string> Levels()
    {
        if (OperatingSystem.IsMacOS())
            return X86Base.IsSupported && !Avx.IsSupported ? ["rosetta2"] : [""];
        if (!X86Base.IsSupported)
            return [""];
        var vnni = (X86Base.CpuId(7, 0).Ecx & 0x800) != 0;
        return new[]
        {
            (Name: "avx512", Has: vnni && Avx512Vbmi.IsSupported && Avx512BW.IsSupported),
            (Name: "avx2", Has: Avx2.IsSupported),
            (Name: "avx", Has: Avx.IsSupported),
            (Name: "noavx", Has: true),
            (Name: "", Has: true),
        }.Where(l => l.Has).Select(l => l.Name);
    }

    // ggml names its loadable backends .so on macOS too.
    static string FileName(string name, bool backend = false) =>
        OperatingSystem.IsWindows() ? name + ".dll" : $"lib{name}.{(OperatingSystem.IsMacOS() && !backend ? "dylib" : "so")}";

    static string Remedy(string variant) =>
        NativeFolder.Own is not null
            ? $"{NativeFolder.Variable} points to that folder: put the library there, or unset the variable to use the restored ones."
        : variant is "cuda" or "vulkan" ? $"This build has no {variant} libraries: build again with -p:Gpu={variant}."
        : $"Build again (dotnet build restores it), or point {NativeFolder.Variable} to a folder that holds it.";
}
