using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLama.Native;
using LocalOpinions.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>Loads the llama.cpp libraries, and has LLamaSharp and the P/Invokes of this assembly use them.</summary>
static class LlamaLibrary
{
    // The run path of node-llama-cpp's libraries ends with an empty part, which is the working folder: what they need is looked for by the
    // system first.
    static readonly string[] CudaRuntime = ["libcudart.so.13", "libcublas.so.13", "libcuda.so.1"];

    static nint s_llama, s_ggml, s_ggmlBase;

    /// <summary>Loads the build that lies in one variant's folder ("cpu", "cuda", "vulkan"); nothing of it is initialised.</summary>
    /// <returns>The folder in which ggml finds its backends.</returns>
    /// <exception cref="EngineException">A file is missing or is no library for this platform; the message says which and the
    /// remedy.</exception>
    public static string Load(string variant)
    {
        try
        {
            var files = LlamaFiles.Find(variant);
            if (variant == "cuda" && OperatingSystem.IsLinux())
                Array.ForEach(CudaRuntime, name => NativeLibrary.TryLoad(name, out _));
            // Each library finds the next in its own folder, so libggml-base comes first only to give its error by name.
            s_ggmlBase = LoadFile(files.GgmlBase, variant);
            foreach (var backend in files.Linked)
                LoadFile(backend, variant);
            s_ggml = LoadFile(files.Ggml, variant);
            s_llama = LoadFile(files.Llama, variant);
            NativeLibraryConfig.LLama.WithLibrary(files.Llama);
            return files.Folder;
        }
        catch (Exception e) when (e is DllNotFoundException or PlatformNotSupportedException or BadImageFormatException)
        {
            throw new EngineException(EngineError.NativeLibrary, e.Message, e);
        }
    }

    /// <summary>Lets LLamaSharp take the loaded library and initialise llama.cpp, which it does once.</summary>
    /// <exception cref="EngineException">It cannot.</exception>
    public static void Initialise()
    {
        try
        {
            NativeApi.llama_empty_call();
        }
        catch (TypeInitializationException e)
        {
            throw new EngineException(
                EngineError.NativeLibrary, $"LLamaSharp could not take the llama.cpp library: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>The address of a function of libllama.</summary>
    public static nint Export(string function) => NativeLibrary.GetExport(s_llama, function);

    /// <summary>Finds every function that this program calls, so that none is missed in the middle of a run.</summary>
    /// <exception cref="EngineException">One is not exported: the libraries are of another version.</exception>
    public static void RequireExports()
    {
        foreach (var function in Functions(typeof(LlamaNative)).Concat(Functions(typeof(GgmlNative))).Concat(LlamaSharpPath.Functions))
        {
            if (!new[] { s_llama, s_ggml, s_ggmlBase }.Any(l => NativeLibrary.TryGetExport(l, function, out _)))
            {
                throw new EngineException(
                    EngineError.NativeLibrary,
                    $"The llama.cpp libraries export no {function}: they are of another version. {AbiCheck.Remedy}");
            }
        }
    }

    static IEnumerable<string> Functions(Type bindings) => bindings.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(m => m.Name)
        .Where(n => n.StartsWith("llama_", StringComparison.Ordinal) || n.StartsWith("ggml_", StringComparison.Ordinal));

    static nint LoadFile(string path, string variant)
    {
        LlamaFiles.Require(path, variant);
        if (!ElfFile.IsWhole(path))
            throw new DllNotFoundException($"{path} is there but could not be loaded: its end is missing. Delete it and build again.");
        return WhyNotLoaded(path, out var library) is not { Length: > 0 } why
            ? library
            : throw new DllNotFoundException(
                $"{path} is there but could not be loaded: {why}. On Linux x64 it needs glibc 2.34 or newer; "
                + "if the file is damaged, delete it and build again.");
    }

    /// <summary>The dynamic loader's own reason why a library cannot be loaded; empty where it can.</summary>
    public static string WhyNotLoaded(string path) => WhyNotLoaded(path, out _);

    static string WhyNotLoaded(string path, out nint library)
    {
        try
        {
            library = NativeLibrary.Load(path);
            return "";
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            library = 0;
            // The runtime lists every path it probed; the first line is the reason.
            return e.Message.Split('\n')[0].TrimEnd('.', ' ');
        }
    }

    // A module initializer and not a static constructor: P/Invoke stubs may be bound when a calling method is compiled,
    // before any line of ours runs.
#pragma warning disable CA2255 // libraries seldom want a module initializer; this is the case it exists for
    [ModuleInitializer]
    internal static void RegisterResolver() => NativeLibrary.SetDllImportResolver(typeof(LlamaLibrary).Assembly, (name, _, _) => name switch
    {
        LlamaNative.Library => s_llama,
        GgmlNative.Library => s_ggml,
        GgmlNative.BaseLibrary => s_ggmlBase,
        _ => 0,
    });
#pragma warning restore CA2255
}
