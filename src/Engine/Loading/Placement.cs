namespace LocalOpinions.Engine.Loading;

/// <summary>Where a model's layers go.</summary>
/// <param name="Gpu">The one GPU to use, by its number among those llama.cpp found; null to spread the model over all of them.</param>
/// <param name="GpuLayers">How many layers go onto the GPU, the last ones first; null for all. Without meaning on the CPU.</param>
public sealed record Placement(int? Gpu = null, int? GpuLayers = null);
