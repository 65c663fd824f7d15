using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd;

/// <summary>16 pairs in the lanes of a vector, two vectors at a time: every step of a pair stays in registers.</summary>
sealed class Fused512Kernel : Kernel
{
    public const string VariantName = "v512";

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
        static abstract Vector512<float> Load(ref float source, nuint option, nuint row);
    }

    readonly struct One : ILeft
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Load(ref float source, nuint option, nuint row) =>
            Vector512.Create(Unsafe.Add(ref source, option));
    }

    readonly struct Each : ILeft
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Load(ref float source, nuint option, nuint row) =>
            Vector512.LoadUnsafe(ref source, option + row);
    }

    static void Run<TLeft>(in Rows p, in Rows q, Span<float> divergences) where TLeft : struct, ILeft
    {
        const int step = 2 * 16;
        ref var result = ref MemoryMarshal.GetReference(divergences);
        var row = 0;
        for (; row <= divergences.Length - step; row += step)
        {
            var (low, high) = Pairs<TLeft>(p, q, (nuint)row);
            low.StoreUnsafe(ref result, (nuint)row);
            high.StoreUnsafe(ref result, (nuint)row + 16);
        }
        if (row == divergences.Length)
            return;

        // The rest reads into the padding like any other vector, so that its lanes are computed like any others.
        Span<float> rest = stackalloc float[step];
        var (first, second) = Pairs<TLeft>(p, q, (nuint)row);
        first.CopyTo(rest);
        second.CopyTo(rest[16..]);
        rest[..(divergences.Length - row)].CopyTo(divergences[row..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector512<float> Low, Vector512<float> High) Pairs<TLeft>(in Rows p, in Rows q, nuint row)
        where TLeft : struct, ILeft
    {
        ref var left = ref MemoryMarshal.GetReference(p.Shares);
        ref var right = ref MemoryMarshal.GetReference(q.Shares);
        var low = Vector512<float>.Zero;
        var high = Vector512<float>.Zero;
        nuint leftOption = 0, rightOption = 0;
        for (var k = 0; k < q.Options; k++)
        {
            var s = TLeft.Load(ref left, leftOption, row) + Vector512.LoadUnsafe(ref right, rightOption + row);
            var t = TLeft.Load(ref left, leftOption, row + 16) + Vector512.LoadUnsafe(ref right, rightOption + row + 16);
            low = Vector512.FusedMultiplyAdd(s, Log2.Of(s), low);
            high = Vector512.FusedMultiplyAdd(t, Log2.Of(t), high);
            leftOption += (nuint)p.Stride;
            rightOption += (nuint)q.Stride;
        }
        return (Divergence<TLeft>(p, q, row, low), Divergence<TLeft>(p, q, row + 16, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Divergence<TLeft>(in Rows p, in Rows q, nuint row, Vector512<float> cross)
        where TLeft : struct, ILeft
    {
        var terms = TLeft.Load(ref MemoryMarshal.GetReference(p.SelfTerms), 0, row)
            + Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(q.SelfTerms), row);
        var half = (terms - cross) * Vector512.Create(0.5f);
        return Vector512.Min(Vector512.Max(half, Vector512<float>.Zero), Vector512<float>.One);
    }
}
