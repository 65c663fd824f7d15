namespace LocalOpinions.Common;

/// <summary>
/// Steele, Lea and Flood's SplitMix64 ("Fast splittable pseudorandom number generators", OOPSLA 2014): the same numbers from a seed on
/// every machine and .NET version. Not for secrets.
/// </summary>
struct SplitMix64(ulong seed)
{
    /// <summary>From one state to the next.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    ulong _state = seed;

    public ulong Next() => Mix(_state = unchecked(_state + Golden));

    /// <summary>A number in [0, bound), each equally likely.</summary>
    public int Below(int bound)
    {
        // What lies below 2^64 mod bound is drawn again: the rest is a whole multiple of bound, so no remainder comes up more often.
        var range = (ulong)bound;
        var surplus = (0 - range) % range;
        ulong drawn;
        do
            drawn = Next();
        while (drawn < surplus);
        return (int)(drawn % range);
    }

    /// <summary>A number in [0, 1), of 53 bits.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>What is drawn in a state.</summary>
    public static ulong Mix(ulong state)
    {
        var z = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
