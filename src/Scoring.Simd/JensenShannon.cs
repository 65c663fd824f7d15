using System.Runtime.CompilerServices;
using LocalOpinions.Scoring.Simd.Kernels;

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
/// The destination chooses the arithmetic. Into floats: a divergence is right to 1e-6 (2e-6 with more than 26 options)
/// and its root, the distance, to 1e-5, because pairs closer than 1e-3 (1e-2) are computed again in double. Into
/// doubles: every pair is computed in double, by the same code, and the distance is right to 1e-7; that costs about ten times the time.
/// </para>
/// <para>
/// A value is from 0 (identical: exactly 0) to 1 (disjoint). It depends on its two rows alone, to the last bit: not on
/// their order, their places, the method, or the number of threads. Nothing is allocated.
/// </para>
/// </remarks>
public static class JensenShannon
{
    /// <summary>The instructions in use: "scalar", "tensor", "v256" or "v512".</summary>
    /// <remarks>The fastest that the processor has, unless the environment variable LOCALOPINIONS_SIMD names one.</remarks>
    /// <exception cref="InvalidOperationException">LOCALOPINIONS_SIMD names none of them.</exception>
    public static string Variant => Kernel.Chosen.Name;

    /// <summary>The divergence of one distribution from every distribution of a block.</summary>
    /// <param name="p">One weight for each option, treated exactly as by <see cref="DistributionBlock.Add"/>: normalised, rounded to
    /// float.</param>
    /// <param name="q">The distributions to compare with.</param>
    /// <param name="divergenceBits">Receives <see cref="DistributionBlock.Count"/> values; what is beyond them stays untouched.</param>
    /// <exception cref="ArgumentException"><paramref name="p"/> is not a distribution over the block's options, or the destination is too
    /// short.</exception>
    public static void OneToMany(ReadOnlySpan<double> p, DistributionBlock q, Span<float> divergenceBits) =>
        OneToMany<float, InFloat>(Kernel.Chosen, p, q, divergenceBits);

    /// <inheritdoc cref="OneToMany(ReadOnlySpan{double}, DistributionBlock, Span{float})"/>
    public static void OneToMany(ReadOnlySpan<double> p, DistributionBlock q, Span<double> divergenceBits) =>
        OneToMany<double, InDouble>(Kernel.Chosen, p, q, divergenceBits);

    /// <summary>The divergence of each distribution from the one in the same place of another block.</summary>
    /// <param name="p">Distributions.</param>
    /// <param name="q">As many distributions over as many options; may be the same block.</param>
    /// <param name="divergenceBits">Receives <see cref="DistributionBlock.Count"/> values; what is beyond them stays untouched.</param>
    /// <exception cref="ArgumentException">The blocks differ in shape, or the destination is too short.</exception>
    public static void Matched(DistributionBlock p, DistributionBlock q, Span<float> divergenceBits) =>
        Matched<float, InFloat>(Kernel.Chosen, p, q, divergenceBits);

    /// <inheritdoc cref="Matched(DistributionBlock, DistributionBlock, Span{float})"/>
    public static void Matched(DistributionBlock p, DistributionBlock q, Span<double> divergenceBits) =>
        Matched<double, InDouble>(Kernel.Chosen, p, q, divergenceBits);

    /// <summary>The divergences between all distributions of a block: the upper triangle, row by row.</summary>
    /// <param name="rows">At most 65,536 distributions.</param>
    /// <param name="divergenceBits">Receives <see cref="PairCount"/> values: those of row 0 with rows 1, 2, ..., then those of row 1 with
    /// rows 2, 3, ... (<see cref="PairIndex"/>); what is beyond them stays untouched.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Pairwise(DistributionBlock rows, Span<float> divergenceBits) =>
        Pairwise<float, InFloat>(Kernel.Chosen, rows, divergenceBits);

    /// <inheritdoc cref="Pairwise(DistributionBlock, Span{float})"/>
    public static void Pairwise(DistributionBlock rows, Span<double> divergenceBits) =>
        Pairwise<double, InDouble>(Kernel.Chosen, rows, divergenceBits);

    /// <summary>The number of pairs among this many distributions.</summary>
    /// <param name="count">0 or more.</param>
    public static long PairCount(int count) => (long)count * (count - 1) / 2;

    /// <summary>Where a pair of <see cref="Pairwise(DistributionBlock, Span{float})"/> stands.</summary>
    /// <param name="count">The number of distributions.</param>
    /// <param name="first">A row, 0 or more.</param>
    /// <param name="second">A later row, below <paramref name="count"/>.</param>
    public static long PairIndex(int count, int first, int second) =>
        (long)first * (2L * count - first - 1) / 2 + (second - first - 1);

    [SkipLocalsInit]
    internal static void OneToMany<T, TPrecision>(
        Kernel kernel, ReadOnlySpan<double> p, DistributionBlock q, Span<T> divergenceBits)
        where TPrecision : IPrecision<T>
    {
        ArgumentNullException.ThrowIfNull(q);
        CheckLength(divergenceBits.Length, q.Count);
        Span<float> shares = stackalloc float[DistributionBlock.MostOptions];
        shares = shares[..q.Options];
        Span<double> exactTerm = [q.Prepare(p, shares)];
        Span<float> term = [(float)exactTerm[0]];
        var one = new BlockRows(shares, 1, q.Options, term, exactTerm);
        TPrecision.Run(kernel, Pairing.OneToMany, one, q.Rows, divergenceBits[..q.Count]);
    }

    internal static void Matched<T, TPrecision>(
        Kernel kernel, DistributionBlock p, DistributionBlock q, Span<T> divergenceBits)
        where TPrecision : IPrecision<T>
    {
        CheckMatch(p, q);
        CheckLength(divergenceBits.Length, q.Count);
        TPrecision.Run(kernel, Pairing.Matched, p.Rows, q.Rows, divergenceBits[..q.Count]);
    }

    internal static void Pairwise<T, TPrecision>(Kernel kernel, DistributionBlock rows, Span<T> divergenceBits)
        where TPrecision : IPrecision<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckLength(divergenceBits.Length, PairCount(rows.Count));
        var tiles = new TriangleTiles(rows.Count);
        for (var tile = 0; tile < tiles.Count; tile++)
            Tile<T, TPrecision>(kernel, rows, tiles[tile], divergenceBits);
    }

    internal static void Tile<T, TPrecision>(Kernel kernel, DistributionBlock block, TriangleTile tile, Span<T> divergenceBits)
        where TPrecision : IPrecision<T>
    {
        for (var row = tile.FirstRow; row < tile.EndRow; row++)
        {
            var column = Math.Max(row + 1, tile.FirstColumn);
            if (column >= tile.EndColumn)
                return;
            var segment = divergenceBits.Slice((int)PairIndex(block.Count, row, column), tile.EndColumn - column);
            TPrecision.Run(kernel, Pairing.OneToMany, block.Rows.From(row), block.Rows.From(column), segment);
        }
    }

    internal static void CheckLength(int length, long needed)
    {
        if (length < needed)
            throw new ArgumentException($"The destination holds {length} values, there are {needed} pairs.");
    }

    internal static void CheckMatch(DistributionBlock p, DistributionBlock q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (p.Count != q.Count || p.Options != q.Options)
            throw new ArgumentException(
                $"The blocks hold {p.Count} distributions over {p.Options} options and {q.Count} over {q.Options}: both must agree.");
    }
}
