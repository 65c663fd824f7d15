namespace LocalOpinions.Surveys.Prompts;

/// <summary>A question as it is put to a model.</summary>
/// <param name="SourceRow">The question's <see cref="Question.SourceRow"/>.</param>
/// <param name="Text">The whole text; the model's answer begins right behind its last character.</param>
/// <param name="Labels">One label per option, in the order in which the text lists the options: those of <see cref="OptionLetters"/>, or
/// the letters of a translation.</param>
public sealed record Prompt(int SourceRow, string Text, IReadOnlyList<string> Labels)
{
    /// <summary>A system message, which stands before <see cref="Message"/>; null for none.</summary>
    public string? System { get; init; }

    /// <summary>
    /// What the person says: the part of <see cref="Text"/> between "Human: " and "Assistant: ". For models that have a layout of their own
    /// for the two turns.
    /// </summary>
    public required string Message { get; init; }

    /// <summary>How the assistant's answer begins: the part of <see cref="Text"/> behind "Assistant: ".</summary>
    public required string Opening { get; init; }

    /// <summary>
    /// In the order of the labels, what leads from the prompt to what is said of each option; empty where nothing is.
    /// </summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>The options' texts in the order of the labels, as the prompt lists them or would.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Per label, the 0-based place of its option in the survey; -1 for an option that the survey does not have.</summary>
    public required int[] Listed { get; init; }
}

/// <summary>Where the prompt stops, and so what the next token is.</summary>
public enum PromptEnding
{
    /// <summary>The text ends with a blank and an opening parenthesis; the next token is the bare letter.</summary>
    Paren,
    /// <summary>The text ends with its last word, without a blank; the next token is a blank and the letter.</summary>
    Space,
}
