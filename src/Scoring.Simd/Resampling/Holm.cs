namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>
/// Holm's correction for several tests (Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Stat. 6(2), 1979):
/// rejecting where the adjusted p-value is at most α keeps the probability of any false rejection at most α.
/// </summary>
public static class Holm
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="pValues">From 0 to 1; NaN stands for no test and stays NaN.</param>
    /// <param name="adjusted">Receives as many adjusted p-values, in the same order; may be the same memory.</param>
    /// <exception cref="ArgumentException">A p-value is outside 0 to 1, or the destination has another length.</exception>
    public static void Adjust(ReadOnlySpan<double> pValues, Span<double> adjusted)
    {
        if (adjusted.Length != pValues.Length)
            throw new ArgumentException($"There are {pValues.Length} p-values and room for {adjusted.Length}.");
        foreach (var p in pValues)
            if (p is < 0 or > 1)
                throw new ArgumentException($"A p-value is from 0 to 1; one is {p}.");

        var sorted = pValues.ToArray();
        var places = new int[sorted.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        Array.Sort(sorted, places); // NaN first

        var tests = 0;
        foreach (var p in sorted)
            tests += double.IsNaN(p) ? 0 : 1;
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!double.IsNaN(sorted[i]))
                largest = Math.Max(largest, Math.Min(1, tests-- * sorted[i]));
            adjusted[places[i]] = double.IsNaN(sorted[i]) ? double.NaN : largest;
        }
    }
}
