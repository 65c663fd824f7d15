namespace LocalOpinions.Engine.Loading;

/// <summary>How attention is computed. Weights are computed as llama.cpp computes their format in each.</summary>
public enum Arithmetic
{
    /// <summary>An F16 cache and flash attention, where the device has it: how runs compute.</summary>
    Usual,

    /// <summary>An F16 cache without flash attention.</summary>
    HalfCache,

    /// <summary>
    /// An F32 cache without flash attention. With <see cref="Planning.DecodePlan.OneByOne"/> an answer then depends on its own prompt
    /// alone, to the last bit.
    /// </summary>
    Exact,
}
