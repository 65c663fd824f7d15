using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>
    /// Kendall's τ-b between the orders in which two distributions rank the options: 1 (same) to −1 (reversed), ties corrected for. NaN
    /// where a distribution ranks nothing because all of its shares are equal.
    /// </summary>
    /// <remarks>
    /// Σ sign(pᵢ − pⱼ)·sign(qᵢ − qⱼ) / √(n(p)·n(q)) over i &lt; j, where n counts a distribution's pairs without a tie (Kendall, "The
    /// treatment of ties in ranking problems", Biometrika 33(3), 1945). Shares tie if they are the same float.
    /// </remarks>
    /// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    public static void KendallTau(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results) =>
        OneToMany(default(KendallTauMeasure), p, q, results);

    /// <inheritdoc cref="KendallTau(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void KendallTau(DistributionBlock p, DistributionBlock q, Span<double> results) =>
        Matched(default(KendallTauMeasure), p, q, results);

    readonly struct KendallTauMeasure : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> left = stackalloc double[p.Length];
            Span<double> right = stackalloc double[p.Length];
            Span<double> untiedLeft = stackalloc double[p.Length];
            Span<double> untiedRight = stackalloc double[p.Length];
            untiedLeft.Clear();
            untiedRight.Clear();
            results.Clear();
            for (var i = 0; i < p.Options - 1; i++)
                for (var j = i + 1; j < p.Options; j++)
                {
                    Signs(p[i], p[j], left);
                    Signs(q[i], q[j], right);
                    TensorPrimitives.MultiplyAdd<double>(left, right, results, results);
                    TensorPrimitives.MultiplyAdd<double>(left, left, untiedLeft, untiedLeft);
                    TensorPrimitives.MultiplyAdd<double>(right, right, untiedRight, untiedRight);
                }
            TensorPrimitives.Multiply<double>(untiedLeft, untiedRight, left);
            TensorPrimitives.Sqrt<double>(left, left);
            TensorPrimitives.Divide<double>(results, left, results);
        }

        // Two different floats differ by 1.4e-45 at least, so that the product's size is 1 at least and is cut to 1.
        static void Signs(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> signs)
        {
            TensorPrimitives.Subtract(a, b, signs);
            TensorPrimitives.Multiply(signs, 1e300, signs);
            TensorPrimitives.Min(signs, 1.0, signs);
            TensorPrimitives.Max(signs, -1.0, signs);
        }
    }
}
