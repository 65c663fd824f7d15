using System.Text;
using LocalOpinions.Common;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>
/// Typing mistakes: at a stated rate a letter within a word is left out or exchanged with the next. They depend on the question's row, its
/// text and the rate alone.
/// </summary>
static class Typos
{
    const ulong Seed = 20230628;

    /// <param name="text">A text.</param>
    /// <param name="rate">The probability of a mistake at a letter that is not the first of its word.</param>
    /// <param name="row">The question's row in its file.</param>
    public static string In(string text, double rate, ulong row)
    {
        // The rows of a survey follow each other, and their streams must not: the first number of each is the seed of its own.
        var random = new SplitMix64(new SplitMix64(Seed + row).Next());
        var typed = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsInside(text, i) || random.Below(Parts) >= rate * Parts)
                typed.Append(text[i]);
            else if (IsInside(text, i + 1) && random.Below(2) == 0)
                typed.Append(text[i + 1]).Append(text[i++]);
        }
        return typed.ToString();
    }

    const int Parts = 1_000_000;

    // A letter with another before it. Marks belong to their letter, and surrogates to each other: neither is touched.
    static bool IsInside(string text, int i) => i > 0 && i < text.Length && char.IsLetter(text[i]) && char.IsLetter(text[i - 1])
        && !(i + 1 < text.Length && char.GetUnicodeCategory(text[i + 1]) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark);
}
