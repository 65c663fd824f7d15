using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd;

/// <summary>8 pairs in the lanes of a vector, two vectors at a time: every step of a pair stays in registers.</summary>
sealed class Fused256Kernel : Kernel
{
    public const string VariantName = "v256";

    public override string Name => VariantName;

    public override void Divergences(Pairing pairing, Rows p, Rows q, Span<float> divergences)
    {
        if (pairing == Pairing.OneToMany)
            Run<One>(p, q, divergences);
        else
            Run<Each>(p, q, divergences);
    }

    /// <summary>How the left row of each lane is found.</summary>
    interface ILeft
    {
        static abstract Vector256<float> Load(ref float source, nuint option, nuint row);
    }

    readonly struct One : ILeft
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Load(ref float source, nuint option, nuint row) =>
            Vector256.Create(Unsafe.Add(ref source, option));
    }

    readonly struct Each : ILeft
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Load(ref float source, nuint option, nuint row) =>
            Vector256.LoadUnsafe(ref source, option + row);
    }

    static void Run<TLeft>(in Rows p, in Rows q, Span<float> divergences) where TLeft : struct, ILeft
    {
        const int step = 2 * 8;
        ref var result = ref MemoryMarshal.GetReference(divergences);
        var row = 0;
        for (; row <= divergences.Length - step; row += step)
        {
            var (low, high) = Pairs<TLeft>(p, q, (nuint)row);
            low.StoreUnsafe(ref result, (nuint)row);
            high.StoreUnsafe(ref result, (nuint)row + 8);
        }
        if (row == divergences.Length)
            return;

        // The rest reads into the padding like any other vector, so that its lanes are computed like any others.
        Span<float> rest = stackalloc float[step];
        var (first, second) = Pairs<TLeft>(p, q, (nuint)row);
        first.CopyTo(rest);
        second.CopyTo(rest[8..]);
        rest[..(divergences.Length - row)].CopyTo(divergences[row..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<float> Low, Vector256<float> High) Pairs<TLeft>(in Rows p, in Rows q, nuint row)
        where TLeft : struct, ILeft
    {
        ref var left = ref MemoryMarshal.GetReference(p.Shares);
        ref var right = ref MemoryMarshal.GetReference(q.Shares);
        var low = Vector256<float>.Zero;
        var high = Vector256<float>.Zero;
        nuint leftOption = 0, rightOption = 0;
        for (var k = 0; k < q.Options; k++)
        {
            var s = TLeft.Load(ref left, leftOption, row) + Vector256.LoadUnsafe(ref right, rightOption + row);
            var t = TLeft.Load(ref left, leftOption, row + 8) + Vector256.LoadUnsafe(ref right, rightOption + row + 8);
            low = Vector256.FusedMultiplyAdd(s, Log2.Of(s), low);
            high = Vector256.FusedMultiplyAdd(t, Log2.Of(t), high);
            leftOption += (nuint)p.Stride;
            rightOption += (nuint)q.Stride;
        }
        return (Divergence<TLeft>(p, q, row, low), Divergence<TLeft>(p, q, row + 8, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Divergence<TLeft>(in Rows p, in Rows q, nuint row, Vector256<float> cross)
        where TLeft : struct, ILeft
    {
        var terms = TLeft.Load(ref MemoryMarshal.GetReference(p.SelfTerms), 0, row)
            + Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(q.SelfTerms), row);
        var half = (terms - cross) * Vector256.Create(0.5f);
        return Vector256.Min(Vector256.Max(half, Vector256<float>.Zero), Vector256<float>.One);
    }
}
