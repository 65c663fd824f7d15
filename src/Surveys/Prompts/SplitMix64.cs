namespace LocalOpinions.Surveys.Prompts;

/// <summary>Steele, Lea and Flood's SplitMix64: the same numbers from a seed on every machine and .NET version.</summary>
struct SplitMix64(ulong seed)
{
    ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

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
}
