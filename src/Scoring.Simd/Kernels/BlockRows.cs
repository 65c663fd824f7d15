namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>
/// Consecutive rows of a block as a kernel sees them: the share of option k of row i is Shares[k * Stride + i]. At least
/// <see cref="DistributionBlock.Padding"/> floats may be read behind the last row of each option.
/// </summary>
readonly ref struct BlockRows(
    ReadOnlySpan<float> shares, int stride, int options, ReadOnlySpan<float> selfTerms, ReadOnlySpan<double> exactSelfTerms)
{
    public readonly ReadOnlySpan<float> Shares = shares;
    public readonly ReadOnlySpan<float> SelfTerms = selfTerms;
    public readonly ReadOnlySpan<double> ExactSelfTerms = exactSelfTerms;
    public readonly int Stride = stride;
    public readonly int Options = options;

    /// <summary>The same rows without the first ones.</summary>
    public BlockRows From(int row) =>
        new(Shares[row..], Stride, Options, SelfTerms[row..], ExactSelfTerms[row..]);
}
