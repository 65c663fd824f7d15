using LocalOpinions.Engine.Chat;

namespace LocalOpinions.Asking.Prompts;

/// <summary>A model's own layout of chats; of each kind that the templates of a design need.</summary>
/// <param name="Alone">The layout without a system message of one's own; null where none is asked so.</param>
/// <param name="WithSystem">The layout with one; null where none is asked so.</param>
/// <param name="Start">The text of the start token that the model's vocabulary puts first by itself; null where it puts none.</param>
public sealed record ChatLayout(ChatFormat? Alone, ChatFormat? WithSystem, string? Start);
