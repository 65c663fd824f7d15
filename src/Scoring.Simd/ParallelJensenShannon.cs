using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd;

/// <summary>
/// The methods of <see cref="JensenShannon"/> on several threads, for millions of pairs: the same values, to the last bit.
/// </summary>
/// <remarks>A call allocates what starting its threads takes, whatever the number of pairs.</remarks>
public static class ParallelJensenShannon
{
    // Long enough that taking the next piece costs nothing beside it, short enough that the threads end together.
    const int PieceLength = 1 << 16;

    /// <inheritdoc cref="JensenShannon.OneToMany(ReadOnlySpan{double}, DistributionBlock, Span{float})"/>
    /// <param name="p"/><param name="q"/> <param name="divergenceBits"/> <param name="threads">The most threads that work at the same time;
    /// all processors if absent.</param>
    public static void OneToMany(
        ReadOnlySpan<double> p, DistributionBlock q, Memory<float> divergenceBits, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(q);
        var one = DistributionBlock.Create(q.Options, 1);
        one.Add(p);
        Pieces(Pairing.OneToMany, one, q, divergenceBits, threads);
    }

    /// <inheritdoc cref="JensenShannon.Matched(DistributionBlock, DistributionBlock, Span{float})"/>
    /// <param name="p"/><param name="q"/> <param name="divergenceBits"/> <param name="threads">The most threads that work at the same time;
    /// all processors if absent.</param>
    public static void Matched(
        DistributionBlock p, DistributionBlock q, Memory<float> divergenceBits, int? threads = null)
    {
        JensenShannon.CheckMatch(p, q);
        Pieces(Pairing.Matched, p, q, divergenceBits, threads);
    }

    /// <inheritdoc cref="JensenShannon.Pairwise(DistributionBlock, Span{float})"/>
    /// <param name="rows"/><param name="divergenceBits"/> <param name="threads">The most threads that work at the same time; all processors
    /// if absent.</param>
    public static void Pairwise(DistributionBlock rows, Memory<float> divergenceBits, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        JensenShannon.CheckLength(divergenceBits.Length, JensenShannon.PairCount(rows.Count));
        var kernel = Kernel.Chosen;
        var tiles = new TriangleTiles(rows.Count);
        WorkSharing.Share(tiles.Count, threads, tile =>
            JensenShannon.Tile<float, InFloat>(kernel, rows, tiles[tile], divergenceBits.Span));
    }

    static void Pieces(
        Pairing pairing, DistributionBlock p, DistributionBlock q, Memory<float> divergenceBits, int? threads)
    {
        JensenShannon.CheckLength(divergenceBits.Length, q.Count);
        var kernel = Kernel.Chosen;
        WorkSharing.Share((q.Count + PieceLength - 1) / PieceLength, threads, piece =>
        {
            var start = piece * PieceLength;
            var left = pairing == Pairing.Matched ? p.Rows.From(start) : p.Rows;
            var part = divergenceBits.Span[start..Math.Min(start + PieceLength, q.Count)];
            InFloat.Run(kernel, pairing, left, q.Rows.From(start), part);
        });
    }
}
