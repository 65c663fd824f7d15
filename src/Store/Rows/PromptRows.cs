namespace LocalOpinions.Store.Rows;

/// <summary>What all prompts of a run have in common; the table <c>run_prompts</c> says what each column is.</summary>
public sealed record RunPromptRow
{
    /// <summary>The run.</summary>
    public required int RunId { get; init; }

    /// <summary>What the layout puts first.</summary>
    public required string Before { get; init; }

    /// <summary>The system message with its places; null for none.</summary>
    public string? System { get; init; }

    /// <summary>What the layout puts between the system message and the person's; empty without one.</summary>
    public string BehindSystem { get; init; } = "";

    /// <summary>What the person says, with its places.</summary>
    public required string Message { get; init; }

    /// <summary>What the layout puts between the person's message and the answer.</summary>
    public required string After { get; init; }

    /// <summary>How the answer begins.</summary>
    public required string Opening { get; init; }

    /// <summary>What leads on to the number that is read of each option; null where none is.</summary>
    public string? Said { get; init; }

    /// <summary>"none", "start", "end" or "both": which blanks at the message's ends are left out.</summary>
    public string MessageTrim { get; init; } = "none";

    /// <summary>The same of the system message.</summary>
    public string SystemTrim { get; init; } = "none";

    /// <summary>The labels by position, none with a line feed in it; null for A, B, ...</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>What stands in the place <c>{country}</c>; null where none is named.</summary>
    public string? Country { get; init; }

    /// <summary>What stands in the place <c>{somebody}</c>; null where nobody is named.</summary>
    public string? Somebody { get; init; }

    /// <summary>What stands in the place <c>{persona}</c>; null for nobody.</summary>
    public string? Persona { get; init; }

    /// <summary>Which texts are put in, lower-case hexadecimal; null where all are the survey's own.</summary>
    public string? PutInSha256 { get; init; }
}

/// <summary>A text that a question's prompts have in the place of the survey's own.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Place">"question", "option", "added", "country" or "somebody".</param>
/// <param name="OptionIndex">Of an option its place in the survey; of an added one that of the option before it; null for others.</param>
/// <param name="Text">The text.</param>
public sealed record PromptTextRow(int SourceRow, string Place, int? OptionIndex, string Text);
