using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LocalOpinions.Scoring.Simd;

/// <summary>The Jensen-Shannon divergence of distributions, in bits, over blocks.</summary>
/// <remarks>
/// <para>
/// JSD(P, Q) = ½ KL(P, M) + ½ KL(Q, M) with M = ½(P + Q) (Lin, "Divergence measures based on the Shannon entropy",
/// IEEE Trans. Inf. Theory 37(1), 1991, eq. 4.1 with equal weights). With s = p + q this is
/// ½ (Σ p·log2(2p) + Σ q·log2(2q) − Σ s·log2(s)): the first two sums belong to one row each and are computed once, so a
/// pair costs one logarithm per option. It holds for rows whose sums differ from 1 by rounding, too.
/// </para>
/// <para>
/// Shares are stored as float; all arithmetic is in double, since the form cancels between near-identical rows and the
/// distance is the root of what is left.
/// </para>
/// </remarks>
public static class JensenShannon
{
    /// <summary>Distributions per block: the three buffers of doubles (12 KB) stay in the first-level cache.</summary>
    internal const int BlockLength = 512;

    /// <summary>The divergence of one distribution from every distribution of a block. Nothing is allocated.</summary>
    /// <param name="p">
    /// One weight for each option, treated exactly as by <see cref="DistributionBlock.Add"/>: normalised, rounded to float.
    /// </param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="divergenceBits">
    /// Receives <see cref="DistributionBlock.Count"/> values from 0 (identical: exactly 0) to 1 (disjoint); what is
    /// beyond them stays untouched. A value depends on its two rows alone, to the last bit, and not on their order.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="p"/> is not a distribution over the block's options, or the destination is too short.
    /// </exception>
    public static void OneToMany(ReadOnlySpan<double> p, DistributionBlock q, Span<double> divergenceBits)
    {
        ArgumentNullException.ThrowIfNull(q);
        OneToMany(p, q, divergenceBits, BlockLength);
    }

    internal static void OneToMany(
        ReadOnlySpan<double> p, DistributionBlock q, Span<double> divergenceBits, int blockLength)
    {
        if (divergenceBits.Length < q.Count)
            throw new ArgumentException(
                $"The destination holds {divergenceBits.Length} values, the block has {q.Count} distributions.",
                nameof(divergenceBits));
        Span<double> shares = stackalloc double[Row.MaxOptions];
        shares = shares[..q.Options];
        q.Prepare(p, shares, out var selfTerm);

        var padded = DistributionBlock.PaddedLength(q.Count);
        for (var start = 0; start < padded; start += blockLength)
            Block(shares, selfTerm, q, start, Math.Min(blockLength, padded - start), divergenceBits);
    }

    // Whole vectors only (length is a multiple of the padding), because a shorter span takes TensorPrimitives' scalar
    // path, whose logarithm differs in the last bit: that is what makes a result independent of its place.
    [SkipLocalsInit]
    static void Block(
        ReadOnlySpan<double> p, double selfTerm, DistributionBlock q, int start, int length, Span<double> divergenceBits)
    {
        Span<double> sum = stackalloc double[BlockLength];
        Span<double> log = stackalloc double[BlockLength];
        Span<double> cross = stackalloc double[BlockLength];
        sum = sum[..length];
        log = log[..length];
        cross = cross[..length];

        cross.Clear();
        for (var k = 0; k < p.Length; k++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(q.Shares(k, start, length), sum);
            TensorPrimitives.Add(sum, p[k], sum);
            TensorPrimitives.Max(sum, Row.LogFloor, log);
            TensorPrimitives.Log2(log, log);
            TensorPrimitives.MultiplyAdd(sum, log, cross, cross);
        }

        TensorPrimitives.Add(q.SelfTerms(start, length), selfTerm, sum);
        TensorPrimitives.Multiply(cross, -0.5, cross);
        TensorPrimitives.MultiplyAdd(sum, 0.5, cross, cross);
        TensorPrimitives.Max(cross, 0.0, cross);
        TensorPrimitives.Min(cross, 1.0, cross);
        cross[..Math.Min(length, q.Count - start)].CopyTo(divergenceBits[start..]);
    }
}
