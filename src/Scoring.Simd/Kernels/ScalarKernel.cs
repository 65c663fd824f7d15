namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>One pair at a time. What the fused kernels compute, to the last bit.</summary>
sealed class ScalarKernel : Kernel
{
    public override string Name => "scalar";

    public override void Divergences(Pairing pairing, BlockRows p, BlockRows q, Span<float> divergences)
    {
        for (var i = 0; i < divergences.Length; i++)
            divergences[i] = Divergence(p, pairing == Pairing.Matched ? i : 0, q, i);
    }

    static float Divergence(in BlockRows p, int i, in BlockRows q, int j)
    {
        var even = (p.SelfTerms[i] + q.SelfTerms[j]) * -0.5f;
        var odd = even;
        for (var k = 0; k < q.Options; k++)
        {
            var s = p.Shares[k * p.Stride + i] + q.Shares[k * q.Stride + j];
            ref var cross = ref (k % 2 == 0 ? ref even : ref odd);
            cross = MathF.FusedMultiplyAdd(s, Log2.Of(s), cross);
        }
        return MathF.Min(MathF.Max((even + odd) * -0.5f, 0), 1);
    }
}
