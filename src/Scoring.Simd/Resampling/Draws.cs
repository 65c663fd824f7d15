using LocalOpinions.Common;

namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Draws with replacement, from a stream of random numbers for each replicate.</summary>
static class Draws
{
    /// <summary>Draws as many families as there are and adds 1 to counts[family * stride] for each.</summary>
    public static void Count(ulong seed, int replicate, int families, Span<double> counts, int stride)
    {
        var state = SplitMix64.Mix(SplitMix64.Mix(seed) + (ulong)replicate);
        var bound = (ulong)families;
        var rejected = (0 - bound) % bound; // 2^64 mod families
        for (var i = 0; i < families; i++)
        {
            // Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019: without bias.
            ulong family, low;
            do
                family = Math.BigMul(SplitMix64.Mix(state += SplitMix64.Golden), bound, out low);
            while (low < rejected);
            counts[(int)family * stride]++;
        }
    }
}
