using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>16 pairs in the lanes of a vector: every step of a pair stays in registers.</summary>
sealed class Fused512Kernel : Kernel
{
    public const string VariantName = "v512";

    // A block of more than a megabyte comes from memory, and the processor follows fewer streams there than a block has options: they
    // are asked for so many pairs ahead (measured: 20 % faster at 5 options, 35 % at 10).
    const int CachedFloats = 1 << 18;
    const int Ahead = 448;

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

    static void Run<TLeft>(in BlockRows p, in BlockRows q, Span<float> divergences) where TLeft : struct, ILeft
    {
        ref var result = ref MemoryMarshal.GetReference(divergences);
        var row = 0;
        var far = IsFar(q);
        for (; row <= divergences.Length - 16; row += 16)
        {
            if (far)
            {
                Prefetch(q, row + Ahead);
                if (typeof(TLeft) == typeof(Each))
                    Prefetch(p, row + Ahead);
            }
            Divergence<TLeft>(p, q, (nuint)row).StoreUnsafe(ref result, (nuint)row);
        }
        if (row == divergences.Length)
            return;

        // The rest reads into the padding like any other vector, so that its lanes are computed like any others.
        Span<float> rest = stackalloc float[16];
        Divergence<TLeft>(p, q, (nuint)row).CopyTo(rest);
        rest[..(divergences.Length - row)].CopyTo(divergences[row..]);
    }

    static bool IsFar(in BlockRows q) => Sse.IsSupported && (long)q.Options * q.Stride > CachedFloats;

    // One line of the cache for each option and vector. Behind the last row it asks for memory that nobody reads, which is harmless.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Prefetch(in BlockRows rows, int row)
    {
        fixed (float* terms = rows.SelfTerms, shares = rows.Shares)
        {
            Sse.Prefetch0(terms + row);
            var next = shares + row;
            for (var k = 0; k < rows.Options; k++)
            {
                Sse.Prefetch0(next);
                next += rows.Stride;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Divergence<TLeft>(in BlockRows p, in BlockRows q, nuint row) where TLeft : struct, ILeft
    {
        var terms = TLeft.Load(ref MemoryMarshal.GetReference(p.SelfTerms), 0, row)
            + Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(q.SelfTerms), row);
        var sum = terms * Vector512.Create(-0.5f);
        var other = sum;

        ref var left = ref MemoryMarshal.GetReference(p.Shares);
        ref var right = ref MemoryMarshal.GetReference(q.Shares);
        nuint leftOption = 0, rightOption = 0;
        for (var k = 0; k < q.Options; k++)
        {
            var s = TLeft.Load(ref left, leftOption, row) + Vector512.LoadUnsafe(ref right, rightOption + row);
            (sum, other) = (other, Vector512.FusedMultiplyAdd(s, Log2.Of(s), sum));
            leftOption += (nuint)p.Stride;
            rightOption += (nuint)q.Stride;
        }

        var divergence = (sum + other) * Vector512.Create(-0.5f);
        return Vector512.MinNative(Vector512.MaxNative(divergence, Vector512<float>.Zero), Vector512<float>.One);
    }
}
