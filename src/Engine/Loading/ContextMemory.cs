namespace LocalOpinions.Engine.Loading;

/// <summary>
/// Memory of a context, told before llama.cpp asks for it: a system that hands out more than it has kills the process later, without a
/// word.
/// </summary>
static class ContextMemory
{
    /// <summary>Bytes of the key-value cache.</summary>
    /// <param name="header">The model.</param>
    /// <param name="cells">Tokens that the cache holds.</param>
    /// <param name="precise">Whether the cache is F32; F16 otherwise.</param>
    public static long Cache(ModelHeader header, long cells, bool precise) =>
        cells * header.CacheValuesPerToken * (precise ? sizeof(float) : sizeof(short));

    /// <summary>Bytes of the logits: llama.cpp keeps the rows where they are computed and where they are read.</summary>
    /// <param name="header">The model.</param>
    /// <param name="rows">Rows of logits of one decode.</param>
    public static long Logits(ModelHeader header, long rows) => 2 * rows * header.VocabularySize * sizeof(float);

    /// <exception cref="EngineException">More is needed than is free.</exception>
    public static void Require(long needed, Device device, string model)
    {
        if (needed > device.FreeBytes)
            throw new EngineException(EngineError.Device, $"{model}: the cache and the logits need {needed / 1e9:N2} GB, and "
                + $"{device.FreeBytes / 1e9:N2} of {device.TotalBytes / 1e9:N2} GB are free on {device.Name} ({device.Description}). "
                + $"Close other programs, take a smaller model{(device.IsGpu ? ", or put fewer layers onto it" : "")}.")
            {
                Remedy = device.IsGpu ? EngineRemedy.FewerGpuLayers : EngineRemedy.None,
            };
    }
}
