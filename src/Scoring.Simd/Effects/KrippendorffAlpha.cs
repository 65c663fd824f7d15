namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// Agreement of coders beyond chance, for codes without an order, any number of coders and missing codes (Krippendorff, "Computing
/// Krippendorff's Alpha-Reliability", 2011, section C).
/// </summary>
/// <param name="Alpha">1 for perfect agreement, 0 for that of chance, below 0 for less; NaN where there is nothing to compare or every code
/// is the same.</param>
/// <param name="Units">Units with two codes or more: only these count.</param>
/// <param name="Values">Codes in these units.</param>
public readonly record struct KrippendorffAlpha(double Alpha, int Units, int Values)
{
    /// <summary>Stands for a code that a coder did not give.</summary>
    public const int Missing = -1;

    /// <summary>
    /// α = 1 − (n − 1) · Σ_u (pairs of different codes in u) / (m_u − 1) / (pairs of different codes among all n), with nominal
    /// differences.
    /// </summary>
    /// <param name="codes">A code of 0 or more, or <see cref="Missing"/>, for each coder and unit: coders × units, coder by coder.</param>
    /// <param name="coders">The number of coders, 1 or more.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or a code is below −1.</exception>
    public static KrippendorffAlpha Nominal(ReadOnlySpan<int> codes, int coders)
    {
        if (coders < 1 || codes.Length % coders != 0)
            throw new ArgumentException($"{codes.Length} codes are not those of {coders} coders.");
        var units = codes.Length / coders;
        Dictionary<int, long> all = [];
        Dictionary<int, long> inUnit = [];
        double observed = 0;
        int pairable = 0, values = 0;
        for (var unit = 0; unit < units; unit++)
        {
            inUnit.Clear();
            for (var coder = 0; coder < coders; coder++)
            {
                var code = codes[coder * units + unit];
                if (code < Missing)
                    throw new ArgumentException($"A code is 0 or more, or {Missing} for none; one is {code}.");
                if (code != Missing)
                    inUnit[code] = inUnit.GetValueOrDefault(code) + 1;
            }
            var count = inUnit.Values.Sum();
            if (count < 2)
                continue;
            pairable++;
            values += (int)count;
            observed += Different(inUnit, count) / (count - 1.0);
            foreach (var (code, times) in inUnit)
                all[code] = all.GetValueOrDefault(code) + times;
        }
        return new(1 - (values - 1) * observed / Different(all, values), pairable, values);
    }

    // Ordered pairs of values that differ.
    static double Different(Dictionary<int, long> counts, long total)
    {
        var same = 0.0;
        foreach (var count in counts.Values)
            same += (double)count * count;
        return (double)total * total - same;
    }
}
