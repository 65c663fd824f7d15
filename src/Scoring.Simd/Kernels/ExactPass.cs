using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>Divergences in double from the same float shares: of all pairs, or of those that float gets wrong.</summary>
/// <remarks>Every pair has a lane of its own and the same steps in it, whatever its place and neighbours: a result depends on the pair
/// alone.</remarks>
static class ExactPass
{
    /// <summary>The most pairs of <see cref="Some"/>.</summary>
    public const int BlockLength = 256;

    /// <summary>Pairs side by side in a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Computes the divergence of every pair.</summary>
    [SkipLocalsInit]
    public static void All(Pairing pairing, in BlockRows p, in BlockRows q, Span<double> divergences)
    {
        Span<double> sums = stackalloc double[Lanes];
        var matched = pairing == Pairing.Matched;
        for (var start = 0; start < divergences.Length; start += Lanes)
        {
            var cross = Vector512<double>.Zero;
            for (var k = 0; k < q.Options; k++)
            {
                var left = p.Shares[(k * p.Stride)..];
                cross += TimesLog2((matched ? Consecutive(left, start) : Vector512.Create((double)left[0]))
                    + Consecutive(q.Shares[(k * q.Stride)..], start));
            }
            cross.CopyTo(sums);
            for (var i = start; i < Math.Min(start + Lanes, divergences.Length); i++)
                divergences[i] = Divergence(p.ExactSelfTerms[matched ? i : 0] + q.ExactSelfTerms[i], sums[i - start]);
        }
    }

    /// <summary>Computes the divergences of at most <see cref="BlockLength"/> pairs, given by their rows on the right.</summary>
    [SkipLocalsInit]
    public static void Some(Pairing pairing, in BlockRows p, in BlockRows q, ReadOnlySpan<int> rows, Span<double> divergences)
    {
        Span<double> sums = stackalloc double[Lanes];
        var matched = pairing == Pairing.Matched;
        for (var start = 0; start < rows.Length; start += Lanes)
        {
            var these = rows[start..Math.Min(rows.Length, start + Lanes)];
            var cross = Vector512<double>.Zero;
            for (var k = 0; k < q.Options; k++)
            {
                var left = p.Shares[(k * p.Stride)..];
                cross += TimesLog2((matched ? Gathered(left, these) : Vector512.Create((double)left[0]))
                    + Gathered(q.Shares[(k * q.Stride)..], these));
            }
            cross.CopyTo(sums);
            for (var i = 0; i < these.Length; i++)
                divergences[start + i] = Divergence(p.ExactSelfTerms[matched ? these[i] : 0] + q.ExactSelfTerms[these[i]], sums[i]);
        }
    }

    /// <summary>s·log2(s), where 0 log 0 is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> TimesLog2(Vector512<double> s) =>
        s * Vector512.Log2(Vector512.Max(s, Vector512.Create(NormalisedRow.LogFloor)));

    static double Divergence(double selfTerms, double cross) => Math.Clamp((selfTerms - cross) / 2, 0, 1);

    // Shares may be read beyond the last row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Consecutive(ReadOnlySpan<float> shares, int start)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Create(shares[start..(start + Lanes)]));
        return Vector512.Create(lower, upper);
    }

    [SkipLocalsInit]
    static Vector512<double> Gathered(ReadOnlySpan<float> shares, ReadOnlySpan<int> rows)
    {
        Span<double> lanes = stackalloc double[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            lanes[lane] = shares[rows[Math.Min(lane, rows.Length - 1)]];
        return Vector512.Create<double>(lanes);
    }
}
