namespace LocalOpinions.Asking.Prompts;

/// <summary>A model's own layout of chats, as runs name it; of each kind that the templates of a design need.</summary>
/// <param name="Sha256">
/// SHA-256 of the layout without a system message of one's own, lower-case hexadecimal; null where none is asked so.
/// </param>
/// <param name="WithSystem">SHA-256 of the layout with one; null where none is asked so.</param>
public sealed record ChatLayout(string? Sha256, string? WithSystem);
