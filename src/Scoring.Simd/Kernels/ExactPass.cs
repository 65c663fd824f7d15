using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd;

/// <summary>Divergences in double from the same float shares: of all pairs, or of those that float gets wrong.</summary>
/// <remarks>
/// Between near-identical rows the form cancels, and the distance is the root of what is left: an error of ε in a
/// divergence D is one of ε / 2√D in the distance. With the ε &lt; 6e-7 that is measured for every kernel
/// (<c>docs/scoring.md</c>), 1e-5 of distance needs D ≥ 9e-4.
/// </remarks>
static class ExactPass
{
    /// <summary>Divergences below this are computed again.</summary>
    public const float Threshold = 1e-3f;

    /// <summary>Pairs per step: three buffers of doubles (6 KB) and one of places stay in the first-level cache.</summary>
    const int BlockLength = 256;

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

    /// <summary>Replaces every divergence that is below <see cref="Threshold"/>.</summary>
    [SkipLocalsInit]
    public static void Refine(Pairing pairing, Rows p, Rows q, Span<float> divergences)
    {
        Span<int> rows = stackalloc int[BlockLength];
        var found = 0;
        var row = 0;
        ref var first = ref MemoryMarshal.GetReference(divergences);
        for (; row <= divergences.Length - Vector256<float>.Count; row += Vector256<float>.Count)
        {
            var near = Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)row), Vector256.Create(Threshold));
            for (var lanes = near.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
                rows[found++] = row + int.TrailingZeroCount((int)lanes);
            if (found > BlockLength - Vector256<float>.Count)
            {
                Replace(pairing, p, q, rows[..found], divergences);
                found = 0;
            }
        }
        for (; row < divergences.Length; row++)
            if (divergences[row] < Threshold)
                rows[found++] = row;
        Replace(pairing, p, q, rows[..found], divergences);
    }

    [SkipLocalsInit]
    static void Replace(Pairing pairing, in Rows p, in Rows q, ReadOnlySpan<int> rows, Span<float> divergences)
    {
        if (rows.IsEmpty)
            return;
        Span<double> exact = stackalloc double[BlockLength];
        Block(pairing, p, q, rows, exact[..rows.Length]);
        for (var i = 0; i < rows.Length; i++)
            divergences[rows[i]] = (float)exact[i];
    }

    // Whole vectors only, because a shorter span takes TensorPrimitives' scalar path, whose logarithm differs in the
    // last bit: that is what makes a result independent of its place.
    [SkipLocalsInit]
    static void Block(Pairing pairing, in Rows p, in Rows q, ReadOnlySpan<int> rows, Span<double> divergences)
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
