using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Store.Functions;

/// <summary>A measure that SQL can call: on blocks by the kernels, and for what no block holds on a single pair.</summary>
/// <param name="Name">The macro's name with simd_ before it.</param>
/// <param name="Parameters">1 or 2 lists.</param>
/// <param name="Blocks">The measure of all pairs in the same places of two blocks.</param>
/// <param name="Pair">The measure of one pair of distributions that sum to 1; NaN stands for NULL.</param>
sealed record SimdMeasure(string Name, int Parameters, MatchedMeasure Blocks, PairMeasure Pair)
{
    public static IReadOnlyList<SimdMeasure> All { get; } =
    [
        .. Measure.All.Select(Of),
        new("simd_similarity_bits", 2, (p, q, results) => Map(p, q, results, Similarity.Bits),
            (p, q) => Similarity.Bits(Measure.JensenShannon.Pair(p, q))),
        new("simd_similarity_nats", 2, (p, q, results) => Map(p, q, results, Similarity.Nats),
            (p, q) => Similarity.Nats(Measure.JensenShannon.Pair(p, q))),
        new("simd_entropy_norm", 1, (p, _, results) => BlockMeasures.NormalisedEntropy(p, results), (p, _) => p.Length > 1
            ? ScalarOracle.NormalisedEntropy(p) : double.NaN),
    ];

    // SQL is given lists without a word about their order, so the name says that there has to be one.
    static SimdMeasure Of(Measure measure) =>
        new($"simd_{measure.Name}{(measure.NeedsOrder ? "_ordinal" : "")}", 2, measure.Matched, measure.Pair);

    static void Map(DistributionBlock p, DistributionBlock q, Span<double> results, Func<double, double> similarity)
    {
        JensenShannon.Matched(p, q, results);
        for (var i = 0; i < p.Count; i++)
            results[i] = similarity(results[i]);
    }
}
