using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Engine;

/// <summary>What the model gave one prompt's labels.</summary>
/// <param name="Key">The caller's name for the prompt.</param>
/// <param name="LogProbabilities">Per label the natural log of its next-token probability under the full vocabulary.</param>
/// <param name="Probabilities">The same renormalised over the labels; sums to 1.</param>
/// <param name="LabelMass">The probability of all labels together, 0 to 1; the rest is off the menu.</param>
/// <param name="Tokens">The prompt's length in tokens.</param>
/// <param name="ForcedBoundary">See <see cref="TokenizedPrompt.ForcedBoundary"/>.</param>
public sealed record PromptScore(int Key, double[] LogProbabilities, double[] Probabilities, double LabelMass, int Tokens, bool ForcedBoundary)
{
    /// <summary>Reads the labels from the logits of a prompt's last token.</summary>
    internal static PromptScore Read(TokenizedPrompt prompt, ReadOnlySpan<float> logits)
    {
        var total = LogSumExp.Of(logits);
        if (!double.IsFinite(total))
            throw new EngineException(EngineError.Decode, $"The model's logits for prompt {prompt.Key} are no numbers; the file may be damaged.");
        var logProbabilities = new double[prompt.LabelTokens.Length];
        for (var i = 0; i < logProbabilities.Length; i++)
            logProbabilities[i] = LogSumExp.OfSet(logits, prompt.LabelTokens[i]) - total;
        var mass = LogSumExp.OfDoubles(logProbabilities);
        if (!double.IsFinite(mass))
            throw new EngineException(EngineError.Decode, $"The model gives no label of prompt {prompt.Key} any probability; the file may be damaged.");
        var probabilities = new double[logProbabilities.Length];
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = Math.Exp(logProbabilities[i] - mass);
        return new(prompt.Key, logProbabilities, probabilities, Math.Min(1, Math.Exp(mass)), prompt.Tokens.Length, prompt.ForcedBoundary);
    }
}
