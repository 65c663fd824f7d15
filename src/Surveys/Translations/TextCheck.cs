using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalOpinions.Surveys.Translations;

/// <summary>What can be told of a translated text without knowing the language: numbers, gaps, placeholders, labels and script.</summary>
sealed partial class TextCheck(string language)
{
    readonly Script? _script = Scripts.Of(language);

    /// <exception cref="SurveyException">Something is wrong with the text at that place.</exception>
    public void Question(string text, string source, SurveyPlace place) => Throw(OfQuestion(text, source), place);

    /// <exception cref="SurveyException">Something is wrong with the text at that place.</exception>
    public void Option(string text, string source, SurveyPlace place) => Throw(OfOption(text, source), place);

    /// <summary>The first thing that is wrong with a question's text; null for nothing.</summary>
    public TextFault? OfQuestion(string text, string source)
    {
        if (string.IsNullOrWhiteSpace(text) && !string.IsNullOrWhiteSpace(source))
            return new("empty", "the translation is empty", "Translate the text, or leave the question out");
        if (text == source && source.Any(char.IsLetter))
            return new("not translated", "the text is not translated", "Translate it, or leave the question out");
        return Same(text, source);
    }

    /// <summary>
    /// The first thing that is wrong with an option; null for nothing. An option may stay as it is: names and numbers do.
    /// </summary>
    public TextFault? OfOption(string text, string source) => Label().IsMatch(text) && !Label().IsMatch(source)
        ? new("begins with a label", $"the option begins with a label (\"{text[..Math.Min(text.Length, 4)].Trim()}\")",
            "Leave labels out: the program writes its own")
        : Same(text, source);

    TextFault? Same(string text, string source)
    {
        var differs = Differ(Numbers(source), Numbers(text), "numbers", "Keep every number, in digits")
            ?? Differ(Gap().Matches(source).Select(_ => "____"), Gap().Matches(text).Select(_ => "____"), "gaps", "Keep every gap (____)")
            ?? Differ(Placeholder().Matches(source).Select(m => m.Value), Placeholder().Matches(text).Select(m => m.Value), "placeholders",
                "Keep what stands in braces as it is");
        if (differs is not null || text == source)
            return differs;
        if (Scripts.MixedWord(text) is { } word)
        {
            return new(
                "two alphabets in a word", $"the word \"{word.Text}\" mixes letters of two alphabets: {word.Letter} "
                    + $"(U+{(int)word.Letter:X4}) is {Scripts.Name(word.Script)}, its neighbours are not",
                "Type the word again in one alphabet: some letters of two alphabets look alike");
        }
        return _script is { } script && Scripts.Share(text, script) is < 0.5
            ? new($"not in the script {Scripts.Name(script)}",
                $"most letters of the text are not {Scripts.Name(script)}, the script of {language}",
                "Check the language, and that no text is left untranslated")
            : null;
    }

    static void Throw(TextFault? fault, SurveyPlace place)
    {
        if (fault is { } found)
            throw found.At(place);
    }

    static TextFault? Differ(IEnumerable<string> source, IEnumerable<string> text, string what, string remedy)
    {
        string[] expected = [.. source.Order(StringComparer.Ordinal)], actual = [.. text.Order(StringComparer.Ordinal)];
        return expected.SequenceEqual(actual) ? null : new(
            $"the {what} differ", $"the {what} differ: the source has {List(expected)}, the translation {List(actual)}", remedy);
    }

    static string List(string[] items) => items.Length == 0 ? "none" : string.Join(", ", items);

    /// <summary>Numbers in ASCII digits, without separators of thousands; decimal comma and point are the same.</summary>
    static IEnumerable<string> Numbers(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var c in text)
            ascii.Append(char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c);
        return Number().Matches(ascii.ToString()).Select(m => Thousands().Replace(m.Value, "").Replace(',', '.').Replace('٫', '.'));
    }

    [GeneratedRegex(@"[0-9]+(?:[.,٬٫'’\u00A0\u202F ][0-9]{3}(?![0-9]))*(?:[.,٫][0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"[.,٬'’\u00A0\u202F ](?=[0-9]{3}(?![0-9]))", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex("_{2,}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();

    // "(A) ", "A) ", "А. " in whatever alphabet; of the labels behind Z, up to that of the hundredth option, "(AA) " and "AA) ".
    [GeneratedRegex(@"^\s*(\(\p{L}\)|\p{L}[.):]|\(?[A-C][A-Z]\))\s", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
