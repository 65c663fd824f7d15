namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// PriDe (Zheng, Zhou, Meng, Zhou and Huang, "Large Language Models Are Not Robust Multiple Choice Selectors", arXiv 2309.03882): a model's
/// preference for labels, estimated on a few questions asked in all rotations and divided out of the others, which are asked once.
/// </summary>
/// <remarks>
/// It assumes that the probability of a label is proportional to a prior of the label times the model's probability of the option behind
/// it, with one prior for all questions of K options. Where that holds it gives what the full average over rotations aims at, at a part of
/// the cost.
/// </remarks>
public static class LabelPrior
{
    /// <summary>
    /// One question's prior: softmax over labels of the mean over rotations of the label's log-probability. Over all rotations every option
    /// adds the same to every label, so that only the prior is left.
    /// </summary>
    /// <param name="logProbs">Log-probabilities of the labels, rotation by rotation: K × K. A constant per rotation does not
    /// matter.</param>
    /// <param name="options">K, the number of options, and of rotations.</param>
    /// <param name="prior">Receives K probabilities that sum to 1.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or a log-probability is not finite.</exception>
    public static void OfQuestion(ReadOnlySpan<double> logProbs, int options, Span<double> prior)
    {
        if (options < 1 || logProbs.Length != (long)options * options || prior.Length != options)
            throw new ArgumentException(
                $"{logProbs.Length} log-probabilities are not those of all rotations of {options} options, with room for {prior.Length}.");
        prior.Clear();
        for (var i = 0; i < logProbs.Length; i++)
        {
            if (!double.IsFinite(logProbs[i]))
                throw new ArgumentException($"A log-probability must be finite; one is {logProbs[i]}.");
            prior[i % options] += logProbs[i] / options;
        }
        var largest = double.NegativeInfinity;
        foreach (var mean in prior)
            largest = Math.Max(largest, mean);
        var sum = 0.0;
        foreach (ref var mean in prior)
            sum += mean = Math.Exp(mean - largest);
        foreach (ref var mean in prior)
            mean /= sum;
    }

    /// <summary>The prior of several questions of K options: the mean of theirs.</summary>
    /// <param name="priors">Priors, one after the other.</param>
    /// <param name="options">K.</param>
    /// <param name="mean">Receives K probabilities that sum to 1.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or there is no prior.</exception>
    public static void Mean(ReadOnlySpan<double> priors, int options, Span<double> mean)
    {
        if (options < 1 || priors.Length == 0 || priors.Length % options != 0 || mean.Length != options)
            throw new ArgumentException(
                $"{priors.Length} probabilities are not one or more priors over {options} labels, with room for {mean.Length}.");
        mean.Clear();
        for (var i = 0; i < priors.Length; i++)
            mean[i % options] += priors[i] * options / priors.Length;
    }

    /// <summary>Divides a prior out of an answer and normalises.</summary>
    /// <param name="probs">The labels' probabilities in one order.</param>
    /// <param name="prior">The labels' prior, each positive.</param>
    /// <param name="corrected">Receives as many probabilities that sum to 1; may be the same memory as <paramref name="probs"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, a prior is not positive, or nothing is left.</exception>
    public static void DivideOut(ReadOnlySpan<double> probs, ReadOnlySpan<double> prior, Span<double> corrected)
    {
        if (prior.Length != probs.Length || corrected.Length != probs.Length)
            throw new ArgumentException($"There are {probs.Length} probabilities, {prior.Length} priors, and room for {corrected.Length}.");
        var sum = 0.0;
        for (var label = 0; label < probs.Length; label++)
        {
            if (!(prior[label] > 0))
                throw new ArgumentException($"A label's prior must be positive; one is {prior[label]}.");
            sum += corrected[label] = probs[label] / prior[label];
        }
        if (!(sum > 0) || !double.IsFinite(sum))
            throw new ArgumentException($"The probabilities divided by their prior must have a positive, finite sum; it is {sum}.");
        foreach (ref var probability in corrected)
            probability /= sum;
    }
}
