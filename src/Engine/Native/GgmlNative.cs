using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Native;

/// <summary>ggml-backend.h and gguf.h. The registry is in libggml, everything else in libggml-base.</summary>
static unsafe partial class GgmlNative
{
    internal const string Library = "ggml";
    internal const string BaseLibrary = "ggml-base";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void ggml_backend_load_all_from_path(string folder);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint ggml_backend_load(string path);
    [LibraryImport(Library)] internal static partial nuint ggml_backend_dev_count();
    [LibraryImport(Library)] internal static partial nint ggml_backend_dev_get(nuint index);

    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_version();
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_commit();
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_backend_dev_name(nint device);
    [LibraryImport(BaseLibrary)] internal static partial byte* ggml_backend_dev_description(nint device);
    [LibraryImport(BaseLibrary)] internal static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);
    [LibraryImport(BaseLibrary)] internal static partial BackendDeviceType ggml_backend_dev_type(nint device);

    [LibraryImport(BaseLibrary, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint gguf_init_from_file(string path, GgufInitParams parameters);
    [LibraryImport(BaseLibrary)] internal static partial void gguf_free(nint gguf);
    [LibraryImport(BaseLibrary, StringMarshalling = StringMarshalling.Utf8)] internal static partial long gguf_find_key(nint gguf, string key);
    [LibraryImport(BaseLibrary)] internal static partial GgufType gguf_get_kv_type(nint gguf, long key);
    [LibraryImport(BaseLibrary)] internal static partial uint gguf_get_val_u32(nint gguf, long key);
    [LibraryImport(BaseLibrary)] internal static partial byte gguf_get_val_bool(nint gguf, long key);
    [LibraryImport(BaseLibrary)] internal static partial byte* gguf_get_val_str(nint gguf, long key);
    [LibraryImport(BaseLibrary)] internal static partial nuint gguf_get_data_offset(nint gguf);
    [LibraryImport(BaseLibrary)] internal static partial long gguf_get_n_tensors(nint gguf);
    [LibraryImport(BaseLibrary)] internal static partial nuint gguf_get_tensor_offset(nint gguf, long tensor);
    [LibraryImport(BaseLibrary)] internal static partial nuint gguf_get_tensor_size(nint gguf, long tensor);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] internal static partial int setenv(string name, string value, int overwrite);
}

enum GgufType { UInt32 = 4, Bool = 7, String = 8 }
