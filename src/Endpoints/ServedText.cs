namespace LocalOpinions.Endpoints;

/// <summary>What a server's model is to write on from.</summary>
/// <param name="Prompt">The prompt's tokens, its start token among them.</param>
/// <param name="MostTokens">The most tokens of the text, 1 or more.</param>
public sealed record WritingQuestion(int[] Prompt, int MostTokens)
{
    /// <summary>0 takes the most probable token each time; 1 samples from the model's own distribution.</summary>
    public double Temperature { get; init; }

    /// <summary>The nucleus: the share of probability whose tokens are drawn from; above 0, at most 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Of the server's own drawing, where it takes one.</summary>
    public long Seed { get; init; }

    /// <summary>Strings that end the text.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];
}

/// <summary>Why a served text ended.</summary>
public enum TextEnd
{
    /// <summary>The model ended it.</summary>
    Model,

    /// <summary>A string came that ends it.</summary>
    Stop,

    /// <summary>It reached the most tokens that were asked for.</summary>
    Length,
}

/// <summary>What a server's model wrote.</summary>
/// <param name="Text">The text.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Tokens">How many tokens the server says it wrote; 0 where it does not.</param>
public sealed record ServedText(string Text, TextEnd End, int Tokens);
