namespace LocalOpinions.Surveys.Prompts;

/// <summary>
/// What all prompts of a template have in common, to be kept: the words around a question and its options, with the places of both, of
/// whoever is named and of a persona left open. Each place is filled once, so that a text that looks like a place stays what it is.
/// </summary>
/// <param name="Message">What the person says; a line that holds <c>{option}</c> is written once per option.</param>
/// <param name="Opening">How the assistant's answer begins; the model goes on right behind it.</param>
public sealed record PromptWording(string Message, string Opening)
{
    /// <summary>A system message; null for none.</summary>
    public string? System { get; init; }

    /// <summary>What leads on to what is said of each option, with the option's places; null where nothing is.</summary>
    public string? Said { get; init; }

    /// <summary>The labels by position, for at least as many options as a question has; null for A, B, ...</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>What stands in the place <c>{country}</c>, where a question has no other; null where no country is named.</summary>
    public string? Country { get; init; }

    /// <summary>What stands in the place <c>{somebody}</c>, where a question has no other; null where nobody is named.</summary>
    public string? Somebody { get; init; }

    /// <summary>What stands in the place <c>{persona}</c>; null for nobody.</summary>
    public string? Persona { get; init; }
}

/// <summary>What a template puts into the places of one question's prompts that is not the survey's own.</summary>
/// <param name="SourceRow">The question's <see cref="Question.SourceRow"/>.</param>
public sealed record PutIn(int SourceRow)
{
    /// <summary>The text in the place of the question's; null where it is the survey's.</summary>
    public string? Question { get; init; }

    /// <summary>The options' texts in the survey's order; null where they are the survey's.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>An option that the survey does not have, and the index of the one behind which it is listed; null for none.</summary>
    public (string Text, int Behind)? Added { get; init; }

    /// <summary>What stands in the place <c>{country}</c> of this question's prompts; null for that of all.</summary>
    public string? Country { get; init; }

    /// <summary>What stands in the place <c>{somebody}</c> of this question's prompts; null for that of all.</summary>
    public string? Somebody { get; init; }
}
