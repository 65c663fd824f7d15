using System.Numerics.Tensors;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>The entropy of each distribution over that of the uniform one, −Σ q·ln q / ln K: 0 (certain) to 1 (uniform).</summary>
    /// <param name="q">The distributions.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void NormalisedEntropy(DistributionBlock q, Span<double> results)
    {
        ArgumentNullException.ThrowIfNull(q);
        Run(default(NormalisedEntropyMeasure), Pairing.Matched, q.Rows, q, results);
    }

    readonly struct NormalisedEntropyMeasure : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> log = stackalloc double[q.Length];
            results.Clear();
            for (var k = 0; k < q.Options; k++)
            {
                TensorPrimitives.Max(q[k], NormalisedRow.LogFloor, log);
                TensorPrimitives.Log2<double>(log, log);
                TensorPrimitives.MultiplyAdd<double>(q[k], log, results, results);
            }
            TensorPrimitives.Multiply(results, -1 / Math.Log2(q.Options), results);
            TensorPrimitives.Max(results, 0.0, results);
            TensorPrimitives.Min(results, 1.0, results);
        }
    }
}
