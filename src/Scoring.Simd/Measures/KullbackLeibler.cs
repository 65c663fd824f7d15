using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Measures;

public static partial class BlockMeasures
{
    /// <summary>
    /// The Kullback-Leibler divergence Σ p·log2(p / q) in bits, after every share of both distributions below the floor has been raised to
    /// it and both have been divided by their new sums: 0 to about −log2(floor).
    /// </summary>
    /// <remarks>Without the floor it is infinite as soon as q lacks an option that p has; so state the floor with the number.</remarks>
    /// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="floor">The smallest share, above 0, at most 1 / K.</param>
    /// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
    /// <exception cref="ArgumentException">No distribution over the block's options, or too short a destination.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The floor is outside its range.</exception>
    public static void KullbackLeibler(ReadOnlySpan<double> p, DistributionBlock q, double floor, Span<double> results)
    {
        ArgumentNullException.ThrowIfNull(q);
        OneToMany(new KullbackLeiblerMeasure(Checked(floor, q.Options)), p, q, results);
    }

    /// <inheritdoc cref="KullbackLeibler(ReadOnlySpan{double}, DistributionBlock, double, Span{double})"/>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void KullbackLeibler(DistributionBlock p, DistributionBlock q, double floor, Span<double> results)
    {
        ArgumentNullException.ThrowIfNull(q);
        Matched(new KullbackLeiblerMeasure(Checked(floor, q.Options)), p, q, results);
    }

    internal static double Checked(double floor, int options) => floor > 0 && floor * options <= 1
        ? floor
        : throw new ArgumentOutOfRangeException(nameof(floor), floor, $"A floor is above 0 and at most 1/{options}.");

    readonly struct KullbackLeiblerMeasure(double floor) : IMeasure
    {
        readonly double _floor = floor;

        public void Of(BlockSlice p, BlockSlice q, Span<double> results)
        {
            Span<double> ratio = stackalloc double[p.Length];
            Raise(p);
            Raise(q);
            results.Clear();
            for (var k = 0; k < p.Options; k++)
            {
                TensorPrimitives.Divide<double>(p[k], q[k], ratio);
                TensorPrimitives.Log2<double>(ratio, ratio);
                TensorPrimitives.MultiplyAdd<double>(p[k], ratio, results, results);
            }
            TensorPrimitives.Max(results, 0.0, results);
        }

        void Raise(BlockSlice chunk)
        {
            Span<double> sum = stackalloc double[chunk.Length];
            sum.Clear();
            for (var k = 0; k < chunk.Options; k++)
            {
                TensorPrimitives.Max(chunk[k], _floor, chunk[k]);
                TensorPrimitives.Add<double>(sum, chunk[k], sum);
            }
            for (var k = 0; k < chunk.Options; k++)
                TensorPrimitives.Divide<double>(chunk[k], sum, chunk[k]);
        }
    }
}
