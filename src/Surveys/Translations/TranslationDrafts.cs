namespace LocalOpinions.Surveys.Translations;

/// <summary>
/// A machine's translations of a survey's texts: what is to be drafted, and of what was, all that passes the checks of translations.
/// </summary>
public sealed class TranslationDrafts
{
    // What models put around a text that had none.
    static readonly string[] s_quotes = ["\"\"", "''", "“”", "„“", "«»", "「」"];

    readonly Survey _survey;
    readonly string _language;
    readonly TextCheck _check;
    readonly int _limit;
    readonly Dictionary<DraftText, (string? Draft, string? Problem)> _known = [];

    /// <param name="survey">The survey.</param>
    /// <param name="language">The language to translate into, a BCP 47 tag.</param>
    /// <param name="limit">Only the first so many questions; null for all.</param>
    public TranslationDrafts(Survey survey, string language, int? limit = null)
    {
        (_survey, _language, _check, _limit) = (survey, language, new(language), limit ?? int.MaxValue);
        Wanted = [.. survey.Questions.Take(_limit).SelectMany(Texts).Where(t => t.Source.Any(char.IsLetter)).Distinct()];
    }

    /// <summary>The texts to translate, each once, in the survey's order. What holds no letter is the same in every language.</summary>
    public IReadOnlyList<DraftText> Wanted { get; }

    /// <summary>Takes what a machine wrote for a text, if it may be its translation.</summary>
    public void Add(DraftText text, string written)
    {
        var draft = Tidy(written, text.Source);
        if (Problem(text, draft) is { } problem)
            Refuse(text, problem);
        else
            _known[text] = (draft, null);
    }

    /// <summary>Leaves a text without a draft.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">Why, in few words.</param>
    public void Refuse(DraftText text, string problem) => _known[text] = (null, problem);

    /// <summary>Every text of the survey in the order of the sheet.</summary>
    public IEnumerable<DraftRow> Rows()
    {
        foreach (var (number, question) in _survey.Questions.Index())
        {
            Dictionary<string, string> taken = [];
            foreach (var (index, text) in Texts(question).Index())
            {
                var (draft, problem) = number < _limit ? Of(text) : (null, null);
                // Two options that read alike cannot be told apart, however well each is translated.
                if (draft is not null && text.IsOption && taken.GetValueOrDefault(draft, text.Source) != text.Source)
                    (draft, problem) = (null, "the same as another option");
                if (draft is not null && text.IsOption)
                    taken[draft] = text.Source;
                yield return new(question, TranslatorSheet.PartName(index), text.Source, draft, problem);
            }
        }
    }

    (string? Draft, string? Problem) Of(DraftText text) => text switch
    {
        _ when _known.TryGetValue(text, out var known) => known,
        { Source: "" } => (null, null),
        _ when !text.Source.Any(char.IsLetter) => (text.Source, null),
        _ => (null, "not drafted"),
    };

    IEnumerable<DraftText> Texts(Question question) =>
        question.Options.Select(o => new DraftText(o, true, _survey.Language, _language))
            .Prepend(new(question.Text, false, _survey.Language, _language));

    string? Problem(DraftText text, string draft) => draft switch
    {
        "" => "empty",
        // A person may leave a name as it is; a machine that repeats its text has more often not understood.
        _ when string.Equals(draft, text.Source.Trim(), StringComparison.OrdinalIgnoreCase) => "not translated",
        _ when !text.HasLines && draft.AsSpan().ContainsAny('\r', '\n') => "several lines",
        _ when draft.Contains('\uFFFD') => "broken characters",
        _ => (text.IsOption ? _check.OfOption(draft, text.Source) : _check.OfQuestion(draft, text.Source))?.Kind,
    };

    static string Tidy(string written, string source)
    {
        var text = written.Trim();
        foreach (var pair in s_quotes)
        {
            if (text.Length > 1 && text[0] == pair[0] && text[^1] == pair[1] && !source.TrimStart().StartsWith(pair[0]))
                return text[1..^1].Trim();
        }
        return text;
    }
}
