using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Analysis.Scores;

/// <summary>The world without a country: the mean of the other countries' distributions, each with the same weight.</summary>
static class WorldMean
{
    /// <summary>Similarity in bits of one country's people to it.</summary>
    /// <param name="distributions">All distributions over a question's options.</param>
    /// <param name="one">The country's place among them.</param>
    /// <param name="isOther">Whether a place counts as another country.</param>
    public static double Similarity(double[][] distributions, int one, Func<int, bool> isOther)
    {
        Span<double> mean = stackalloc double[distributions[one].Length];
        Of(distributions, isOther, mean);
        return Scoring.Simd.Similarity.Bits(Math.Max(0, ScalarOracle.DivergenceBits(mean, distributions[one])));
    }

    /// <summary>The mean itself.</summary>
    /// <param name="distributions">All distributions over a question's options.</param>
    /// <param name="isOther">Whether a place counts; one of them must.</param>
    /// <param name="mean">One share per option.</param>
    public static void Of(double[][] distributions, Func<int, bool> isOther, Span<double> mean)
    {
        mean.Clear();
        var count = 0;
        for (var other = 0; other < distributions.Length; other++)
        {
            if (!isOther(other))
                continue;
            count++;
            for (var option = 0; option < mean.Length; option++)
                mean[option] += distributions[other][option];
        }

        for (var option = 0; option < mean.Length; option++)
            mean[option] /= count;
    }
}
