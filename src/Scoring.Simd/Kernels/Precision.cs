using System.Runtime.CompilerServices;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>How exact divergences are, by the type that receives them.</summary>
interface IPrecision<T>
{
    static abstract void Run(Kernel kernel, Pairing pairing, BlockRows p, BlockRows q, Span<T> divergences);
}

/// <summary>By a kernel, near-identical pairs again in double.</summary>
readonly struct InFloat : IPrecision<float>
{
    /// <summary>Pairs per step: their divergences are still in the first-level cache when they are looked through.</summary>
    const int BlockLength = 1024;

    [SkipLocalsInit]
    public static void Run(Kernel kernel, Pairing pairing, BlockRows p, BlockRows q, Span<float> divergences)
    {
        var near = new NearPairs(pairing, p, q, divergences, stackalloc int[ExactPass.BlockLength]);
        for (var start = 0; start < divergences.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, divergences.Length - start);
            kernel.Divergences(pairing, pairing == Pairing.Matched ? p.From(start) : p, q.From(start), divergences.Slice(start, length));
            near.Find(start, length);
        }
        near.Replace();
    }
}

/// <summary>All pairs in double, whatever the kernel.</summary>
readonly struct InDouble : IPrecision<double>
{
    public static void Run(Kernel kernel, Pairing pairing, BlockRows p, BlockRows q, Span<double> divergences) =>
        ExactPass.All(pairing, p, q, divergences);
}
