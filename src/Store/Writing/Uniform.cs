using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Writing;

/// <summary>The answerer who finds every option equally likely.</summary>
static class Uniform
{
    // What DistributionBlock holds; a question outside is never asked, but may be stored.
    const int FewestOptions = 2, MostOptions = 26;

    /// <summary>Its Jensen-Shannon divergence from each distribution, in bits, by the kernel that scores models.</summary>
    public static double[] JsBits(int options, IReadOnlyList<HumanRow> humans)
    {
        var uniform = Enumerable.Repeat(1.0 / options, options).ToArray();
        var divergences = new double[humans.Count];
        if (options is < FewestOptions or > MostOptions)
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
