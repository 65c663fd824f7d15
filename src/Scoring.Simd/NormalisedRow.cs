using System.Runtime.Intrinsics;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd;

/// <summary>One distribution on its way into a block: validated, normalised, rounded to float.</summary>
static class NormalisedRow
{
    /// <summary>
    /// Below every positive s = p + q that a block can hold (the smallest float is 1.4e-45): it replaces 0 as the logarithm's argument, so
    /// that 0 log 0 is 0, and changes nothing else.
    /// </summary>
    public const double LogFloor = 1e-300;

    /// <summary>Divides the weights by their sum, in double, and rounds each share to the nearest float.</summary>
    public static void Normalise(ReadOnlySpan<double> weights, Span<float> shares)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentException($"A distribution's entries must be finite and not negative; one is {weight}.");
            sum += weight;
        }
        if (!double.IsFinite(sum) || sum == 0)
            throw new ArgumentException($"A distribution's entries must have a positive, finite sum; it is {sum}.");
        for (var k = 0; k < weights.Length; k++)
            shares[k] = (float)(weights[k] / sum);
    }

    /// <summary>
    /// Σ p·log2(2p), which is the row's sum less its entropy in bits: half of what the cross term Σ s·log2(s) of a pair is where both of
    /// its rows are this one.
    /// </summary>
    /// <remarks>
    /// The doubled argument goes through the logarithm and the summation order of <see cref="ExactPass"/>, and doubling is exact; so two
    /// identical rows cancel to exactly 0 there.
    /// </remarks>
    public static double SelfTerm(ReadOnlySpan<float> shares)
    {
        Span<double> lanes = stackalloc double[ExactPass.Lanes];
        var term = 0.0;
        for (var first = 0; first < shares.Length; first += lanes.Length)
        {
            var some = shares[first..Math.Min(shares.Length, first + lanes.Length)];
            lanes.Clear();
            for (var i = 0; i < some.Length; i++)
                lanes[i] = 2.0 * some[i];
            ExactPass.TimesLog2(Vector512.Create<double>(lanes)).CopyTo(lanes);
            for (var i = 0; i < some.Length; i++)
                term += lanes[i];
        }
        return term / 2;
    }
}
