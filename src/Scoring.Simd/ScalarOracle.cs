namespace LocalOpinions.Scoring.Simd;

/// <summary>The textbook computation that the kernels are checked against: slow, plain, in double throughout.</summary>
public static partial class ScalarOracle
{
    /// <summary>
    /// JSD(P, Q) = ½ KL(P, M) + ½ KL(Q, M), M = ½(P + Q), in bits (Lin 1991, eq. 4.1). Both arguments are divided by their sums; nothing is
    /// rounded to float.
    /// </summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    /// <returns>0 (identical) to 1 (disjoint), up to rounding in double.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the entries are not distributions.</exception>
    public static double DivergenceBits(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var (sumP, sumQ) = Sums(p, q);
        var divergence = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            double a = p[k] / sumP, b = q[k] / sumQ, m = (a + b) / 2;
            if (a > 0)
                divergence += a * Math.Log2(a / m) / 2;
            if (b > 0)
                divergence += b * Math.Log2(b / m) / 2;
        }
        return divergence;
    }

    static (double P, double Q) Sums(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => p.Length == q.Length
        ? (Sum(p), Sum(q))
        : throw new ArgumentException($"The distributions have {p.Length} and {q.Length} options.");

    static double Sum(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight >= 0 ? weight : double.NaN;
        return sum > 0 && double.IsFinite(sum)
            ? sum
            : throw new ArgumentException("A distribution's entries must be finite, not negative, with a positive sum.");
    }
}
