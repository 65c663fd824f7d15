using System.Globalization;
using System.Text;

namespace LocalOpinions.Analysis.Texts;

/// <summary>
/// Takes texts apart into words: runs of letters and digits, in lower case; characters of scripts that set no blanks are words of two.
/// </summary>
static class Words
{
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        Rune? before = null;
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (IsUnspaced(rune))
            {
                if (word.Length > 0)
                    yield return Take(word);
                if (before is { } first)
                    yield return $"{first}{rune}";
                before = rune;
                continue;
            }
            before = null;
            // An apostrophe or hyphen inside a word belongs to it.
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark || word.Length > 0 && rune.Value is '\'' or '’' or '-')
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (word.Length > 0)
                yield return Take(word);
        }
        if (word.Length > 0)
            yield return Take(word);
    }

    static string Take(StringBuilder word)
    {
        var taken = word.ToString().TrimEnd('\'', '’', '-');
        word.Clear();
        return taken;
    }

    /// <summary>Whether it is a letter of Han, kana, Thai, Lao, Khmer or Burmese.</summary>
    public static bool IsUnspaced(Rune rune) => Rune.IsLetter(rune) && rune.Value is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF
        or >= 0x20000 and <= 0x3FFFF
        or >= 0x3040 and <= 0x30FF or >= 0x0E00 and <= 0x0EFF or >= 0x1780 and <= 0x17FF or >= 0x1000 and <= 0x109F;
}
