using System.Runtime.CompilerServices;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Measures;

/// <summary>Measures other than the Jensen-Shannon divergence, over the same blocks, in double.</summary>
/// <remarks>
/// Every method takes one distribution against all those of a block, or each against the one in the same place of another block.
/// <see cref="ScalarOracle"/> has each of them for a single pair, in its textbook form. Nothing is allocated, and a value depends on its
/// two rows alone.
/// </remarks>
public static partial class BlockMeasures
{
    /// <summary>Rows per step: both sides' shares, 100 options at most, stay in the first two levels of the cache.</summary>
    const int BlockLength = 64;

    /// <summary>A measure of the pairs in the same places of two chunks.</summary>
    interface IMeasure
    {
        void Of(BlockSlice p, BlockSlice q, Span<double> results);
    }

    [SkipLocalsInit]
    static void OneToMany<TMeasure>(TMeasure measure, ReadOnlySpan<double> p, DistributionBlock q, Span<double> results)
        where TMeasure : IMeasure
    {
        ArgumentNullException.ThrowIfNull(q);
        Span<float> shares = stackalloc float[DistributionBlock.MostOptions];
        shares = shares[..q.Options];
        q.Prepare(p, shares);
        Run(measure, Pairing.OneToMany, new BlockRows(shares, 1, q.Options, [], []), q, results);
    }

    static void Matched<TMeasure>(TMeasure measure, DistributionBlock p, DistributionBlock q, Span<double> results)
        where TMeasure : IMeasure
    {
        JensenShannon.CheckMatch(p, q);
        Run(measure, Pairing.Matched, p.Rows, q, results);
    }

    [SkipLocalsInit]
    static void Run<TMeasure>(TMeasure measure, Pairing pairing, BlockRows p, DistributionBlock q, Span<double> results)
        where TMeasure : IMeasure
    {
        JensenShannon.CheckLength(results.Length, q.Count);
        Span<double> left = stackalloc double[q.Options * BlockLength];
        Span<double> right = stackalloc double[q.Options * BlockLength];
        Span<double> values = stackalloc double[BlockLength];
        for (var start = 0; start < q.Count; start += BlockLength)
        {
            // Whole vectors, as everywhere: what lies behind the last row is harmless, and its results are dropped.
            var count = Math.Min(BlockLength, q.Count - start);
            var length = DistributionBlock.PaddedLength(count);
            var a = new BlockSlice(left, q.Options, length);
            var b = new BlockSlice(right, q.Options, length);
            b.Load(q.Rows, start);
            if (pairing == Pairing.Matched)
                a.Load(p, start);
            else
                a.Repeat(p);
            measure.Of(a, b, values[..length]);
            values[..count].CopyTo(results[start..]);
        }
    }
}
