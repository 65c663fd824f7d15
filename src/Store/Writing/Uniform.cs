using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Writing;

/// <summary>The answerer who finds every option equally likely.</summary>
static class Uniform
{
    /// <summary>Its Jensen-Shannon divergence from each distribution, in bits, by the kernel that scores models.</summary>
    public static double[] JsBits(int options, IReadOnlyList<HumanRow> humans)
    {
        var uniform = Enumerable.Repeat(1.0 / options, options).ToArray();
        var divergences = new double[humans.Count];
        // Such a question is never asked, but may be stored.
        if (options is < DistributionBlock.FewestOptions or > DistributionBlock.MostOptions)
        {
            for (var i = 0; i < divergences.Length; i++)
                divergences[i] = ScalarOracle.DivergenceBits(uniform, humans[i].Probabilities);
            return divergences;
        }

        var block = DistributionBlock.Create(options, humans.Count);
        foreach (var human in humans)
            block.Add(human.Probabilities);
        JensenShannon.OneToMany(uniform, block, divergences);
        return divergences;
    }
}
