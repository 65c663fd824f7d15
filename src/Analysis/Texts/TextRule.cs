namespace LocalOpinions.Analysis.Texts;

/// <summary>What a written text does with the options.</summary>
public enum TextClass
{
    /// <summary>It names one by its letter.</summary>
    Letter,

    /// <summary>It names one by its words.</summary>
    Words,

    /// <summary>It names none and declines to answer.</summary>
    Refusal,

    /// <summary>It names several.</summary>
    Several,

    /// <summary>It names none, and does not decline either.</summary>
    None,
}

/// <summary>A text as the rule reads it.</summary>
/// <param name="Class">What it does with the options.</param>
/// <param name="Option">The one option that it names; null where it names none or several.</param>
public readonly record struct ReadText(TextClass Class, int? Option);

/// <summary>
/// The one rule by which written texts become answers (docs/method.md): the first statement that names an option decides, and what comes
/// behind it, as reasons or the other options, does not count; where none is named, whether the text declines.
/// </summary>
public static class TextRule
{
    /// <summary>A change of what any text is read as is a new version, and makes new runs.</summary>
    public const int Version = 2;

    /// <summary>Reads a text.</summary>
    /// <param name="text">What the model wrote behind a prompt.</param>
    /// <param name="labels">The letters of the options; none where the prompt listed no options.</param>
    /// <param name="options">The options, in the order of the letters.</param>
    public static ReadText Read(string text, IReadOnlyList<string> labels, IReadOnlyList<string> options)
    {
        var named = NamedOption.In(text, labels, options);
        if (named.Count == 0)
            return new(Declining.In(text) ? TextClass.Refusal : TextClass.None, null);
        var end = EndOfStatement(text, named, labels);
        var stated = named.Where(n => n.Start < end).ToList();
        return stated.Exists(n => n.Option != stated[0].Option) ? new(TextClass.Several, null)
            : new(stated.Exists(n => n.ByLetter) ? TextClass.Letter : TextClass.Words, stated[0].Option);
    }

    static int EndOfStatement(string text, List<NamedOption> named, IReadOnlyList<string> labels)
    {
        var first = named[0];
        var end = EndOfSentence(text, first.End);
        // Who says the whole list again, letter by letter, answers nothing.
        for (var next = first; next.ByLetter && next.Option + 1 < labels.Count && Follows(next, out var line); next = line)
            end = EndOfSentence(text, line.End);
        return end;

        bool Follows(NamedOption letter, out NamedOption line)
        {
            var at = text.IndexOf('\n', letter.End);
            while (at >= 0 && at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            var begins = at >= 0 && (text.AsSpan(at).StartsWith(labels[letter.Option + 1] + ")", StringComparison.Ordinal)
                || text.AsSpan(at).StartsWith($"({labels[letter.Option + 1]})", StringComparison.Ordinal));
            line = new(letter.Option + 1, at, at + labels[letter.Option + 1].Length + 1, ByLetter: true);
            if (begins && !named.Contains(line))
                named.Add(line);
            return begins;
        }
    }

    static int EndOfSentence(string text, int from)
    {
        var end = from < text.Length ? text.AsSpan(from).IndexOfAny(".!?。！？\n") : -1;
        return end < 0 ? text.Length : from + end;
    }
}
