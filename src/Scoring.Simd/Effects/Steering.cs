namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// What naming a country does to a model's similarities, question by question, so that <see cref="Resampling.Bootstrap"/> can take each
/// number as a column.
/// </summary>
/// <remarks>
/// Tables are question by question: one similarity for each country, NaN where the country lacks the question or the model has no answer.
/// Several columns may belong to the named country (a country with two labels); where a question has more than one of them, their mean
/// counts.
/// </remarks>
public static class Steering
{
    /// <summary>
    /// By how much a named country's similarity changes from the default to the prompt that names it, beside the same change for all others
    /// (steerability: Santurkar et al., "Whose Opinions Do Language Models Reflect?", arXiv 2303.17548).
    /// </summary>
    /// <param name="named">Similarities of the answers to prompts that name the country: questions × countries.</param>
    /// <param name="standard">Similarities of the answers to the default prompts, of the same shape.</param>
    /// <param name="isNamed">For each country, whether it is the one that is named.</param>
    /// <param name="own">Receives the change for the named country, one value per question; NaN where it has none.</param>
    /// <param name="others">Receives the mean change over the other countries; NaN where there is none.</param>
    /// <param name="excess">Receives own − others: above 0 where naming the country moves the model to it more than to others.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public static void Change(
        ReadOnlySpan<double> named, ReadOnlySpan<double> standard, ReadOnlySpan<bool> isNamed, Span<double> own, Span<double> others,
        Span<double> excess)
    {
        var countries = isNamed.Length;
        if (named.Length != standard.Length || named.Length != (long)own.Length * countries || others.Length != own.Length
            || excess.Length != own.Length)
            throw new ArgumentException(
                $"{named.Length} and {standard.Length} similarities for {countries} countries do not fit {own.Length}, {others.Length} "
                    + $"and {excess.Length} questions.");
        for (var question = 0; question < own.Length; question++)
        {
            Average toOwn = default, toOthers = default;
            for (var country = 0; country < countries; country++)
            {
                var change = named[question * countries + country] - standard[question * countries + country];
                if (isNamed[country])
                    toOwn.Add(change);
                else
                    toOthers.Add(change);
            }
            own[question] = toOwn.Value;
            others[question] = toOthers.Value;
            excess[question] = own[question] - others[question];
        }
    }

    /// <summary>
    /// The wrong-country difference D_c = S(m, c | c) − mean over c' of S(m, c | c'): how much nearer to a country's people the model
    /// answers when their own country is named than when another is (after arXiv 2502.07068). A model that only hears that some country is
    /// named has 0.
    /// </summary>
    /// <param name="right">Similarity to the country under the prompt that names it, one per question.</param>
    /// <param name="wrong">The same under each prompt that names another country: prompts × questions, prompt by prompt.</param>
    /// <param name="difference">Receives one value per question; NaN where the country, or every other prompt's answer, is absent.</param>
    /// <exception cref="ArgumentException">The shapes disagree, or there is no other prompt.</exception>
    public static void WrongCountry(ReadOnlySpan<double> right, ReadOnlySpan<double> wrong, Span<double> difference)
    {
        var questions = right.Length;
        if (difference.Length != questions || wrong.Length == 0 || questions == 0 || wrong.Length % questions != 0)
            throw new ArgumentException(
                $"{wrong.Length} similarities under other prompts do not fit {questions} questions and room for {difference.Length}.");
        for (var question = 0; question < questions; question++)
        {
            Average mean = default;
            for (var i = question; i < wrong.Length; i += questions)
                mean.Add(wrong[i]);
            difference[question] = right[question] - mean.Value;
        }
    }

    struct Average
    {
        double _sum;
        int _count;

        public readonly double Value => _sum / _count; // NaN for none

        public void Add(double value)
        {
            if (double.IsNaN(value))
                return;
            _sum += value;
            _count++;
        }
    }
}
