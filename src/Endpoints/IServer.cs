namespace LocalOpinions.Endpoints;

/// <summary>A server of one kind: how it is asked for tokens and for probabilities. Thread-safe.</summary>
public interface IServer
{
    /// <summary>The kind, as runs store it: "llama-server".</summary>
    string Kind { get; }

    /// <summary>What the server says of the model.</summary>
    ServedModel Model { get; }

    /// <summary>What the server says of the model now: another is not the one that was asked.</summary>
    /// <exception cref="EndpointException">
    /// The server does not say; kind <see cref="EndpointError.Changed"/>: the model is gone.
    /// </exception>
    Task<ServedModel> DescribeAsync(CancellationToken cancellation);

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ends">Whether the vocabulary puts its start and end tokens around it.</param>
    /// <param name="control">Whether names of control tokens are read as these. False for everything that is data.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="EndpointException">The server does not say.</exception>
    Task<IReadOnlyList<ServedToken>> TokenizeAsync(string text, bool ends, bool control, CancellationToken cancellation);

    /// <summary>The log-probabilities of tokens behind a prompt.</summary>
    /// <param name="question">The prompt and the tokens.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="EndpointException">The server does not say; kind <see cref="EndpointError.Prompt"/> where it refuses this
    /// prompt.</exception>
    Task<NextTokens> NextAsync(NextQuestion question, CancellationToken cancellation);
}

/// <summary>A token of a server's model.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Piece">Its text; of a control token its name. A part of a character is replaced by U+FFFD.</param>
public readonly record struct ServedToken(int Id, string Piece);

/// <summary>What a server says of its model.</summary>
/// <param name="Name">The name it goes by there.</param>
public sealed record ServedModel(string Name)
{
    /// <summary>What the server says of itself: its program and version.</summary>
    public string Build { get; init; } = "";

    /// <summary>The most tokens of a prompt; 0 where nobody says.</summary>
    public int ContextLength { get; init; }

    /// <summary>Number of tokens; 0 where nobody says.</summary>
    public int VocabularySize { get; init; }

    /// <summary>Number of weights; 0 where nobody says.</summary>
    public long Parameters { get; init; }

    /// <summary>Size of the weights in bytes; 0 where nobody says.</summary>
    public long Bytes { get; init; }

    /// <summary>The weights' format; "unknown" where nobody says.</summary>
    public string Format { get; init; } = "unknown";

    /// <summary>Requests that have a cache of their own, each; 1 where one cache is shared by all.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Requests that are best under way for each slot.</summary>
    public int PerSlot { get; init; } = 2;

    /// <summary>The model's chat template; null where the server does not show it, or there is none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The start token's text; empty where the server does not say.</summary>
    public string StartToken { get; init; } = "";

    /// <summary>The end token's text; empty where the server does not say.</summary>
    public string EndToken { get; init; } = "";
}

/// <summary>What is asked behind a prompt.</summary>
/// <param name="Prompt">The prompt's tokens, its start token among them.</param>
/// <param name="Wanted">The tokens whose log-probabilities are wanted, none twice.</param>
/// <param name="Slot">Which of <see cref="ServedModel.Slots"/> has the prompt's neighbours; null for any.</param>
public sealed record NextQuestion(int[] Prompt, int[] Wanted, int? Slot)
{
    /// <summary>
    /// Whether the sampling is to be as odd as can be. It must not change a number; where it does, numbers are of no use.
    /// </summary>
    public bool Oddly { get; init; }

    /// <summary>Whether the whole prompt is to be computed, whatever of it the server has in its cache.</summary>
    public bool Anew { get; init; }
}

/// <summary>What stands behind a prompt.</summary>
/// <param name="LogProbabilities">Of each wanted token the natural log of its probability under the full vocabulary.</param>
/// <param name="Bounds">Of how many of them that is only the most that it can be.</param>
/// <param name="PromptTokens">How many tokens of prompt the server says it had; null where it does not.</param>
/// <param name="Decoded">How many tokens it decoded for it, the rest coming from its cache; null where it does not say.</param>
public sealed record NextTokens(double[] LogProbabilities, int Bounds, int? PromptTokens, int? Decoded)
{
    // What rounding may give a token that is certain.
    const double Certain = 1e-3;

    /// <summary>What is wrong with it as an answer to a question, as what the server does; null for nothing.</summary>
    /// <param name="question">What was asked.</param>
    public string? Problem(NextQuestion question) =>
        PromptTokens is { } counted && counted != question.Prompt.Length
            ? $"makes {counted} tokens of a prompt of {question.Prompt.Length}: it adds a start token of its own, or cuts"
        : LogProbabilities.All(v => v <= Certain && !double.IsNaN(v)) ? null : "gives log-probabilities that are none";
}
