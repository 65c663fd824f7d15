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
        var orders = Orders(probs.Length, options, bias.Length);
        bias.Clear();
        for (var i = 0; i < probs.Length; i++)
            bias[i % options] += probs[i];
        for (var place = 0; place < options; place++)
            bias[place] = bias[place] / orders - 1.0 / options;
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
        var orders = Orders(probs.Length, options, options);
        var mean = new double[options];
        for (var i = 0; i < probs.Length; i++)
            mean[i % options] += probs[i] / orders;
        var spread = 0.0;
        for (var i = 0; i < probs.Length; i++)
            spread += Math.Abs(probs[i] - mean[i % options]) / 2;
        return spread / orders;
    }

    static int Orders(int length, int options, int room) => options >= 1 && length >= options && length % options == 0 && room == options
        ? length / options
        : throw new ArgumentException(
            $"{length} probabilities are not those of one or more orders of {options} options, with room for {room}.");
}
