using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// The world without a country: the mean of the other countries' distributions, each with the same weight. In bits, by place among a
/// question's distributions; NaN where no other country was asked.
/// </summary>
/// <param name="Mean">Similarity of a country's people to that mean.</param>
/// <param name="Majority">Similarity to an answerer who is sure of its largest share, the first of several.</param>
sealed record WorldMean(double[] Mean, double[] Majority)
{
    /// <param name="distributions">All distributions over a question's options.</param>
    /// <param name="isOther">Whether the second place is another country than the first.</param>
    public static WorldMean Of(double[][] distributions, Func<int, int, bool> isOther)
    {
        var world = new WorldMean(new double[distributions.Length], new double[distributions.Length]);
        var (mean, majority) = (new double[distributions[0].Length], new double[distributions[0].Length]);
        for (var one = 0; one < distributions.Length; one++)
        {
            mean.AsSpan().Clear();
            var others = 0;
            for (var other = 0; other < distributions.Length; other++)
            {
                if (!isOther(one, other))
                    continue;
                others++;
                for (var option = 0; option < mean.Length; option++)
                    mean[option] += distributions[other][option];
            }

            if (others == 0)
            {
                (world.Mean[one], world.Majority[one]) = (double.NaN, double.NaN);
                continue;
            }

            // The kernels' pairs need no normalising; a sum of shares is as good as their mean.
            majority.AsSpan().Clear();
            majority[Array.IndexOf(mean, mean.Max())] = 1;
            (world.Mean[one], world.Majority[one]) = (To(mean, distributions[one]), To(majority, distributions[one]));
        }

        return world;
    }

    static double To(double[] one, double[] other) => Similarity.Bits(Math.Max(0, ScalarOracle.DivergenceBits(one, other)));
}
