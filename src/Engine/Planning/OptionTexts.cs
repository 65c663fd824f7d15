namespace LocalOpinions.Engine.Planning;

/// <summary>
/// Whole texts whose probability after a prompt is read, token by token: the options themselves, or labels that one token cannot spell.
/// </summary>
/// <param name="Tokens">Per option the tokens of its text at the prompt's end; none empty.</param>
/// <param name="Bytes">Per option the UTF-8 bytes of its text.</param>
/// <param name="Domain">The tokens of a prompt that asks nothing in particular and ends as the prompt does, after which the same texts are
/// read too: what they owe to their wording alone (arXiv 2104.08315). Empty where that is not wanted.</param>
public sealed record OptionTexts(int[][] Tokens, int[] Bytes, int[] Domain)
{
    /// <summary>
    /// Where numbers are read behind options, how many: the texts are then, option by option, its opening alone and the opening with each
    /// numeral from 0 on. 0 where texts are the options themselves.
    /// </summary>
    public int Numbers { get; init; }
}
