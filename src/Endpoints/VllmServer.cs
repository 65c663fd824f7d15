using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>vLLM, and whatever has its routes: completions of token numbers, /tokenize and /detokenize.</summary>
/// <remarks>
/// Newer ones give the log-probabilities of exactly the tokens that are named; of an older one the most probable are listed, as many as it
/// allows. Either way they are the model's own, before temperature and penalties, unless the server was begun otherwise.
/// </remarks>
sealed class VllmServer : IServer
{
    // What it batches of requests is its own affair; it has no slots.
    const int AtATime = 64;
    // Its --max-logprobs is 20 unless somebody chose otherwise.
    const int MostNamed = 20;

    readonly ServerClient _client;
    readonly ServedTokenizer _tokenizer;
    bool _names;
    int _listed;

    VllmServer(ServerClient client, ServedTokenizer tokenizer, ServedModel model) =>
        (_client, _tokenizer, Model) = (client, tokenizer, model);

    public string Kind => ServerFinder.Vllm;

    public ServedModel Model { get; }

    /// <inheritdoc cref="LlamaServer.FindAsync"/>
    public static async Task<VllmServer?> FindAsync(ServerClient client, JsonElement served, CancellationToken cancellation)
    {
        if (await ServedTokenizer.FindAsync(client, served.Text("id"), cancellation) is not { } tokenizer)
            return null;
        var server = new VllmServer(client, tokenizer, await ModelAsync(client, served, cancellation));
        await server.FindLimitsAsync(cancellation);
        return server;
    }

    public async Task<ServedModel> DescribeAsync(CancellationToken cancellation) =>
        await ModelAsync(_client, await ServerFinder.StillThereAsync(_client, Model.Name, cancellation), cancellation);

    public Task<IReadOnlyList<ServedToken>> TokenizeAsync(string text, bool ends, bool control, CancellationToken cancellation) =>
        _tokenizer.TokenizeAsync(text, ends, cancellation);

    public async Task<NextTokens> NextAsync(NextQuestion question, CancellationToken cancellation)
    {
        if (!_names)
            return await ListAsync(question, question.Wanted, _listed, cancellation);
        List<NextTokens> parts = [];
        foreach (var wanted in question.Wanted.Chunk(MostNamed))
            parts.Add(await ListAsync(question, wanted, null, cancellation));
        return parts is [var only] ? only : new([.. parts.SelectMany(p => p.LogProbabilities)], parts[0].PromptTokens)
        {
            Bounds = parts.SelectMany((p, i) => p.Bounds.Select(b => i * MostNamed + b)).ToHashSet(),
            Decoded = parts.Sum(p => p.Decoded),
        };
    }

    public async Task<NextTokens?> EchoAsync(int[] prompt, int[] text, CancellationToken cancellation)
    {
        var asked = Question([.. prompt, .. text]);
        asked["prompt_logprobs"] = 0;
        using var reply = await _client.PostAsync(Completions.Path, asked, cancellation);
        var places = Completions.Choice(reply).Inside("prompt_logprobs");
        if (places.ValueKind != JsonValueKind.Array || places.GetArrayLength() != prompt.Length + text.Length)
            return null;
        double[] values = [.. text.Select((token, i) => places[prompt.Length + i]
            .Inside(token.ToString(CultureInfo.InvariantCulture)).Number("logprob"))];
        return Floor.Bounded(new(values, Completions.PromptTokens(reply) - text.Length), Floor.NoLog);
    }

    public async Task<ServedText> WriteAsync(WritingQuestion question, CancellationToken cancellation)
    {
        using var reply = await _client.PostAsync(Completions.Path, Completions.ToWrite(Question(question.Prompt), question), cancellation);
        return Completions.Written(reply);
    }

    async Task<NextTokens> ListAsync(NextQuestion question, int[] wanted, int? listed, CancellationToken cancellation)
    {
        var asked = Question(question.Prompt);
        asked["logprobs"] = listed ?? wanted.Length;
        if (listed is null)
            asked["logprob_token_ids"] = Json.Of(wanted);
        if (question.Oddly)
            (asked["temperature"], asked["repetition_penalty"], asked["top_k"]) = (3.0, 1.7, 2);
        // Nobody else has this salt, so nothing is shared.
        if (question.Anew)
            asked["cache_salt"] = Guid.NewGuid().ToString("N");
        using var reply = await _client.PostAsync(Completions.Path, asked, cancellation);
        var values = Completions.ListedTokens(reply);
        if (values.Count == 0 || (listed is null && !Array.TrueForAll(wanted, values.ContainsKey)))
            throw new EndpointException(EndpointError.Unfit, $"{_client.Address.Shown} gives no log-probabilities with a completion.");
        var listing = new Listing<int>(values, listed ?? wanted.Length);
        if (listing.Problem is { } problem)
            throw ServerProof.Unfit(problem);
        return listing.Find(wanted, Completions.PromptTokens(reply)) with
        {
            Decoded = Completions.Decoded(reply),
        };
    }

    // What it does not know it leaves out or refuses.
    async Task FindLimitsAsync(CancellationToken cancellation)
    {
        var prompt = await _tokenizer.TokenizeAsync(ProbeQuestions.Prompts[0], ends: true, cancellation);
        List<int> wanted = [];
        foreach (var text in ProbeQuestions.Behind)
            wanted.Add((await _tokenizer.TokenizeAsync(text, ends: false, cancellation))[^1].Id);
        var question = new NextQuestion([.. prompt.Select(t => t.Id)], [.. wanted.Distinct()], null);
        EndpointException? refusal = null;
        foreach (var listed in (int?[])[null, .. Completions.Lengths])
        {
            try
            {
                await ListAsync(question, question.Wanted, listed, cancellation);
                (_names, _listed) = (listed is null, listed ?? 0);
                return;
            }
            catch (EndpointException e) when (e.Kind is EndpointError.Unfit or EndpointError.Prompt)
            {
                refusal = e;
            }
        }
        throw new EndpointException(EndpointError.Unfit, $"{_client.Address.Shown} gives no log-probabilities that can be used: "
            + refusal!.Message, refusal);
    }

    // Whatever the server was told to sample with by default is told otherwise.
    JsonObject Question(int[] prompt) => new()
    {
        ["model"] = Model.Name,
        ["prompt"] = Json.Of(prompt),
        ["max_tokens"] = 1,
        ["temperature"] = 0.0,
        ["top_p"] = 1.0,
        ["top_k"] = -1,
        ["min_p"] = 0.0,
        ["repetition_penalty"] = 1.0,
        ["presence_penalty"] = 0.0,
        ["frequency_penalty"] = 0.0,
        ["return_tokens_as_token_ids"] = true,
        ["add_special_tokens"] = false,
    };

    static async Task<ServedModel> ModelAsync(ServerClient client, JsonElement served, CancellationToken cancellation)
    {
        using var version = await client.FindAsync("version", cancellation);
        // Shown by servers that were begun with --enable-tokenizer-info-endpoint.
        using var tokenizer = await client.FindAsync("tokenizer_info", cancellation);
        var about = tokenizer?.RootElement ?? default;
        return new(served.Text("id"))
        {
            Build = $"{ServerFinder.Vllm} {version?.RootElement.Text("version")}".Trim(),
            // One token is always written.
            ContextLength = (int)Math.Max(0, served.Whole("max_model_len") - 1),
            PerSlot = AtATime,
            ChatTemplate = about.Text("chat_template") is { Length: > 0 } template ? template : null,
            StartToken = about.Text("bos_token"),
            EndToken = about.Text("eos_token"),
        };
    }
}
