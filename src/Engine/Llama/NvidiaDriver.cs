using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Llama;

/// <summary>
/// The version of NVIDIA's driver, which compiles what a library has no code for, and so is part of what numbers depend on.
/// </summary>
/// <remarks>NVML, the library behind nvidia-smi: https://docs.nvidia.com/deploy/nvml-api/group__nvmlSystemQueries.html.</remarks>
static unsafe class NvidiaDriver
{
    const int TextBytes = 96;

    /// <summary>As "NVIDIA driver 580.159.04 (CUDA 13.0)"; null where there is none, or where it does not say.</summary>
    public static string? Describe()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out var nvml))
            return null;
        try
        {
            return Initialise(nvml) ? Describe(nvml) : null;
        }
        finally
        {
            NativeLibrary.Free(nvml);
        }
    }

    static bool Initialise(nint nvml) =>
        NativeLibrary.TryGetExport(nvml, "nvmlInit_v2", out var call) && ((delegate* unmanaged<int>)call)() == 0;

    static string? Describe(nint nvml)
    {
        var text = stackalloc byte[TextBytes];
        text[0] = 0;
        if (!NativeLibrary.TryGetExport(nvml, "nvmlSystemGetDriverVersion", out var driver)
            || ((delegate* unmanaged<byte*, uint, int>)driver)(text, TextBytes) != 0)
            return null;
        var cuda = 0;
        var known = NativeLibrary.TryGetExport(nvml, "nvmlSystemGetCudaDriverVersion_v2", out var version)
            && ((delegate* unmanaged<int*, int>)version)(&cuda) == 0;
        return Text(Marshal.PtrToStringUTF8((nint)text) ?? "", known ? cuda : null);
    }

    /// <param name="driver">The driver's version.</param>
    /// <param name="cuda">CUDA's as NVML has it: 1000 x major + 10 x minor; null where it is not known.</param>
    public static string Text(string driver, int? cuda) =>
        $"NVIDIA driver {driver}{(cuda is { } number ? $" (CUDA {number / 1000}.{number % 1000 / 10})" : "")}";
}
