using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalOpinions.Native;

namespace LocalOpinions.Engine.Native;

/// <summary>Loads the llama.cpp libraries and binds every P/Invoke of this assembly to them.</summary>
static class LlamaLibrary
{
    static nint s_llama, s_ggml, s_ggmlBase;

    /// <summary>Loads the build that lies in one variant's folder ("cpu", "cuda", "vulkan").</summary>
    /// <exception cref="EngineException">A file is missing or is no library for this platform; the message says which and the remedy.</exception>
    public static void Load(string variant)
    {
        try
        {
            var names = NativeLibraries.Current;
            var gpu = variant is not "cpu";
            // Each library finds the next in its own folder, so libggml-base comes first only to give its error by name.
            s_ggmlBase = LoadFile(names.GgmlBase, variant);
            s_ggml = LoadFile(gpu ? string.Format(names.GpuGgml, variant) : names.Ggml, variant);
            s_llama = LoadFile(gpu ? string.Format(names.GpuLlama, variant) : names.Llama, variant);
        }
        catch (Exception e) when (e is DllNotFoundException or PlatformNotSupportedException or BadImageFormatException)
        {
            throw new EngineException(EngineError.NativeLibrary, e.Message, e);
        }
    }

    /// <summary>The address of a function of libllama.</summary>
    public static nint Export(string function) => NativeLibrary.GetExport(s_llama, function);

    /// <summary>Finds every function that this assembly calls, so that none is missed in the middle of a run.</summary>
    /// <exception cref="EngineException">One is not exported: the libraries are of another version.</exception>
    public static void RequireExports()
    {
        foreach (var function in Functions(typeof(LlamaNative)).Concat(Functions(typeof(GgmlNative))))
        {
            if (!new[] { s_llama, s_ggml, s_ggmlBase }.Any(l => NativeLibrary.TryGetExport(l, function, out _)))
                throw new EngineException(EngineError.NativeLibrary, $"The llama.cpp libraries export no {function}: they are of another version than the pinned {AbiCheck.LlamaVersion}. Build again to restore the pinned ones.");
        }
    }

    static IEnumerable<string> Functions(Type bindings) => bindings.GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Select(m => m.Name).Where(n => n.StartsWith("llama_", StringComparison.Ordinal) || n.StartsWith("ggml_", StringComparison.Ordinal));

    static nint LoadFile(string file, string variant)
    {
        var path = NativeLibraries.Find(file, variant);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException($"{path} is there but could not be loaded: {FirstLine(e.Message)}. It needs Linux x64 with glibc 2.34 or newer; if the file is damaged, delete native/node_modules and build again.", e);
        }
    }

    /// <summary>The dynamic loader's own reason why a library cannot be loaded; empty where it can.</summary>
    public static string WhyNotLoaded(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return "";
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return FirstLine(e.Message);
        }
    }

    // The runtime lists every path it probed; the first line is the reason.
    static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', ' ');

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
