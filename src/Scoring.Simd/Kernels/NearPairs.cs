using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>The pairs whose divergence float gets wrong: found block by block, computed again many at a time.</summary>
/// <remarks>
/// Between near-identical rows the form cancels, and the distance is the root of what is left: an error of ε in a divergence D is one of ε
/// / 2√D in the distance. With the ε &lt; 6e-7 that is measured for every kernel up to 26 options (<c>docs/scoring.md</c>), 1e-5 of
/// distance needs D ≥ 9e-4; with the ε &lt; 2e-6 of up to 100 options, D ≥ 1e-2.
/// </remarks>
ref struct NearPairs(Pairing pairing, BlockRows p, BlockRows q, Span<float> divergences, Span<int> rows)
{
    const int FewOptions = 26;

    /// <summary>Divergences below this are computed again.</summary>
    readonly float _threshold = q.Options <= FewOptions ? 1e-3f : 1e-2f;

    readonly BlockRows _p = p;
    readonly BlockRows _q = q;
    readonly Span<float> _divergences = divergences;
    readonly Span<int> _rows = rows;
    int _found;

    /// <summary>Looks through divergences that are in the cache.</summary>
    public void Find(int start, int length)
    {
        var row = start;
        var end = start + length;
        ref var first = ref MemoryMarshal.GetReference(_divergences);
        for (; row <= end - Vector256<float>.Count; row += Vector256<float>.Count)
        {
            var near = Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)row), Vector256.Create(_threshold));
            for (var lanes = near.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
                _rows[_found++] = row + int.TrailingZeroCount((int)lanes);
            if (_found > _rows.Length - Vector256<float>.Count)
                Replace();
        }
        for (; row < end; row++)
            if (_divergences[row] < _threshold)
                _rows[_found++] = row;
    }

    /// <summary>Computes those found so far again.</summary>
    /// <remarks>
    /// Many at a time, because they lie far apart: the misses of the cache that one block of them causes overlap, and no vector is left
    /// half empty.
    /// </remarks>
    [SkipLocalsInit]
    public void Replace()
    {
        if (_found == 0)
            return;
        Span<double> exact = stackalloc double[ExactPass.BlockLength];
        ExactPass.Some(pairing, _p, _q, _rows[.._found], exact[.._found]);
        for (var i = 0; i < _found; i++)
            _divergences[_rows[i]] = (float)exact[i];
        _found = 0;
    }
}
