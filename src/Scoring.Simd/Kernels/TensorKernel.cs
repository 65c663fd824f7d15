using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>One option of many pairs at a time, with the vector functions of the library and its logarithm.</summary>
sealed class TensorKernel : Kernel
{
    public const string VariantName = "tensor";

    /// <summary>Pairs per step: the four buffers (8 KB) stay in the first-level cache.</summary>
    const int BlockLength = 512;

    /// <summary>Below every s = p + q that matters: it replaces 0 as the logarithm's argument, so that 0 log 0 is 0.</summary>
    const float LogFloor = 1e-37f;

    public override string Name => VariantName;

    public override void Divergences(Pairing pairing, BlockRows p, BlockRows q, Span<float> divergences)
    {
        for (var start = 0; start < divergences.Length; start += BlockLength)
            Block(pairing, p, q, start, divergences[start..]);
    }

    // Whole vectors only: a shorter span takes a scalar path, whose logarithm differs in the last bit, and the result
    // would depend on its place.
    [SkipLocalsInit]
    static void Block(Pairing pairing, in BlockRows p, in BlockRows q, int start, Span<float> divergences)
    {
        var count = Math.Min(BlockLength, divergences.Length);
        var length = DistributionBlock.PaddedLength(count);
        Span<float> sum = stackalloc float[BlockLength];
        Span<float> log = stackalloc float[BlockLength];
        Span<float> even = stackalloc float[BlockLength];
        Span<float> odd = stackalloc float[BlockLength];
        sum = sum[..length];
        log = log[..length];
        even = even[..length];
        odd = odd[..length];

        AddPair(pairing, p.SelfTerms, q.SelfTerms, start, sum);
        TensorPrimitives.Multiply(sum, -0.5f, even);
        even.CopyTo(odd);
        for (var k = 0; k < q.Options; k++)
        {
            AddPair(pairing, p.Shares[(k * p.Stride)..], q.Shares[(k * q.Stride)..], start, sum);
            TensorPrimitives.Max(sum, LogFloor, log);
            TensorPrimitives.Log2(log, log);
            var cross = k % 2 == 0 ? even : odd;
            TensorPrimitives.MultiplyAdd(sum, log, cross, cross);
        }

        TensorPrimitives.Add(even, odd, sum);
        TensorPrimitives.Multiply(sum, -0.5f, sum);
        TensorPrimitives.Max(sum, 0f, sum);
        TensorPrimitives.Min(sum, 1f, sum);
        sum[..count].CopyTo(divergences);
    }

    static void AddPair(Pairing pairing, ReadOnlySpan<float> p, ReadOnlySpan<float> q, int start, Span<float> sum)
    {
        if (pairing == Pairing.Matched)
            TensorPrimitives.Add(q.Slice(start, sum.Length), p.Slice(start, sum.Length), sum);
        else
            TensorPrimitives.Add(q.Slice(start, sum.Length), p[0], sum);
    }
}
