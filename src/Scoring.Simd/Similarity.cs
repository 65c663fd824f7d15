namespace LocalOpinions.Scoring.Simd;

/// <summary>
/// The three similarities that the literature derives from a Jensen-Shannon divergence. Each is 1 for identical distributions; they differ
/// elsewhere, so every number is named after its convention.
/// </summary>
/// <remarks>
/// "1 − Jensen-Shannon distance" is the metric of Durmus et al., "Towards Measuring the Representation of Subjective Global Opinions in
/// Language Models" (arXiv 2306.16388), which does not state the logarithm's base; the distance is the root of the divergence (Endres and
/// Schindelin, IEEE Trans. Inf. Theory 49(7), 2003). NaN gives NaN.
/// </remarks>
public static class Similarity
{
    const double Ln2 = 0.693147180559945309417;

    /// <summary>1 − √JSD with the divergence in bits: 0 (disjoint) to 1. The one shown by default.</summary>
    /// <param name="jsBits">A divergence in bits, 0 to 1.</param>
    public static double Bits(double jsBits) => 1 - Math.Sqrt(jsBits);

    /// <summary>1 − √JSD with the divergence in nats: 0.1674 (disjoint) to 1. Published numbers mostly compare with it.</summary>
    /// <param name="jsBits">A divergence in bits, 0 to 1.</param>
    public static double Nats(double jsBits) => 1 - Math.Sqrt(jsBits * Ln2);

    /// <summary>1 − JSD, without the root, in bits: 0 (disjoint) to 1.</summary>
    /// <param name="jsBits">A divergence in bits, 0 to 1.</param>
    public static double Divergence(double jsBits) => 1 - jsBits;
}
