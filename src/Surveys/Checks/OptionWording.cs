using System.Text.RegularExpressions;

namespace LocalOpinions.Surveys.Checks;

/// <summary>What an option's English wording shows, for files that say nothing of their options.</summary>
static partial class OptionWording
{
    public static bool IsRefusal(string option) => Refusal().IsMatch(option);

    public static bool IsTotal(string option) => Total().IsMatch(option);

    // "Don't know anyone" is an answer, hence the look-ahead.
    [GeneratedRegex(@"\bDK\b|don['’]?t know(?! \w)|\brefused\b|\bno answer\b|\bmissing\b|\bnot applicable\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Refusal();

    [GeneratedRegex(@"^\s*Total\b.*\bN\s*=", RegexOptions.CultureInvariant)]
    private static partial Regex Total();
}
