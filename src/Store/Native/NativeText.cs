using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

/// <summary>C strings from DuckDB: borrowed ones stay its own, owned ones are freed here.</summary>
static class NativeText
{
    public static string Borrowed(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    public static string? Owned(nint text)
    {
        if (text == 0)
            return null;
        var copy = Marshal.PtrToStringUTF8(text);
        DuckDb.Free(text);
        return copy;
    }
}
