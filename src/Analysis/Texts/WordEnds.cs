using System.Text;

namespace LocalOpinions.Analysis.Texts;

/// <summary>Tells whether a part of a text is words of its own. Scripts that are written without blanks have no ends of words.</summary>
static class WordEnds
{
    /// <summary>Whether no word goes on over either end of a part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="to">Behind it; it is not empty.</param>
    public static bool StandAround(string text, int from, int to) =>
        !(from > 0 && IsOneWord(text[from - 1], text[from])) && !(to < text.Length && IsOneWord(text[to - 1], text[to]));

    static bool IsOneWord(char left, char right) => IsOfWord(left) && IsOfWord(right);

    static bool IsOfWord(char c) => char.IsLetterOrDigit(c) && !Words.IsUnspaced(new Rune(c));
}
