namespace LocalOpinions.Endpoints;

/// <summary>A server of one kind: how it is asked for tokens and for probabilities. Thread-safe.</summary>
public interface IServer
{
    /// <summary>The kind, as runs store it: one of <see cref="ServerFinder.Kinds"/>.</summary>
    string Kind { get; }

    /// <summary>
    /// Whether prompts go to the server as text, because it does not show its tokens: those that it is asked about here are then pieces of
    /// text, not tokens of the model, and names of control tokens may be read as these wherever they stand.
    /// </summary>
    bool IsByText => false;

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

    /// <summary>The log-probabilities of a text behind a prompt, read off a prompt that ends with the text and is given back.</summary>
    /// <param name="prompt">The prompt's tokens, its start token among them.</param>
    /// <param name="text">The tokens of the text.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>One number per token of the text, that is of the model's own tokens where <see cref="IsByText"/>; null where the server
    /// gives none of prompts.</returns>
    /// <exception cref="EndpointException">As of <see cref="NextAsync"/>.</exception>
    Task<NextTokens?> EchoAsync(int[] prompt, int[] text, CancellationToken cancellation) => Task.FromResult<NextTokens?>(null);

    /// <summary>Lets the model write on from a prompt.</summary>
    /// <param name="question">The prompt, and how tokens are chosen.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="EndpointException">As of <see cref="NextAsync"/>.</exception>
    Task<ServedText> WriteAsync(WritingQuestion question, CancellationToken cancellation);
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
/// <param name="LogProbabilities">Of each wanted token the natural log of its probability under the full vocabulary, or the most that it
/// can be.</param>
/// <param name="PromptTokens">How many tokens of prompt the server says it had; null where it does not.</param>
public sealed record NextTokens(double[] LogProbabilities, int? PromptTokens)
{
    // What rounding may give a token that is certain.
    const double Certain = 1e-3;

    /// <summary>Of which of them only the most that it can be is known, by place; empty where all are known.</summary>
    public IReadOnlySet<int> Bounds { get; init; } = new HashSet<int>();

    /// <summary>How many tokens it decoded for it, the rest coming from its cache; null where it does not say.</summary>
    public int? Decoded { get; init; }

    /// <summary>What is wrong with it as an answer, as what the server does; null for nothing.</summary>
    /// <param name="asked">The tokens of the prompt; null where the server alone knows them.</param>
    public string? Problem(int? asked) =>
        PromptTokens is { } counted && asked is { } sent && counted != sent
            ? $"makes {counted} tokens of a prompt of {sent}: it adds a start token of its own, or cuts"
        : LogProbabilities.All(v => v <= Certain && !double.IsNaN(v)) ? null : "gives log-probabilities that are none";
}
