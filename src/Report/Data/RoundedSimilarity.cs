namespace LocalOpinions.Report.Data;

/// <summary>
/// The similarity in bits of two distributions in thousandths, itself in thousandths. <c>web/src/data/similarity.ts</c> computes the same,
/// so that a page need not hold what it can compute.
/// </summary>
static class RoundedSimilarity
{
    /// <param name="p">Thousandths, which need not sum to 1,000.</param>
    /// <param name="q">As many.</param>
    /// <returns>0 to 1,000; 0 where either holds nothing.</returns>
    public static int Of(ReadOnlySpan<ushort> p, ReadOnlySpan<ushort> q)
    {
        double sumP = 0, sumQ = 0;
        for (var i = 0; i < p.Length; i++)
        {
            sumP += p[i];
            sumQ += q[i];
        }
        if (sumP == 0 || sumQ == 0)
            return 0;
        var divergence = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            double a = p[i] / sumP, b = q[i] / sumQ, m = (a + b) / 2;
            if (a > 0)
                divergence += a * Math.Log2(a / m) / 2;
            if (b > 0)
                divergence += b * Math.Log2(b / m) / 2;
        }
        return (int)Math.Floor(1000 * (1 - Math.Sqrt(Math.Clamp(divergence, 0, 1))) + 0.5);
    }
}
