using LocalOpinions.Engine.Generation;

namespace LocalOpinions.Asking.Prompts;

/// <summary>What a model is let write where its texts are the answer.</summary>
public sealed record WritingChoice
{
    /// <summary>The most tokens of a text where nothing else is asked for: enough for a letter or an option, or to decline.</summary>
    public const int DefaultTokens = 32;

    /// <summary>The most texts per prompt.</summary>
    public const int MostTexts = GenerationRequest.MostSequences;

    /// <summary>The seed where none is named.</summary>
    public const long DefaultSeed = 1;

    /// <summary>Texts per prompt.</summary>
    public int Texts { get; init; } = 1;

    /// <summary>The most tokens of a text.</summary>
    public int Tokens { get; init; } = DefaultTokens;

    /// <summary>0 takes the most probable token each time.</summary>
    public double Temperature { get; init; }

    /// <summary>The nucleus: above 0, at most 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Of the sampling.</summary>
    public long Seed { get; init; } = DefaultSeed;

    /// <summary>As the engine takes it. What the other turn would begin with ends a text.</summary>
    public GenerationRequest Request(TurnLayout layout) =>
        new(new(Temperature, TopP, Seed), Tokens, Texts, StopsOf(layout));

    /// <summary>Strings that end a text.</summary>
    public static IReadOnlyList<string> StopsOf(TurnLayout layout) => layout == TurnLayout.Plain ? ["\nHuman:"] : [];
}
