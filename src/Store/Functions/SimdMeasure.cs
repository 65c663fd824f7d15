using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Store.Functions;

/// <summary>A measure that SQL can call: on blocks by the kernels, and for what no block holds on a single pair.</summary>
/// <param name="Name">The macro's name with simd_ before it.</param>
/// <param name="Parameters">1 or 2 lists.</param>
/// <param name="Blocks">The measure of all pairs in the same places of two blocks.</param>
/// <param name="Pair">The measure of one pair of distributions that sum to 1; NaN stands for NULL.</param>
sealed record SimdMeasure(string Name, int Parameters, SimdMeasure.OfBlocks Blocks, SimdMeasure.OfPair Pair)
{
    public delegate void OfBlocks(DistributionBlock p, DistributionBlock q, Span<double> results);

    public delegate double OfPair(ReadOnlySpan<double> p, ReadOnlySpan<double> q);

    public static IReadOnlyList<SimdMeasure> All { get; } =
    [
        new("simd_js_divergence", 2, JensenShannon.Matched, Divergence),
        new("simd_similarity_bits", 2, (p, q, results) => Map(p, q, results, Similarity.Bits), (p, q) => Similarity.Bits(Divergence(p, q))),
        new("simd_similarity_nats", 2, (p, q, results) => Map(p, q, results, Similarity.Nats), (p, q) => Similarity.Nats(Divergence(p, q))),
        new("simd_total_variation", 2, BlockMeasures.TotalVariation, ScalarOracle.TotalVariation),
        new("simd_wasserstein_ordinal", 2, BlockMeasures.Wasserstein, ScalarOracle.Wasserstein),
        new("simd_entropy_norm", 1, (p, _, results) => BlockMeasures.NormalisedEntropy(p, results), (p, _) => p.Length > 1
            ? ScalarOracle.NormalisedEntropy(p) : double.NaN),
    ];

    static double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Math.Clamp(ScalarOracle.DivergenceBits(p, q), 0, 1);

    static void Map(DistributionBlock p, DistributionBlock q, Span<double> results, Func<double, double> similarity)
    {
        JensenShannon.Matched(p, q, results);
        for (var i = 0; i < p.Count; i++)
            results[i] = similarity(results[i]);
    }
}
