using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Prompts;

/// <summary>What of a model prompts are made for: its tokens, its context and its layout of chats, wherever the model is.</summary>
/// <param name="Vocabulary">Its tokens.</param>
/// <param name="ContextLength">The most tokens of a prompt.</param>
/// <param name="Chat">Its own layout, as asked for.</param>
sealed record PromptTarget(IVocabulary Vocabulary, int ContextLength, Func<ChatChoice, ChatFormat> Chat)
{
    /// <summary>How many questions are tokenised at a time; null for one per core.</summary>
    public int? AtATime { get; init; }

    public static implicit operator PromptTarget(Model model) =>
        new(model.Vocabulary, model.ContextLength, choice => model.ChatFormat(choice));
}
