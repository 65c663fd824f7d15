using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>
    /// Whether two distributions have the same top option: 1 or 0, and with ties at the top the probability of it when each picks one of
    /// its top options at random.
    /// </summary>
    /// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    public static void TopAgreement(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results) =>
        OneToMany(default(TopAgreementMeasure), p, q, results);

    /// <inheritdoc cref="TopAgreement(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void TopAgreement(DistributionBlock p, DistributionBlock q, Span<double> results) =>
        Matched(default(TopAgreementMeasure), p, q, results);

    readonly struct TopAgreementMeasure : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> topLeft = stackalloc double[p.Length];
            Span<double> topRight = stackalloc double[p.Length];
            Span<double> left = stackalloc double[p.Length];
            Span<double> right = stackalloc double[p.Length];
            Span<double> countLeft = stackalloc double[p.Length];
            Span<double> countRight = stackalloc double[p.Length];
            Top(p, topLeft);
            Top(q, topRight);
            countLeft.Clear();
            countRight.Clear();
            results.Clear();
            for (var k = 0; k < p.Options; k++)
            {
                IsTop(p[k], topLeft, left);
                IsTop(q[k], topRight, right);
                TensorPrimitives.Add<double>(countLeft, left, countLeft);
                TensorPrimitives.Add<double>(countRight, right, countRight);
                TensorPrimitives.MultiplyAdd<double>(left, right, results, results);
            }
            TensorPrimitives.Divide<double>(results, countLeft, results);
            TensorPrimitives.Divide<double>(results, countRight, results);
        }

        static void Top(BlockSlice chunk, Span<double> top)
        {
            top.Clear();
            for (var k = 0; k < chunk.Options; k++)
                TensorPrimitives.Max<double>(top, chunk[k], top);
        }

        // 1 where the share is the top one, else 0: a smaller one is 1.4e-45 smaller at least.
        static void IsTop(ReadOnlySpan<double> shares, ReadOnlySpan<double> top, Span<double> isTop)
        {
            TensorPrimitives.Subtract(shares, top, isTop);
            TensorPrimitives.Multiply(isTop, 1e300, isTop);
            TensorPrimitives.Add(isTop, 1.0, isTop);
            TensorPrimitives.Max(isTop, 0.0, isTop);
        }
    }
}
