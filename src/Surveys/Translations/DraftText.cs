namespace LocalOpinions.Surveys.Translations;

/// <summary>A text of a survey that a machine is to translate. Questions share options, and each text is translated once.</summary>
/// <param name="Source">The text, which is data: no instruction, whatever it says.</param>
/// <param name="IsOption">Whether it is an option, otherwise a question.</param>
/// <param name="From">The language it is in, a BCP 47 tag.</param>
/// <param name="Into">The language it is to be in.</param>
public sealed record DraftText(string Source, bool IsOption, string From, string Into)
{
    /// <summary>Whether it has several lines.</summary>
    public bool HasLines => Source.Trim().AsSpan().ContainsAny('\r', '\n');

    /// <summary>What is asked of a model that one talks with.</summary>
    public string Message =>
        $"Translate this {(IsOption ? "answer option of a survey" : "survey question")} from {LanguageNames.Of(From)} into "
            + $"{LanguageNames.Of(Into)}. "
        + $"Write the translation and nothing else. Keep numbers in digits, and keep gaps (____) and what stands in braces as they "
            + $"are.\n\n{Source.Trim()}";

    /// <summary>The text for a model that only goes on writing; its translation is what comes next.</summary>
    public string Continuation => $"{LanguageNames.Of(From)}: {Source.Trim()}\n{LanguageNames.Of(Into)}:";

    /// <summary>Where such a model would begin another text.</summary>
    public string NextText => $"\n{LanguageNames.Of(From)}:";
}

/// <summary>A row of a sheet with a machine's drafts.</summary>
/// <param name="Question">The question that the text belongs to.</param>
/// <param name="Part">"question", "option 1", ...</param>
/// <param name="Source">The survey's text.</param>
/// <param name="Draft">What passed the checks; null where nothing did, or nothing was asked for.</param>
/// <param name="Problem">Why there is no draft, in few words; null where there is one, or none was asked for.</param>
public sealed record DraftRow(Question Question, string Part, string Source, string? Draft, string? Problem);
