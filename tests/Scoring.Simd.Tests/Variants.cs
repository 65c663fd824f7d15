using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>Every kernel, whether or not this machine would choose it.</summary>
static class Variants
{
    public static TheoryData<string> Names => [.. Kernel.All.Select(kernel => kernel.Name)];

    /// <summary>Those that compute what the scalar one computes, to the last bit.</summary>
    public static TheoryData<string> Fused => ["v256", "v512"];
}
