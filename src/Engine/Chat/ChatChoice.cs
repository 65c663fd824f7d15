namespace LocalOpinions.Engine.Chat;

/// <summary>What is asked of a chat template besides a person's message.</summary>
public sealed record ChatChoice
{
    /// <summary>Whether a system message of one's own stands first.</summary>
    public bool HasSystem { get; init; }

    /// <summary>The day that a template is told where it asks for one; null to tell none.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The text of the vocabulary's start token; empty where it has none.</summary>
    public string StartToken { get; init; } = "";

    /// <summary>The text of the vocabulary's end token; empty where it has none.</summary>
    public string EndToken { get; init; } = "";
}
