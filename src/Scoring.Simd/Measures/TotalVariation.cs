using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>Total variation, ½ Σ |p − q|: 0 (identical) to 1 (disjoint).</summary>
    /// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    public static void TotalVariation(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results) =>
        OneToMany(default(TotalVariationMeasure), p, q, results);

    /// <inheritdoc cref="TotalVariation(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void TotalVariation(DistributionBlock p, DistributionBlock q, Span<double> results) =>
        Matched(default(TotalVariationMeasure), p, q, results);

    readonly struct TotalVariationMeasure : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> difference = stackalloc double[p.Length];
            results.Clear();
            for (var k = 0; k < p.Options; k++)
            {
                TensorPrimitives.Subtract<double>(p[k], q[k], difference);
                TensorPrimitives.Abs<double>(difference, difference);
                TensorPrimitives.Add<double>(results, difference, results);
            }
            TensorPrimitives.Multiply(results, 0.5, results);
        }
    }
}
