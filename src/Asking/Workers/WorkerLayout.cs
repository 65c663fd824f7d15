using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Workers;

/// <summary>Decides how many workers there are and what each computes on.</summary>
static class WorkerLayout
{
    // Of a device's memory; the rest is for the cache, the logits and whatever else.
    const double MostOfDevice = 0.8;

    /// <param name="devices">What llama.cpp found.</param>
    /// <param name="device">The device that was asked for by number; null for any.</param>
    /// <param name="workers">How many were asked for; null to choose.</param>
    /// <param name="threads">Native threads per worker that were asked for; null to choose.</param>
    /// <param name="modelBytes">The size of the model.</param>
    /// <param name="processors">Logical processors.</param>
    public static IReadOnlyList<LoadRequest> Of(IReadOnlyList<Device> devices, int? device, int? workers, int? threads, long modelBytes,
        int processors)
    {
        var gpus = devices.Where(d => d.IsGpu).ToList();
        var eachHoldsIt = device is null && gpus.Count > 1 && gpus.All(g => modelBytes <= MostOfDevice * g.TotalBytes);
        var count = workers ?? (eachHoldsIt ? gpus.Count : 1);
        // Native threads spin while they wait for each other: together no more than processors.
        var each = threads ?? (count > 1 ? Math.Max(1, processors / count) : null);
        return [.. Enumerable.Range(0, count).Select(i =>
            new LoadRequest(device ?? (gpus.Count > 1 && (count > 1 || eachHoldsIt) ? i % gpus.Count : null), each))];
    }
}
