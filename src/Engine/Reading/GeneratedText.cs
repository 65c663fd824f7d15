namespace LocalOpinions.Engine.Reading;

/// <summary>Why a text ended.</summary>
public enum Finish
{
    /// <summary>The model ended it.</summary>
    End,

    /// <summary>A stop string came; it is not part of the text.</summary>
    Stop,

    /// <summary>It reached the most tokens that were asked for.</summary>
    Length,

    /// <summary>The model's logits were no numbers any more.</summary>
    Broken,
}

/// <summary>What a model wrote behind a prompt.</summary>
/// <param name="Key">The prompt's.</param>
/// <param name="Sequence">0, 1, ... for each text behind the same prompt.</param>
/// <param name="Text">The text.</param>
/// <param name="Finish">Why it ended.</param>
/// <param name="Tokens">How many tokens were generated for it.</param>
public sealed record GeneratedText(int Key, int Sequence, string Text, Finish Finish, int Tokens);

/// <summary>All texts behind one prompt.</summary>
/// <param name="Prompt">The prompt as text.</param>
/// <param name="Texts">By <see cref="GeneratedText.Sequence"/>.</param>
public sealed record WrittenTexts(string Prompt, IReadOnlyList<GeneratedText> Texts);
