namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>
    /// How far two distributions put the options in the same order: (1 + τ-b) / 2, 1 (same) to 0 (reversed), and ½ where one of them puts
    /// them in no order because all of its shares are equal.
    /// </summary>
    /// <remarks>
    /// The rank component of the SynthBench parity score; τ-b as in
    /// <see cref="KendallTau(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>.
    /// </remarks>
    /// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    public static void RankOrder(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results) =>
        OneToMany(default(RankOrderMeasure), p, q, results);

    /// <inheritdoc cref="RankOrder(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void RankOrder(DistributionBlock p, DistributionBlock q, Span<double> results) =>
        Matched(default(RankOrderMeasure), p, q, results);

    readonly struct RankOrderMeasure : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            default(KendallTauMeasure).Of(p, q, results);
            foreach (ref var value in results)
                value = double.IsNaN(value) ? 0.5 : (1 + value) / 2;
        }
    }
}
