namespace LocalOpinions.Scoring.Simd;

/// <summary>The answerer who finds every option equally likely.</summary>
public static class UniformAnswerer
{
    /// <summary>Its Jensen-Shannon divergence from each of some distributions, in bits, 0 to 1, by the kernel that scores models.</summary>
    /// <param name="options">Options of the question.</param>
    /// <param name="distributions">One share per option, summing to 1.</param>
    public static double[] DivergencesBits(int options, IReadOnlyList<double[]> distributions)
    {
        double[] uniform = [.. Enumerable.Repeat(1.0 / options, options)];
        // The kernel takes what can be asked; other questions may be stored.
        if (!DistributionBlock.CanHold(options))
            return [.. distributions.Select(d => ScalarOracle.DivergenceBits(uniform, d))];
        var block = DistributionBlock.Create(options, distributions.Count);
        foreach (var distribution in distributions)
            block.Add(distribution);
        var divergences = new double[distributions.Count];
        JensenShannon.OneToMany(uniform, block, divergences);
        return divergences;
    }
}
