namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// How much of a question's answers goes by the place of an option, and not by the option (Dominguez-Olmedo, Hardt and Mendler-Dünner,
/// "Questioning the Survey Responses of Large Language Models", arXiv 2306.07951).
/// </summary>
/// <remarks>
/// Orders in which each option stands at each place equally often (all rotations, all orders) take the opinion out; a random sample of
/// orders does so on average over questions. From the survey's own order alone these numbers cannot tell an opinion from a preference for a
/// place.
/// </remarks>
public static class PositionBias
{
    /// <summary>The mean over orders of the probability at each place, less 1 / K. The first is the question's A-bias.</summary>
    /// <param name="probs">One probability for each place, order by order: orders × K.</param>
    /// <param name="options">K, the number of options.</param>
    /// <param name="bias">Receives K values, each from −1 / K to 1 − 1 / K; they sum to 0.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public static void OfQuestion(ReadOnlySpan<double> probs, int options, Span<double> bias)
    {
        var mean = Mean(probs, options, bias.Length);
        for (var place = 0; place < options; place++)
            bias[place] = mean[place] - 1.0 / options;
    }

    /// <summary>
    /// The mean over orders of the total variation distance between the answer in one order and the mean over all: the share of probability
    /// that changes options when the order changes.
    /// </summary>
    /// <param name="probs">One probability for each option, in the survey's order of options, for each order asked: orders × K.</param>
    /// <param name="options">K, the number of options.</param>
    /// <returns>0 (the order does not matter) to 1 − 1 / orders.</returns>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public static double OrderSpread(ReadOnlySpan<double> probs, int options)
    {
        var mean = Mean(probs, options, options);
        var spread = 0.0;
        for (var i = 0; i < probs.Length; i++)
            spread += Math.Abs(probs[i] - mean[i % options]) / 2;
        return spread / (probs.Length / options);
    }

    /// <summary>The mean over orders of each place, which may be an option's or a label's.</summary>
    static ReadOnlySpan<double> Mean(ReadOnlySpan<double> probs, int options, int room)
    {
        if (options < 1 || probs.Length < options || probs.Length % options != 0 || room != options)
            throw new ArgumentException(
                $"{probs.Length} probabilities are not those of one or more orders of {options} options, with room for {room}.");
        int[] places = [.. Enumerable.Range(0, options)];
        var mean = new OrderMean();
        for (var start = 0; start < probs.Length; start += options)
            mean.Add(places, probs.Slice(start, options));
        return mean.Mean();
    }
}
