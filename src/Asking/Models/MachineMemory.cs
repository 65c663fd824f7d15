namespace LocalOpinions.Asking.Models;

/// <summary>This machine's memory, or this container's share of it.</summary>
/// <param name="Free">Bytes that are free.</param>
/// <param name="Total">Bytes there are.</param>
sealed record MachineMemory(long Free, long Total)
{
    public static MachineMemory Measure()
    {
        // The figures are those of the last collection: make one.
        GC.Collect(0);
        var info = GC.GetGCMemoryInfo();
        return new(Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes), info.TotalAvailableMemoryBytes);
    }

    /// <summary>How something of that size fits, in a word.</summary>
    public string Fit(long bytes) => bytes > Free ? "too large" : bytes > 0.8 * Free ? "tight" : "fits";
}
