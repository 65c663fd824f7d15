using System.Text;

namespace LocalOpinions.Analysis.Texts;

/// <summary>
/// Finds the option that a written text names: by its letter, as "(B)" anywhere and "B)" or "B." at the beginning, or by its words.
/// </summary>
public static class NamedOption
{
    /// <summary>Finds the option.</summary>
    /// <param name="text">What the model wrote behind a prompt.</param>
    /// <param name="labels">The letters of the options; none where the prompt listed no options.</param>
    /// <param name="options">The options, in the order of the letters.</param>
    /// <returns>Its place among the options; null where the text names none of them, or several.</returns>
    public static int? In(string text, IReadOnlyList<string> labels, IReadOnlyList<string> options)
    {
        HashSet<int> named = [];
        for (var i = 0; i < labels.Count; i++)
        {
            if (text.Contains($"({labels[i]})", StringComparison.Ordinal) || BeginsWith(text, labels[i]))
                named.Add(i);
        }
        // "Good" is no part of "Not good": what a longer option has taken is gone.
        var rest = text;
        foreach (var i in Enumerable.Range(0, options.Count).OrderByDescending(i => options[i].Length))
        {
            var option = options[i].Trim();
            if (option.Any(char.IsLetter) && options.Count(o => string.Equals(o.Trim(), option, StringComparison.OrdinalIgnoreCase)) == 1
                && Take(option, ref rest))
                named.Add(i);
        }
        return named.Count == 1 ? named.Single() : null;
    }

    // A text may begin with "A good friend": the letter alone is no answer.
    static bool BeginsWith(string text, string label)
    {
        var start = text.AsSpan().TrimStart().TrimStart('(');
        return start.StartsWith(label, StringComparison.Ordinal)
            && (start.Length == label.Length || start[label.Length] is ')' or '）' or '.' or ':' or ',' or '\r' or '\n');
    }

    static bool Take(string option, ref string rest)
    {
        var found = false;
        for (var from = 0; (from = rest.IndexOf(option, from, StringComparison.OrdinalIgnoreCase)) >= 0; from += option.Length)
        {
            if (!StandsAlone(option, rest, from))
                continue;
            found = true;
            rest = rest[..from] + new string('\0', option.Length) + rest[(from + option.Length)..];
        }
        return found;
    }

    static bool StandsAlone(string option, string text, int from)
    {
        var to = from + option.Length;
        if ((from > 0 && IsOneWord(text[from - 1], text[from])) || (to < text.Length && IsOneWord(text[to - 1], text[to])))
            return false;
        // "I have no idea" is not "No": inside a sentence an option of one word stands as it is written.
        return option.Any(char.IsWhiteSpace) || text.AsSpan(from, option.Length).SequenceEqual(option)
            || text.AsSpan(0, from).IndexOfAnyExcept(" (\"'\n") < 0;
    }

    static bool IsOneWord(char left, char right) => IsOfWord(left) && IsOfWord(right);

    static bool IsOfWord(char c) => char.IsLetterOrDigit(c) && !Words.IsUnspaced(new Rune(c));
}
