using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LocalOpinions.Scoring.Simd;

/// <summary>One option of many pairs at a time, with the vector functions of the library and its logarithm.</summary>
sealed class TensorKernel : Kernel
{
    public const string VariantName = "tensor";

    /// <summary>Pairs per step: the three buffers (6 KB) stay in the first-level cache.</summary>
    const int BlockLength = 512;

    /// <summary>Below every s = p + q that matters: it replaces 0 as the logarithm's argument, so that 0 log 0 is 0.</summary>
    const float LogFloor = 1e-37f;

    public override string Name => VariantName;

    public override void Divergences(Pairing pairing, Rows p, Rows q, Span<float> divergences)
    {
        for (var start = 0; start < divergences.Length; start += BlockLength)
            Block(pairing, p, q, start, divergences[start..]);
    }

    // Whole vectors only: a shorter span takes a scalar path, whose logarithm differs in the last bit, and the result
    // would depend on its place.
    [SkipLocalsInit]
    static void Block(Pairing pairing, in Rows p, in Rows q, int start, Span<float> divergences)
    {
        var count = Math.Min(BlockLength, divergences.Length);
        var length = DistributionBlock.PaddedLength(count);
        Span<float> sum = stackalloc float[BlockLength];
        Span<float> log = stackalloc float[BlockLength];
        Span<float> cross = stackalloc float[BlockLength];
        sum = sum[..length];
        log = log[..length];
        cross = cross[..length];

        cross.Clear();
        for (var k = 0; k < q.Options; k++)
        {
            var right = q.Shares.Slice(k * q.Stride + start, length);
            if (pairing == Pairing.Matched)
                TensorPrimitives.Add(right, p.Shares.Slice(k * p.Stride + start, length), sum);
            else
                TensorPrimitives.Add(right, p.Shares[k * p.Stride], sum);
            TensorPrimitives.Max(sum, LogFloor, log);
            TensorPrimitives.Log2(log, log);
            TensorPrimitives.MultiplyAdd(sum, log, cross, cross);
        }

        var terms = q.SelfTerms.Slice(start, length);
        if (pairing == Pairing.Matched)
            TensorPrimitives.Add(terms, p.SelfTerms.Slice(start, length), sum);
        else
            TensorPrimitives.Add(terms, p.SelfTerms[0], sum);
        TensorPrimitives.Subtract(sum, cross, cross);
        TensorPrimitives.Multiply(cross, 0.5f, cross);
        TensorPrimitives.Max(cross, 0f, cross);
        TensorPrimitives.Min(cross, 1f, cross);
        cross[..count].CopyTo(divergences);
    }
}
