namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// Answers brought to one sharpness, so that what is left between them is not that one puts more on its favourite than the other: a
/// distribution to a power, p^e / Σ p^e, is what a temperature of 1 / e makes of it.
/// </summary>
public static class Sharpness
{
    const double LeastExponent = 1.0 / 64, MostExponent = 64;
    const int Halvings = 60;

    /// <summary>The mean entropy of answers, each over that of the uniform answer to its question: 0 (certain) to 1 (uniform).</summary>
    /// <param name="answers">One or more distributions, each over two options or more and summing to 1.</param>
    public static double MeanEntropy(IReadOnlyList<double[]> answers) => MeanEntropy(answers, 1);

    /// <summary>The exponent that gives answers a mean entropy, from 1/64 to 64: the nearest to it where none in this range does.</summary>
    /// <param name="answers">One or more distributions, each over two options or more and summing to 1.</param>
    /// <param name="entropy">0 to 1, as of <see cref="MeanEntropy(IReadOnlyList{double[]})"/>.</param>
    public static double ExponentFor(IReadOnlyList<double[]> answers, double entropy)
    {
        // The entropy falls as the exponent grows: halving finds it, on the scale of logarithms.
        double low = Math.Log(LeastExponent), high = Math.Log(MostExponent);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (MeanEntropy(answers, Math.Exp(middle)) > entropy)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>The distribution to a power.</summary>
    /// <param name="answer">Sums to 1.</param>
    /// <param name="exponent">Above 0; 1 changes nothing.</param>
    public static double[] Temper(ReadOnlySpan<double> answer, double exponent)
    {
        var tempered = new double[answer.Length];
        Temper(answer, exponent, tempered);
        return tempered;
    }

    static double MeanEntropy(IReadOnlyList<double[]> answers, double exponent)
    {
        Span<double> tempered = new double[answers.Max(a => a.Length)];
        var sum = 0.0;
        foreach (var answer in answers)
        {
            var here = tempered[..answer.Length];
            Temper(answer, exponent, here);
            var entropy = 0.0;
            foreach (var p in here)
                entropy -= p > 0 ? p * Math.Log(p) : 0;
            sum += entropy / Math.Log(answer.Length);
        }

        return sum / answers.Count;
    }

    static void Temper(ReadOnlySpan<double> answer, double exponent, Span<double> tempered)
    {
        // Against the largest: no power overflows, and not all of them vanish.
        double largest = 0, sum = 0;
        foreach (var p in answer)
            largest = Math.Max(largest, p);
        for (var i = 0; i < answer.Length; i++)
            sum += tempered[i] = answer[i] > 0 ? Math.Exp(exponent * Math.Log(answer[i] / largest)) : 0;
        for (var i = 0; i < answer.Length; i++)
            tempered[i] /= sum;
    }
}
