using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>8 pairs in the lanes of a vector: every step of a pair stays in registers.</summary>
sealed class Fused256Kernel : Kernel
{
    public const string VariantName = "v256";

    public override string Name => VariantName;

    public override void Divergences(Pairing pairing, BlockRows p, BlockRows q, Span<float> divergences)
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

    static void Run<TLeft>(in BlockRows p, in BlockRows q, Span<float> divergences) where TLeft : struct, ILeft
    {
        ref var result = ref MemoryMarshal.GetReference(divergences);
        var row = 0;
        for (; row <= divergences.Length - 8; row += 8)
            Divergence<TLeft>(p, q, (nuint)row).StoreUnsafe(ref result, (nuint)row);
        if (row == divergences.Length)
            return;

        // The rest reads into the padding like any other vector, so that its lanes are computed like any others.
        Span<float> rest = stackalloc float[8];
        Divergence<TLeft>(p, q, (nuint)row).CopyTo(rest);
        rest[..(divergences.Length - row)].CopyTo(divergences[row..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Divergence<TLeft>(in BlockRows p, in BlockRows q, nuint row) where TLeft : struct, ILeft
    {
        var terms = TLeft.Load(ref MemoryMarshal.GetReference(p.SelfTerms), 0, row)
            + Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(q.SelfTerms), row);
        var sum = terms * Vector256.Create(-0.5f);
        var other = sum;

        ref var left = ref MemoryMarshal.GetReference(p.Shares);
        ref var right = ref MemoryMarshal.GetReference(q.Shares);
        nuint leftOption = 0, rightOption = 0;
        for (var k = 0; k < q.Options; k++)
        {
            var s = TLeft.Load(ref left, leftOption, row) + Vector256.LoadUnsafe(ref right, rightOption + row);
            (sum, other) = (other, Vector256.FusedMultiplyAdd(s, Log2.Of(s), sum));
            leftOption += (nuint)p.Stride;
            rightOption += (nuint)q.Stride;
        }

        var divergence = (sum + other) * Vector256.Create(-0.5f);
        return Vector256.MinNative(Vector256.MaxNative(divergence, Vector256<float>.Zero), Vector256<float>.One);
    }
}
