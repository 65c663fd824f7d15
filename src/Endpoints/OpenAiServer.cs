using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>Any server that has OpenAI's completions with log-probabilities, asked by text.</summary>
/// <remarks>
/// Its tokens are not known, so a label is what the server lists under the label's text; and where prompt and label part is proven only
/// where it gives prompts back with log-probabilities.
/// </remarks>
sealed class OpenAiServer : IServer
{
    const int AtATime = 16;

    readonly ServerClient _client;
    readonly TextPieces _pieces = new();
    int _listed;

    OpenAiServer(ServerClient client, ServedModel model) => (_client, Model) = (client, model);

    public string Kind => ServerFinder.OpenAi;

    public bool IsByText => true;

    public ServedModel Model { get; }

    /// <inheritdoc cref="LlamaServer.FindAsync"/>
    public static async Task<OpenAiServer?> FindAsync(ServerClient client, JsonElement served, CancellationToken cancellation)
    {
        var server = new OpenAiServer(client, ModelOf(served));
        foreach (var listed in Completions.Lengths)
        {
            server._listed = listed;
            var asked = server.Question(ProbeQuestions.Prompts[0]);
            try
            {
                using var reply = await client.TryPostAsync(Completions.Path, asked, cancellation);
                if (reply is null)
                    return null;
                if (Completions.Listed(reply).Count > 0)
                    return server;
            }
            catch (EndpointException e) when (e.Kind == EndpointError.Prompt && listed != Completions.Lengths[^1])
            {
                // It lists fewer.
            }
            catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
            {
                throw new EndpointException(EndpointError.Unfit, $"{client.Address.Shown}: {e.Message}, though asked for no more than the "
                    + $"{listed} most probable tokens.", e);
            }
        }
        throw new EndpointException(EndpointError.Unfit, $"{client.Address.Shown} takes \"logprobs\" and gives no log-probabilities with a "
            + "completion.");
    }

    public async Task<ServedModel> DescribeAsync(CancellationToken cancellation) =>
        ModelOf(await ServerFinder.StillThereAsync(_client, Model.Name, cancellation));

    public Task<IReadOnlyList<ServedToken>> TokenizeAsync(string text, bool ends, bool control, CancellationToken cancellation) =>
        Task.FromResult(_pieces.Of(text));

    public async Task<NextTokens> NextAsync(NextQuestion question, CancellationToken cancellation)
    {
        string[] wanted = [.. question.Wanted.Select(w => _pieces.Text([w]))];
        RequireApart(wanted);
        var asked = Question(_pieces.Text(question.Prompt));
        // What is sampled is the most probable all the same: a server may list it in another's place.
        if (question.Oddly)
            (asked["temperature"], asked["top_p"], asked["presence_penalty"], asked["frequency_penalty"]) = (2.0, 0.01, 1.5, 1.5);
        using var reply = await _client.PostAsync(Completions.Path, asked, cancellation);
        var listed = Completions.Listed(reply);
        if (listed.Count == 0)
            throw new EndpointException(EndpointError.Prompt, "the server shows no log-probabilities behind it");
        var listing = new Listing<string>(listed, _listed);
        if (listing.Problem is { } problem)
            throw ServerProof.Unfit(problem);
        return listing.Find(wanted, Completions.PromptTokens(reply)) with { Decoded = Completions.Decoded(reply) };
    }

    public async Task<NextTokens?> EchoAsync(int[] prompt, int[] text, CancellationToken cancellation)
    {
        var (before, behind) = (_pieces.Text(prompt), _pieces.Text(text));
        var asked = Question(before + behind);
        (asked["echo"], asked["logprobs"]) = (true, 1);
        using var reply = await _client.PostAsync(Completions.Path, asked, cancellation);
        var logprobs = Completions.Choice(reply).Inside("logprobs");
        List<string> tokens = [.. logprobs.Inside("tokens").Entries().Select(t => t.GetString() ?? "")];
        List<double> values = [.. logprobs.Inside("token_logprobs").Entries()
            .Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : double.NaN)];
        if (tokens.Count == 0 || tokens.Count != values.Count || Places(tokens, before, behind) is not { } all)
            return null;
        return all.Start is null ? throw new EndpointException(EndpointError.Prompt,
                $"the server writes its end and \"{behind}\" as one token, so that cannot be read behind it")
            : Floor.Bounded(new([.. values[all.Start.Value..all.End]],
                Completions.PromptTokens(reply) - (all.End - all.Start.Value)), Floor.NoLog);
    }

    public async Task<ServedText> WriteAsync(WritingQuestion question, CancellationToken cancellation)
    {
        var asked = Completions.ToWrite(Question(_pieces.Text(question.Prompt)), question);
        using var reply = await _client.PostAsync(Completions.Path, asked, cancellation);
        return Completions.Written(reply);
    }

    /// <summary>Which of the tokens of a prompt are those of a text at its end.</summary>
    /// <returns>Null where the prompt is not among them; no start where a token holds both.</returns>
    internal static (int? Start, int End)? Places(IReadOnlyList<string> tokens, string before, string behind)
    {
        // A start token may stand before it, and what was written behind it.
        for (var first = 0; first <= Math.Min(1, tokens.Count - 1); first++)
        {
            var (length, start) = (0, (int?)null);
            for (var i = first; i < tokens.Count; i++)
            {
                if (length == before.Length)
                    start = i;
                if (string.CompareOrdinal(before + behind, length, tokens[i], 0, tokens[i].Length) != 0)
                    break;
                length += tokens[i].Length;
                if (length == before.Length + behind.Length)
                    return (start, i + 1);
            }
        }
        return null;
    }

    // What one token of the longer one gets would be counted for the shorter one.
    static void RequireApart(string[] wanted)
    {
        foreach (var shorter in wanted)
        {
            if (Array.Find(wanted, w => w.Length > shorter.Length && w.StartsWith(shorter, StringComparison.Ordinal)) is { } longer)
                throw new EndpointException(EndpointError.Prompt, $"labels {shorter.Trim()} and {longer.Trim()} begin alike, and a server "
                    + "that shows no tokens cannot be asked for one of them alone");
        }
    }

    JsonObject Question(string prompt) => new()
    {
        ["model"] = Model.Name,
        ["prompt"] = prompt,
        ["max_tokens"] = 1,
        ["temperature"] = 0.0,
        ["top_p"] = 1.0,
        ["presence_penalty"] = 0.0,
        ["frequency_penalty"] = 0.0,
        ["logprobs"] = _listed,
    };

    static ServedModel ModelOf(JsonElement served) => new(served.Text("id"))
    {
        Build = served.Text("owned_by") is { Length: > 0 } owner ? $"{ServerFinder.OpenAi} ({owner})" : ServerFinder.OpenAi,
        ContextLength = (int)Math.Max(0, served.Whole("max_model_len") - 1),
        PerSlot = AtATime,
    };
}
