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
    /// <param name="arithmetic">Whether the cache is F16 or F32.</param>
    public static long Cache(ModelHeader header, long cells, Arithmetic arithmetic) =>
        cells * header.CacheValuesPerToken * (arithmetic == Arithmetic.Exact ? sizeof(float) : sizeof(short));

    /// <summary>Bytes of the logits: llama.cpp keeps the rows where they are computed and where they are read.</summary>
    /// <param name="header">The model.</param>
    /// <param name="rows">Rows of logits of one decode.</param>
    public static long Logits(ModelHeader header, long rows) => 2 * rows * header.VocabularySize * sizeof(float);

    /// <summary>Refuses a context that has no room.</summary>
    /// <param name="needed">Bytes of its cache and logits.</param>
    /// <param name="device">Where it would be.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="fitting">The most tokens per decode for which there would be room; null where that is not known or none would
    /// do.</param>
    /// <exception cref="EngineException">More is needed than is free.</exception>
    public static void Require(long needed, Device device, string model, Func<int?>? fitting = null)
    {
        if (needed <= device.FreeBytes)
            return;
        var tokens = fitting?.Invoke();
        throw new EngineException(EngineError.Device, $"{model}: the cache and the logits need {needed / 1e9:N2} GB, and "
            + $"{Free(device)}. "
            + (tokens is null ? "" : $"With decodes of {tokens} tokens they would fit. ")
            + $"Close other programs, take a smaller model{(device.IsGpu ? ", or put fewer layers onto it" : "")}.")
        {
            Remedy = tokens is not null ? EngineRemedy.SmallerDecodes : device.IsGpu ? EngineRemedy.FewerGpuLayers : EngineRemedy.None,
        };
    }

    /// <summary>Refuses weights that have no room on GPUs, before any is read.</summary>
    /// <param name="file">The model's file.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="layers">Its layers; 0 where that is not known.</param>
    /// <param name="wanted">How many of them, and of the output behind them, are to go onto the GPUs; null for all.</param>
    /// <param name="gpus">The GPUs, at least one.</param>
    /// <exception cref="EngineException">More is needed than is free.</exception>
    public static void RequireWeights(string file, long bytes, int layers, int? wanted, IReadOnlyList<Device> gpus)
    {
        // llama.cpp counts the output matrix as one more layer.
        var all = layers + 1;
        var free = gpus.Sum(g => g.FreeBytes);
        var needed = wanted is { } some && layers > 0 ? (long)(bytes * (Math.Min(some, all) / (double)all)) : bytes;
        if (needed <= free)
            return;
        var fit = (int)(free / (double)bytes * all);
        throw new EngineException(EngineError.Device, $"{file} needs {needed / 1e9:N2} GB for its weights, and "
            + string.Join(", ", gpus.Select(Free))
            + (layers > 0 ? $". About {fit} of its {all} layers would fit there" : "")
            + ". Close other programs, take a smaller model or format, or put fewer layers onto it.")
        {
            Remedy = EngineRemedy.FewerGpuLayers,
        };
    }

    // Where other programs have all of a card's memory, its driver cannot even start, and gives zeros.
    static string Free(Device device) => device.TotalBytes == 0
        ? $"{device.Name} ({device.Description}) tells of no memory, as when other programs have all of it"
        : $"{device.FreeBytes / 1e9:N2} of {device.TotalBytes / 1e9:N2} GB are free on {device.Name} ({device.Description})";
}
