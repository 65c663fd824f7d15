namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// How far the answers to one question differ from each other: those of a model asked for several countries, or those of these countries'
/// people. A model whose answers lie closer together than the people's flattens their differences (after arXiv 2502.07068).
/// </summary>
public static class Homogeneity
{
    /// <summary>The mean over all pairs of the Jensen-Shannon distance, √JSD in bits.</summary>
    /// <param name="answers">The distributions, one per country; at most 65,536.</param>
    /// <returns>0 (all alike) to 1 (all disjoint); NaN for fewer than two.</returns>
    public static double MeanDistance(DistributionBlock answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var divergences = new double[JensenShannon.PairCount(answers.Count)];
        JensenShannon.Pairwise(answers, divergences);
        var sum = 0.0;
        foreach (var divergence in divergences)
            sum += Math.Sqrt(divergence);
        return sum / divergences.Length;
    }
}
