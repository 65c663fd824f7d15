namespace LocalOpinions.Engine.Planning;

/// <summary>A prompt ready to decode.</summary>
/// <param name="Key">The caller's name for it; comes back with the score.</param>
/// <param name="Tokens">Its token ids.</param>
/// <param name="LabelTokens">For each label the ids of the tokens it can begin with, disjoint between labels, none empty.</param>
/// <param name="ForcedBoundary">Whether this vocabulary would rather write prompt and label otherwise, as by merging the prompt's end with
/// the label. The prompt's own tokens are kept then, and the label is read where the text says it begins.</param>
public sealed record TokenizedPrompt(int Key, int[] Tokens, int[][] LabelTokens, bool ForcedBoundary)
{
    /// <summary>The texts that are read behind it in place of labels; null where the next token is the answer.</summary>
    public OptionTexts? Texts { get; init; }

    /// <summary>The prompt as text, where that is kept beside what is written behind it; null otherwise.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The most tokens that are decoded one behind the other: the prompt's, or those of it and its longest text but the last.
    /// </summary>
    public int LongestPath => Tokens.Length + (Texts is { } texts ? texts.Tokens.Max(t => t.Length) - 1 : 0);

    /// <summary>
    /// What would be decoded if each of its texts had a prompt of its own; where numbers are read, each option, up to its number.
    /// </summary>
    public long UnsharedTokens => Texts is { Numbers: > 0 and var numbers } said
        ? said.Tokens.Where((_, i) => i % (numbers + 1) == 0).Sum(opening => (long)Tokens.Length + opening.Length)
        : Texts is { } texts
        ? texts.Tokens.Sum(t => t.Length - 1 + Tokens.Length + (texts.Domain.Length > 0 ? t.Length - 1 + texts.Domain.Length : 0L))
        : Tokens.Length;
}
