using System.Runtime.InteropServices;

namespace LocalOpinions.Native;

/// <summary>Where the native libraries are and what they are called on each platform.</summary>
/// <remarks>Compiled into Engine and into Store: neither may know the other, and both find their libraries alike.</remarks>
static class NativeLibraries
{
    /// <summary>Names a folder of one's own that holds the libraries, flat; it is then the only place looked at.</summary>
    public const string FolderVariable = "LOCALOPINIONS_NATIVE";

    /// <summary>The files of one platform. The CUDA and Vulkan builds of llama.cpp carry the backend in their names.</summary>
    internal sealed record Files(string Rid, string Llama, string GpuLlama, string Ggml, string GpuGgml, string GgmlBase, string GpuBackend);

    // Linux x64 is built and tested. The other rows are read from the packages' naming and were never run.
    static readonly Files[] Table =
    [
        new("linux-x64", "libllama.v0.5.0.so", "libllama.{0}.v0.5.0.so", "libggml.v0.5.0.so", "libggml.{0}.v0.5.0.so", "libggml-base.so", "libggml-{0}.so"),
        new("linux-arm64", "libllama.v0.5.0.so", "libllama.{0}.v0.5.0.so", "libggml.v0.5.0.so", "libggml.{0}.v0.5.0.so", "libggml-base.so", "libggml-{0}.so"),
        new("osx-arm64", "libllama.v0.5.0.dylib", "libllama.{0}.v0.5.0.dylib", "libggml.v0.5.0.dylib", "libggml.{0}.v0.5.0.dylib", "libggml-base.dylib", "libggml-{0}.so"),
        new("osx-x64", "libllama.v0.5.0.dylib", "libllama.{0}.v0.5.0.dylib", "libggml.v0.5.0.dylib", "libggml.{0}.v0.5.0.dylib", "libggml-base.dylib", "libggml-{0}.so"),
        new("win-x64", "llama.v0.5.0.dll", "llama.{0}.v0.5.0.dll", "ggml.v0.5.0.dll", "ggml.{0}.v0.5.0.dll", "ggml-base.dll", "ggml-{0}.dll"),
        new("win-arm64", "llama.v0.5.0.dll", "llama.{0}.v0.5.0.dll", "ggml.v0.5.0.dll", "ggml.{0}.v0.5.0.dll", "ggml-base.dll", "ggml-{0}.dll"),
    ];

    /// <summary>This platform's row.</summary>
    /// <exception cref="PlatformNotSupportedException">The table has no row for this platform.</exception>
    public static Files Current => FilesOf(PortableRid());

    static Files FilesOf(string rid) => Table.FirstOrDefault(f => f.Rid == rid)
        ?? throw new PlatformNotSupportedException(
            $"LocalOpinions knows no native libraries for {rid}. It is built and tested on linux-x64; known names: {string.Join(", ", Table.Select(f => f.Rid))}.");

    /// <summary>The folder that should hold a llama.cpp build ("cpu", "cuda", "vulkan").</summary>
    public static string Folder(string? variant = null)
    {
        var own = Environment.GetEnvironmentVariable(FolderVariable);
        return !string.IsNullOrEmpty(own)
            ? Path.GetFullPath(own)
            : Path.Combine(AppContext.BaseDirectory, "runtimes", Current.Rid, "native", variant ?? "");
    }

    /// <summary>The full path of a library that is there.</summary>
    /// <exception cref="DllNotFoundException">It is not there; the message says where it was looked for and the remedy.</exception>
    public static string Find(string file, string? variant = null)
    {
        var path = Path.Combine(Folder(variant), file);
        return File.Exists(path) ? path : throw new DllNotFoundException($"{file} was not found in {Folder(variant)}. {Remedy(variant)}");
    }

    static string Remedy(string? variant)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(FolderVariable)))
            return $"{FolderVariable} points to that folder: put the library there, or unset the variable to use the restored ones.";
        return variant is "cuda" or "vulkan"
            ? $"This build has no {variant} libraries: build again with -p:Gpu={variant}."
            : "Build again (dotnet build restores it with npm), or point " + FolderVariable + " to a folder that holds it.";
    }

    /// <summary>This platform's name, as "linux-x64".</summary>
    public static string PortableRid()
    {
        var os = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unknown";
        return $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
