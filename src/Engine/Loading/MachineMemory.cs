namespace LocalOpinions.Engine.Loading;

/// <summary>This machine's memory, or this container's share of it.</summary>
/// <param name="Free">Bytes that are free.</param>
/// <param name="Total">Bytes there are.</param>
public sealed record MachineMemory(long Free, long Total)
{
    /// <summary>Measures it now.</summary>
    public static MachineMemory Measure()
    {
        // The figures are those of the last collection: make one.
        GC.Collect(0);
        var info = GC.GetGCMemoryInfo();
        return new(Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes), info.TotalAvailableMemoryBytes);
    }

    /// <summary>How something of that size fits, in a word: fits, tight (beyond 80 % of what is free) or too large.</summary>
    /// <param name="bytes">Its size.</param>
    public string Fit(long bytes) => bytes > Free ? "too large" : bytes > 0.8 * Free ? "tight" : "fits";
}
