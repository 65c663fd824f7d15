using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>The Hellinger distance, √(½ Σ (√p − √q)²): 0 (identical) to 1 (disjoint).</summary>
    /// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    public static void Hellinger(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results) =>
        OneToMany(default(HellingerMeasure), p, q, results);

    /// <inheritdoc cref="Hellinger(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void Hellinger(DistributionBlock p, DistributionBlock q, Span<double> results) =>
        Matched(default(HellingerMeasure), p, q, results);

    readonly struct HellingerMeasure : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> left = stackalloc double[p.Length];
            Span<double> right = stackalloc double[p.Length];
            results.Clear();
            for (var k = 0; k < p.Options; k++)
            {
                TensorPrimitives.Sqrt<double>(p[k], left);
                TensorPrimitives.Sqrt<double>(q[k], right);
                TensorPrimitives.Subtract<double>(left, right, left);
                TensorPrimitives.MultiplyAdd<double>(left, left, results, results);
            }
            TensorPrimitives.Multiply(results, 0.5, results);
            TensorPrimitives.Sqrt<double>(results, results);
        }
    }
}
