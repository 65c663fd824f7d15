using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>
    /// The Wasserstein-1 distance of distributions on a scale: Σ |F(i) − G(i)|·step(i) over i &lt; K of the cumulative shares F and G and
    /// the block's <see cref="DistributionBlock.Steps"/>, 0 to K − 1.
    /// </summary>
    /// <remarks>
    /// For options in a known order alone, with refusals taken out. 1 − WD / (K − 1) is the ordinal similarity of Santurkar et al., "Whose
    /// Opinions Do Language Models Reflect?" (arXiv 2303.17548), whose code takes distances between the scale's values.
    /// </remarks>
    /// <param name="p">One weight for each option in order, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    public static void Wasserstein(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results) =>
        OneToMany(new WassersteinMeasure(q), p, q, results);

    /// <inheritdoc cref="Wasserstein(ReadOnlySpan{double}, DistributionBlock, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape or scale, or the destination is too short.</exception>
    public static void Wasserstein(DistributionBlock p, DistributionBlock q, Span<double> results)
    {
        if (!p.Steps.SequenceEqual(q.Steps))
            throw new ArgumentException("The blocks' options stand at other places of a scale.");
        Matched(new WassersteinMeasure(q), p, q, results);
    }

    readonly struct WassersteinMeasure(DistributionBlock block) : IMeasure
    {
        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> gap = stackalloc double[p.Length];
            Span<double> size = stackalloc double[p.Length];
            var steps = block.Steps;
            gap.Clear();
            results.Clear();
            for (var k = 0; k < p.Options - 1; k++)
            {
                TensorPrimitives.Add<double>(gap, p[k], gap);
                TensorPrimitives.Subtract<double>(gap, q[k], gap);
                TensorPrimitives.Abs<double>(gap, size);
                TensorPrimitives.MultiplyAdd(size, steps[k], results, results);
            }
        }
    }
}
