namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Draws with replacement, from a stream of random numbers for each replicate.</summary>
static class Draws
{
    const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Draws as many families as there are and adds 1 to counts[family * stride] for each.</summary>
    public static void Count(ulong seed, int replicate, int families, Span<double> counts, int stride)
    {
        var state = Mix(Mix(seed) + (ulong)replicate);
        var bound = (ulong)families;
        var rejected = (0 - bound) % bound; // 2^64 mod families
        for (var i = 0; i < families; i++)
        {
            // Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019: without bias.
            ulong family, low;
            do
                family = Math.BigMul(Mix(state += Golden), bound, out low);
            while (low < rejected);
            counts[(int)family * stride]++;
        }
    }

    // The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
    static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
