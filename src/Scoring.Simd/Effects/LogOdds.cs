namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// Which words set one group of texts apart from another: log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn,
/// "Fightin' Words", Political Analysis 16(4), 2008).
/// </summary>
public static class LogOdds
{
    /// <summary>Computes each word's log-odds ratio and its standard score.</summary>
    /// <param name="first">How often each word stands in the first group's texts, 0 or more.</param>
    /// <param name="second">The same for the second group, word by word.</param>
    /// <param name="prior">Pseudo-counts that each group gets besides, positive: large for words that are frequent everywhere, so that only
    /// a difference beyond what chance gives such words counts.</param>
    /// <param name="delta">Receives the log-odds ratios: above 0 for words of the first group.</param>
    /// <param name="z">Receives them divided by their standard deviations.</param>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a prior is not positive.</exception>
    public static void WithPrior(ReadOnlySpan<long> first, ReadOnlySpan<long> second, ReadOnlySpan<double> prior, Span<double> delta,
        Span<double> z)
    {
        var words = first.Length;
        if (second.Length != words || prior.Length != words || delta.Length != words || z.Length != words)
            throw new ArgumentException($"{words} and {second.Length} counts, {prior.Length} priors, and room for {delta.Length} and "
                + $"{z.Length}: all must be as many.");
        double totalFirst = 0, totalSecond = 0;
        for (var word = 0; word < words; word++)
        {
            if (first[word] < 0 || second[word] < 0 || !(prior[word] > 0) || !double.IsFinite(prior[word]))
                throw new ArgumentException(
                    $"Counts are 0 or more and priors positive; word {word} has {first[word]}, {second[word]} and {prior[word]}.");
            totalFirst += first[word] + prior[word];
            totalSecond += second[word] + prior[word];
        }
        for (var word = 0; word < words; word++)
        {
            double a = first[word] + prior[word], b = second[word] + prior[word];
            delta[word] = Math.Log(a / (totalFirst - a)) - Math.Log(b / (totalSecond - b));
            z[word] = delta[word] / Math.Sqrt(1 / a + 1 / b);
        }
    }

    /// <summary>An informative prior: the words' frequencies in all texts together, scaled to a number of pseudo-counts.</summary>
    /// <param name="background">How often each word stands in all texts, 1 or more.</param>
    /// <param name="size">The sum of the pseudo-counts, positive; the larger, the more a rare word needs to stand out.</param>
    /// <param name="prior">Receives the pseudo-counts.</param>
    /// <exception cref="ArgumentException">The lengths differ, a count is below 1, or the size is not positive.</exception>
    public static void Prior(ReadOnlySpan<long> background, double size, Span<double> prior)
    {
        if (prior.Length != background.Length || !(size > 0) || !double.IsFinite(size))
            throw new ArgumentException($"{background.Length} counts, room for {prior.Length}, and a size of {size}.");
        var total = 0.0;
        foreach (var count in background)
            total += count >= 1 ? count : throw new ArgumentException($"Each word must stand in the background; one count is {count}.");
        for (var word = 0; word < prior.Length; word++)
            prior[word] = size * background[word] / total;
    }
}
