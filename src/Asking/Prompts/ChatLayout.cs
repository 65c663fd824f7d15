using LocalOpinions.Engine.Chat;

namespace LocalOpinions.Asking.Prompts;

/// <summary>A model's own layout of chats; of each kind that the templates of a design need.</summary>
/// <param name="Alone">The layout without a system message of one's own; null where none is asked so.</param>
/// <param name="WithSystem">The layout with one; null where none is asked so.</param>
/// <param name="Start">The text of the start token that the model's vocabulary puts first by itself; null where it puts none.</param>
public sealed record ChatLayout(ChatFormat? Alone, ChatFormat? WithSystem, string? Start)
{
    /// <summary>What a design needs of it; null where the design lays turns out as text.</summary>
    /// <param name="design">How a model is asked.</param>
    /// <param name="read">Reads a layout of the model's.</param>
    /// <param name="start">As <see cref="Start"/>.</param>
    public static ChatLayout? Of(PromptDesign design, Func<ChatChoice, ChatFormat> read, string? start)
    {
        return design.Choice.Layout != TurnLayout.Chat ? null : new(Of(hasSystem: false), Of(hasSystem: true), start);

        ChatFormat? Of(bool hasSystem) => design.Templates.Any(t => t.HasSystem == hasSystem) ? read(design.Choice.Chat(hasSystem)) : null;
    }
}
