using System.Text.Json.Serialization;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Engine.Reading;

/// <summary>What the model gave one prompt's labels, or the texts of its options.</summary>
/// <param name="Key">The caller's name for the prompt.</param>
/// <param name="LogProbabilities">Per label the natural log of its next-token probability under the full vocabulary; of a text, the sum
/// over its tokens.</param>
/// <param name="Probabilities">The same renormalised over the labels; sums to 1.</param>
/// <param name="LabelMass">The probability of all labels or texts together, 0 to 1; the rest is off the menu.</param>
/// <param name="Tokens">The prompt's length in tokens.</param>
/// <param name="ForcedBoundary">See <see cref="TokenizedPrompt.ForcedBoundary"/>.</param>
public sealed record PromptScore(int Key, double[] LogProbabilities, double[] Probabilities, double LabelMass, int Tokens,
    bool ForcedBoundary)
{
    // The log-probability of long texts may be some thousands below 0. Far below that the differences between options drown in rounding.
    const double LeastMass = -1e8;

    /// <summary>
    /// Why there are no numbers, in a clause: the model gave none, or none that says anything. There are then no log-probabilities and no
    /// probabilities. Null for a score.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>What else is known of the texts; null where labels of one token were read.</summary>
    public TextFacts? Texts { get; init; }

    /// <summary>What of it is only a bound, where a server shows no more; null where all is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreBounds? Bounds { get; init; }

    /// <summary>What the model wrote, where it wrote: then there are no log-probabilities; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WrittenTexts? Written { get; init; }

    /// <summary>Tokens that would have been decoded had nothing been shared: the prompt's, or those of a prompt per text.</summary>
    public long UnsharedTokens { get; init; } = Tokens;

    /// <summary>The distribution over the options by another score of their texts; sums to 1.</summary>
    /// <exception cref="InvalidOperationException">No texts were read, or none after a domain prompt.</exception>
    public double[] ProbabilitiesBy(TextScore score)
    {
        if (score == TextScore.Sum)
            return Probabilities;
        var texts = Texts ?? throw new InvalidOperationException($"Prompt {Key} was read by its labels; there are no texts to score.");
        var scores = new double[LogProbabilities.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = score switch
            {
                TextScore.Mean => LogProbabilities[i] / texts.Tokens[i],
                TextScore.Bytes => LogProbabilities[i] / texts.Bytes[i],
                TextScore.Pmi => LogProbabilities[i] - (texts.DomainLogProbabilities
                    ?? throw new InvalidOperationException($"Prompt {Key} has no domain prompt."))[i],
                _ => throw new ArgumentOutOfRangeException(nameof(score), score, "no such score"),
            };
        }
        return Renormalised(scores, LogSumExp.OfDoubles(scores));
    }

    /// <summary>Reads the labels from the logits of a prompt's last token.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="logits">The logits.</param>
    /// <param name="total">The log of the sum of their exponentials.</param>
    internal static PromptScore Read(TokenizedPrompt prompt, ReadOnlySpan<float> logits, double total)
    {
        var logProbabilities = new double[prompt.LabelTokens.Length];
        for (var i = 0; i < logProbabilities.Length; i++)
            logProbabilities[i] = LogSumExp.OfSet(logits, prompt.LabelTokens[i]) - total;
        return Of(prompt, logProbabilities);
    }

    /// <summary>What the model wrote behind a prompt, in the place of a score.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="texts">The texts behind it, by their numbers.</param>
    public static PromptScore OfWritten(TokenizedPrompt prompt, IReadOnlyList<GeneratedText> texts) =>
        texts.Any(t => t.Finish == Finish.Broken) ? NoNumbers(prompt)
            : new(prompt.Key, [], [], double.NaN, prompt.Tokens.Length, ForcedBoundary: false)
            {
                Written = new(prompt.Text ?? "", texts),
                UnsharedTokens = texts.Sum(t => (long)prompt.Tokens.Length + t.Tokens),
            };

    /// <summary>Puts a score together from the log-probabilities of labels or texts.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="logProbabilities">By label, or by text.</param>
    public static PromptScore Of(TokenizedPrompt prompt, double[] logProbabilities)
    {
        var mass = LogSumExp.OfDoubles(logProbabilities);
        if (!(mass > LeastMass) || !double.IsFinite(mass))
            return None(prompt, "the model gives none of its options any probability; the model's file may be damaged");
        return new(prompt.Key, logProbabilities, Renormalised(logProbabilities, mass), Math.Min(1, Math.Exp(mass)), prompt.Tokens.Length,
            prompt.ForcedBoundary)
        {
            UnsharedTokens = prompt.UnsharedTokens,
        };
    }

    /// <summary>Puts a score together from the log-probabilities of a prompt's texts.</summary>
    /// <param name="prompt">A prompt with texts.</param>
    /// <param name="sums">Of each text the sum over its tokens, behind the prompt.</param>
    /// <param name="domain">The same behind the domain prompt; null where there is none.</param>
    public static PromptScore OfTexts(TokenizedPrompt prompt, double[] sums, double[]? domain)
    {
        var texts = prompt.Texts ?? throw new ArgumentException("it is read by labels of one token each", nameof(prompt));
        return texts.Numbers > 0 ? SaidNumbers.Score(prompt, sums)
            : Of(prompt, sums) with { Texts = new([.. texts.Tokens.Select(t => t.Length)], texts.Bytes, domain) };
    }

    /// <summary>What there is of a prompt behind which the model's logits are no numbers.</summary>
    internal static PromptScore NoNumbers(TokenizedPrompt prompt) =>
        None(prompt, "the model's logits behind its prompt are no numbers; the model's file may be damaged");

    /// <summary>What there is of a prompt without a score.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="problem">Why, in a clause.</param>
    public static PromptScore None(TokenizedPrompt prompt, string problem) =>
        new(prompt.Key, [], [], 0, prompt.Tokens.Length, prompt.ForcedBoundary)
        {
            UnsharedTokens = prompt.UnsharedTokens,
            Problem = problem,
        };

    static double[] Renormalised(double[] scores, double total)
    {
        var probabilities = new double[scores.Length];
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = Math.Exp(scores[i] - total);
        return probabilities;
    }
}
