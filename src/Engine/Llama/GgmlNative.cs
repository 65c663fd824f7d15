using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Llama;

enum BackendDeviceType { Cpu = 0, Gpu = 1, IntegratedGpu = 2, Accelerator = 3, Meta = 4 }

/// <summary>ggml-backend.h.</summary>
/// <remarks>
/// The registry is in libggml, everything else in libggml-base; LLamaSharp's own imports of these look in libggml alone.
/// </remarks>
static unsafe partial class GgmlNative
{
    internal const string Library = "ggml";
    internal const string BaseLibrary = "ggml-base";

    // LLamaSharp loads a file of its own choice.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ggml_backend_load_all_from_path(string folder);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ggml_backend_load(string path);

    // LLamaSharp has these, for a library of another name.
    [LibraryImport(Library)] internal static partial nuint ggml_backend_dev_count();
    [LibraryImport(Library)] internal static partial nint ggml_backend_dev_get(nuint index);

    // LLamaSharp does not ask which ggml it has.
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_version();
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_commit();
    // LLamaSharp has the name only, and in libggml.
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_backend_dev_name(nint device);
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_backend_dev_description(nint device);
    [LibraryImport(BaseLibrary)] internal static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);
    [LibraryImport(BaseLibrary)] internal static partial BackendDeviceType ggml_backend_dev_type(nint device);

    // .NET's own does not reach native code.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int setenv(string name, string value, int overwrite);
}
