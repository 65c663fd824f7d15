using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LocalOpinions.Scoring.Simd;

/// <summary>Divergences in double from the same float shares: of all pairs, or of those that float gets wrong.</summary>
static class ExactPass
{
    /// <summary>Pairs per step: three buffers of doubles (6 KB) and one of places stay in the first-level cache.</summary>
    public const int BlockLength = 256;

    /// <summary>Computes the divergence of every pair.</summary>
    [SkipLocalsInit]
    public static void All(Pairing pairing, Rows p, Rows q, Span<double> divergences)
    {
        Span<int> rows = stackalloc int[BlockLength];
        for (var start = 0; start < divergences.Length; start += BlockLength)
        {
            var block = divergences.Slice(start, Math.Min(BlockLength, divergences.Length - start));
            for (var i = 0; i < block.Length; i++)
                rows[i] = start + i;
            Block(pairing, p, q, rows[..block.Length], block);
        }
    }

    /// <summary>Computes the divergences of at most <see cref="BlockLength"/> pairs, given by their rows on the right.</summary>
    // Whole vectors only, because a shorter span takes TensorPrimitives' scalar path, whose logarithm differs in the
    // last bit: that is what makes a result independent of its place.
    [SkipLocalsInit]
    public static void Block(Pairing pairing, in Rows p, in Rows q, ReadOnlySpan<int> rows, Span<double> divergences)
    {
        var length = DistributionBlock.PaddedLength(rows.Length);
        Span<double> sum = stackalloc double[BlockLength];
        Span<double> log = stackalloc double[BlockLength];
        Span<double> cross = stackalloc double[BlockLength];
        sum = sum[..length];
        log = log[..length];
        cross = cross[..length];

        sum.Clear();
        cross.Clear();
        for (var k = 0; k < q.Options; k++)
        {
            AddPairs(pairing, p.Shares[(k * p.Stride)..], q.Shares[(k * q.Stride)..], rows, sum);
            TensorPrimitives.Max(sum, Row.LogFloor, log);
            TensorPrimitives.Log2(log, log);
            TensorPrimitives.MultiplyAdd(sum, log, cross, cross);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var terms = p.ExactSelfTerms[pairing == Pairing.Matched ? rows[i] : 0] + q.ExactSelfTerms[rows[i]];
            divergences[i] = Math.Clamp((terms - cross[i]) / 2, 0, 1);
        }
    }

    static void AddPairs(
        Pairing pairing, ReadOnlySpan<float> p, ReadOnlySpan<float> q, ReadOnlySpan<int> rows, Span<double> sum)
    {
        if (pairing == Pairing.Matched)
        {
            for (var i = 0; i < rows.Length; i++)
                sum[i] = (double)p[rows[i]] + q[rows[i]];
        }
        else
        {
            double one = p[0];
            for (var i = 0; i < rows.Length; i++)
                sum[i] = one + q[rows[i]];
        }
    }
}
