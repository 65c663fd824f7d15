namespace LocalOpinions.Engine.Llama;

/// <summary>What native code is told through its environment, where nobody told it otherwise before this program began.</summary>
static class NativeSettings
{
    static readonly (string Name, string Value)[] s_settings =
    [
        // ggml would start gdb when it aborts.
        ("GGML_NO_BACKTRACE", "1"),
        // cuBLAS multiplies F32 matrices in TF32 for ggml, which keeps 10 bits of each factor: --exact would not be exact.
        ("NVIDIA_TF32_OVERRIDE", "0"),
    ];

    /// <summary>Sets them; before any native library is loaded.</summary>
    public static void Apply()
    {
        foreach (var (name, value) in s_settings.Where(s => Environment.GetEnvironmentVariable(s.Name) is null))
        {
            // .NET's own does not reach native code there.
            if (OperatingSystem.IsLinux())
                _ = GgmlNative.setenv(name, value, 0);
            else
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
