using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>
/// The binary logarithm of s from 0 to 2, in float, for use in s·log2(s): its error times min(s, 1) is below 1e-7. Every width gives the
/// same bits.
/// </summary>
/// <remarks>
/// <para>
/// s = 2^e·(1 + f) with f from −1/3 to 1/3, so that e is 0 around 1; log2(s) = e + f·P(f). P has degree 7: it minimises
/// the largest error of f·P(f), weighted by the largest s ≤ 2 that has this f, and each coefficient is rounded to float
/// before the next are fitted (<c>benchmarks/compare/fit_log2.py</c>). The product f·P(f) is exactly 0 at 1, so
/// that log2 of a power of two is exact.
/// </para>
/// <para>
/// At 0 it is −127 and below the normal numbers about that: finite, which is all that s·log2(s) needs there, so that no
/// clamp is needed. Negative numbers and NaN have no meaning here: rows are checked when they are added.
/// </para>
/// </remarks>
static class Log2
{
    /// <summary>The bits of 2/3: taking them away leaves the exponent of s / (2/3) in the upper nine.</summary>
    const int TwoThirds = 0x3F2AAAAB;
    const int ExponentBits = unchecked((int)0xFF800000);
    const int MantissaLength = 23;

    const float C0 = 1.4426943f, C1 = -0.7213434f, C2 = 0.48100585f, C3 = -0.36095312f;
    const float C4 = 0.28481752f, C5 = -0.23433068f, C6 = 0.25091073f, C7 = -0.23345086f;

    public static float Of(float s)
    {
        var bits = BitConverter.SingleToInt32Bits(s);
        var above = bits - TwoThirds;
        var f = BitConverter.Int32BitsToSingle(bits - (above & ExponentBits)) - 1;
        var p = MathF.FusedMultiplyAdd(f, C7, C6);
        p = MathF.FusedMultiplyAdd(f, p, C5);
        p = MathF.FusedMultiplyAdd(f, p, C4);
        p = MathF.FusedMultiplyAdd(f, p, C3);
        p = MathF.FusedMultiplyAdd(f, p, C2);
        p = MathF.FusedMultiplyAdd(f, p, C1);
        p = MathF.FusedMultiplyAdd(f, p, C0);
        return MathF.FusedMultiplyAdd(f, p, above >> MantissaLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> s)
    {
        var bits = s.AsInt32();
        var above = bits - Vector256.Create(TwoThirds);
        var f = (bits - (above & Vector256.Create(ExponentBits))).AsSingle() - Vector256<float>.One;
        var p = Vector256.FusedMultiplyAdd(f, Vector256.Create(C7), Vector256.Create(C6));
        p = Vector256.FusedMultiplyAdd(f, p, Vector256.Create(C5));
        p = Vector256.FusedMultiplyAdd(f, p, Vector256.Create(C4));
        p = Vector256.FusedMultiplyAdd(f, p, Vector256.Create(C3));
        p = Vector256.FusedMultiplyAdd(f, p, Vector256.Create(C2));
        p = Vector256.FusedMultiplyAdd(f, p, Vector256.Create(C1));
        p = Vector256.FusedMultiplyAdd(f, p, Vector256.Create(C0));
        return Vector256.FusedMultiplyAdd(f, p, Vector256.ConvertToSingle(above >> MantissaLength));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> s)
    {
        var bits = s.AsInt32();
        var above = bits - Vector512.Create(TwoThirds);
        var f = (bits - (above & Vector512.Create(ExponentBits))).AsSingle() - Vector512<float>.One;
        var p = Vector512.FusedMultiplyAdd(f, Vector512.Create(C7), Vector512.Create(C6));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(C5));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(C4));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(C3));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(C2));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(C1));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(C0));
        return Vector512.FusedMultiplyAdd(f, p, Vector512.ConvertToSingle(above >> MantissaLength));
    }
}
