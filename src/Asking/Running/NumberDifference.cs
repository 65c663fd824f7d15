using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Running;

/// <summary>How far numbers lie apart: the mean and the largest absolute difference of pairs.</summary>
struct NumberDifference
{
    double _sum;

    public long Count { get; private set; }

    public double Largest { get; private set; }

    public readonly double Mean => Count > 0 ? _sum / Count : 0;

    public void Add(double a, double b)
    {
        _sum += Math.Abs(a - b);
        Largest = Math.Max(Largest, Math.Abs(a - b));
        Count++;
    }

    public void Add(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (var i = 0; i < a.Length; i++)
            Add(a[i], b[i]);
    }
}

/// <summary>How far two ways of computing the same answers lie apart.</summary>
sealed class AnswerDifference
{
    public NumberDifference Probability, LogProbability, Similarity;

    /// <summary>Compares one prompt's answer; all by position, the people's distributions too.</summary>
    public void Add(ReadOnlySpan<double> logs, ReadOnlySpan<double> probs, ReadOnlySpan<double> otherLogs, ReadOnlySpan<double> otherProbs,
        IReadOnlyList<double[]> humans)
    {
        Probability.Add(probs, otherProbs);
        LogProbability.Add(logs, otherLogs);
        Similarity.Add(Similarities(probs, humans), Similarities(otherProbs, humans));
    }

    /// <summary>As it is stored.</summary>
    /// <param name="prompts">How many were compared.</param>
    public NoiseFloorRow ToRow(int prompts) => new(
        prompts, Probability.Mean, Probability.Largest, LogProbability.Mean, LogProbability.Largest,
        Similarity.Count > 0 ? Similarity.Mean : null, Similarity.Count > 0 ? Similarity.Largest : null);

    /// <summary>1 - sqrt(JSD in bits) against each.</summary>
    public static double[] Similarities(ReadOnlySpan<double> probs, IReadOnlyList<double[]> humans)
    {
        if (humans.Count == 0)
            return [];
        var block = DistributionBlock.Create(probs.Length, humans.Count);
        foreach (var human in humans)
            block.Add(human);
        Span<double> js = new double[humans.Count];
        JensenShannon.OneToMany(probs, block, js);
        var similarities = new double[js.Length];
        for (var i = 0; i < js.Length; i++)
            similarities[i] = Scoring.Simd.Similarity.Bits(Math.Max(0, js[i]));
        return similarities;
    }
}
