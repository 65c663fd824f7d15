using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Reading;

/// <summary>
/// Turns the probabilities of numerals behind each option's opening into a distribution over the options: of each the expected number,
/// divided by their sum.
/// </summary>
/// <remarks>
/// "1" begins "10", and "10" begins "100". What a numeral holds for itself is its probability less that of the longer numerals that it
/// begins, so the numbers exclude each other without anything having to be read behind them.
/// </remarks>
static class SaidNumbers
{
    /// <param name="prompt">A prompt of <see cref="SaidNumberReader"/>.</param>
    /// <param name="sums">Of each of its texts the log-probability.</param>
    public static PromptScore Score(TokenizedPrompt prompt, double[] sums)
    {
        var texts = prompt.Texts!;
        var each = texts.Numbers + 1;
        var options = texts.Tokens.Length / each;
        var (shares, mass) = (new double[options], 0.0);
        for (var option = 0; option < options; option++)
        {
            var numerals = texts.Tokens.AsSpan(option * each + 1, texts.Numbers);
            var own = Own(numerals, sums.AsSpan(option * each + 1, texts.Numbers), sums[option * each]);
            var (all, weighted) = (0.0, 0.0);
            for (var n = 0; n < own.Length; n++)
                (all, weighted) = (all + own[n], weighted + n * own[n]);
            if (!(all > 0) || !double.IsFinite(all))
                return PromptScore.None(prompt, "the model gives no number behind its options any probability; its file may be damaged");
            shares[option] = weighted / all / (texts.Numbers - 1);
            mass += all / options;
        }
        var sum = shares.Sum();
        return new(prompt.Key, [.. shares.Select(s => Math.Log(s))], [.. shares.Select(s => s / sum)], Math.Min(1, mass),
            prompt.Tokens.Length, prompt.ForcedBoundary)
        {
            UnsharedTokens = prompt.UnsharedTokens,
        };
    }

    /// <summary>The probability of each numeral, and of no longer one, behind the opening.</summary>
    static double[] Own(ReadOnlySpan<int[]> numerals, ReadOnlySpan<double> sums, double opening)
    {
        var own = new double[numerals.Length];
        for (var n = 0; n < own.Length; n++)
            own[n] = Math.Exp(sums[n] - opening);
        var begun = (double[])own.Clone();
        for (var n = 0; n < own.Length; n++)
        {
            if (LongestWithin(numerals, n) is { } shorter)
                own[shorter] -= begun[n];
        }
        for (var n = 0; n < own.Length; n++)
            own[n] = Math.Max(0, own[n]);
        return own;
    }

    /// <summary>The longest of the others that a numeral begins with.</summary>
    static int? LongestWithin(ReadOnlySpan<int[]> numerals, int n)
    {
        int? longest = null;
        for (var other = 0; other < numerals.Length; other++)
        {
            if (numerals[other].Length < numerals[n].Length && numerals[n].AsSpan().StartsWith(numerals[other])
                && (longest is not { } found || numerals[other].Length > numerals[found].Length))
                longest = other;
        }
        return longest;
    }
}
