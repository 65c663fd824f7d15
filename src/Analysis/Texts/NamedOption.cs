namespace LocalOpinions.Analysis.Texts;

/// <summary>A place at which a text names an option.</summary>
/// <param name="Option">Its place among the options.</param>
/// <param name="Start">Where the letter or the words begin.</param>
/// <param name="End">Behind them.</param>
/// <param name="ByLetter">Whether it is named by its letter.</param>
readonly record struct NamedOption(int Option, int Start, int End, bool ByLetter)
{
    static readonly string[] s_negations = ["not", "never", "neither", "nor", "isn't", "wasn't", "aren't", "don't", "doesn't"];

    /// <summary>
    /// All places: of letters "(B)" anywhere and "B)" or "B." at the beginning of the text, of words wherever they stand as words of their
    /// own and are not negated.
    /// </summary>
    /// <param name="text">What the model wrote behind a prompt.</param>
    /// <param name="labels">The letters of the options; none where the prompt listed no options.</param>
    /// <param name="options">The options, in the order of the letters.</param>
    public static List<NamedOption> In(string text, IReadOnlyList<string> labels, IReadOnlyList<string> options)
    {
        List<NamedOption> named = [];
        for (var i = 0; i < labels.Count; i++)
        {
            if (AtBeginning(text, labels[i]) is { } start)
                named.Add(new(i, start, start + labels[i].Length, ByLetter: true));
            var letter = $"({labels[i]})";
            for (var at = 0; (at = text.IndexOf(letter, at, StringComparison.Ordinal)) >= 0; at += letter.Length)
                named.Add(new(i, at, at + letter.Length, ByLetter: true));
        }
        // "Good" is no part of "Not good": what a longer option has taken is gone.
        var rest = text;
        foreach (var i in Enumerable.Range(0, options.Count).OrderByDescending(i => options[i].Length))
        {
            var option = options[i].Trim();
            if (option.Any(char.IsLetter) && options.Count(o => string.Equals(o.Trim(), option, StringComparison.OrdinalIgnoreCase)) == 1)
                Take(i, option, ref rest, named);
        }
        return [.. named.OrderBy(n => n.Start)];
    }

    // A text may begin with "A good friend": the letter alone is no answer.
    static int? AtBeginning(string text, string label)
    {
        var start = text.AsSpan().TrimStart().TrimStart('(');
        return start.StartsWith(label, StringComparison.Ordinal)
            && (start.Length == label.Length || start[label.Length] is ')' or '）' or '.' or ':' or ',' or '\r' or '\n')
            ? text.Length - start.Length : null;
    }

    static void Take(int place, string option, ref string rest, List<NamedOption> named)
    {
        for (var from = 0; (from = rest.IndexOf(option, from, StringComparison.OrdinalIgnoreCase)) >= 0; from += option.Length)
        {
            if (!StandsAlone(option, rest, from))
                continue;
            if (!IsNegated(rest, from))
                named.Add(new(place, from, from + option.Length, ByLetter: false));
            rest = rest[..from] + new string('\0', option.Length) + rest[(from + option.Length)..];
        }
    }

    static bool StandsAlone(string option, string text, int from)
    {
        var to = from + option.Length;
        if (!WordEnds.StandAround(text, from, to))
            return false;
        // "I have no idea" is not "No": inside a sentence an option of one word stands as it is written.
        return option.Any(char.IsWhiteSpace) || text.AsSpan(from, option.Length).SequenceEqual(option)
            || text.AsSpan(0, from).IndexOfAnyExcept(" (\"'\n") < 0;
    }

    // "not very good" is not "Very good".
    static bool IsNegated(string text, int from)
    {
        var before = text.AsSpan(0, from).TrimEnd(" \"'(");
        var word = before[(before.LastIndexOfAny(" \n\"(") + 1)..];
        foreach (var negation in s_negations)
        {
            if (word.Equals(negation, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
