using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>SGLang, by its own route.</summary>
/// <remarks>
/// It gives the log-probabilities of exactly the tokens that are named, but after temperature: so it is asked greedily, which leaves them
/// alone, and held against itself at temperature 1.
/// </remarks>
sealed class SglangServer : IServer
{
    const int AtATime = 64;

    readonly ServerClient _client;
    readonly ServedTokenizer _tokenizer;

    SglangServer(ServerClient client, ServedTokenizer tokenizer, ServedModel model) =>
        (_client, _tokenizer, Model) = (client, tokenizer, model);

    public string Kind => ServerFinder.Sglang;

    public ServedModel Model { get; }

    /// <inheritdoc cref="LlamaServer.FindAsync"/>
    public static async Task<SglangServer?> FindAsync(ServerClient client, JsonElement served, CancellationToken cancellation)
    {
        if (await ModelAsync(client, served, cancellation) is not { } model)
            return null;
        var tokenizer = await ServedTokenizer.FindAsync(client, model.Name, cancellation) ?? throw new EndpointException(
            EndpointError.Unfit, $"{client.Address.Shown} is an SGLang without /tokenize, so labels cannot be proven. Begin a newer one.");
        return new(client, tokenizer, model);
    }

    public async Task<ServedModel> DescribeAsync(CancellationToken cancellation) =>
        await ModelAsync(_client, await ServerFinder.StillThereAsync(_client, Model.Name, cancellation), cancellation)
            ?? throw ServerFinder.Gone(_client, Model.Name);

    public Task<IReadOnlyList<ServedToken>> TokenizeAsync(string text, bool ends, bool control, CancellationToken cancellation) =>
        _tokenizer.TokenizeAsync(text, ends, cancellation);

    public async Task<NextTokens> NextAsync(NextQuestion question, CancellationToken cancellation)
    {
        var asked = Question(question.Prompt, written: 1, question.Oddly ? 1.0 : 0.0);
        asked["token_ids_logprob"] = Json.Of(question.Wanted);
        if (question.Anew)
            asked["extra_key"] = Guid.NewGuid().ToString("N");
        using var reply = await _client.PostAsync("generate", asked, cancellation);
        var about = reply.RootElement.Inside("meta_info");
        // Each is its number, its token, and perhaps its text.
        var values = about.Inside("output_token_ids_logprobs").At(0).Entries()
            .ToLookup(t => t.At(1).TryGetInt32(out var token) ? token : -1, t => Number(t.At(0)));
        if (!Array.TrueForAll(question.Wanted, values.Contains))
            throw new EndpointException(EndpointError.Unfit,
                $"{_client.Address.Shown} gives no log-probabilities of the tokens it is asked for.");
        return Floor.Bounded(new([.. question.Wanted.Select(t => values[t].First())], Counted(about, 0)) { Decoded = Decoded(about) },
            Floor.NoLog);
    }

    public async Task<NextTokens?> EchoAsync(int[] prompt, int[] text, CancellationToken cancellation)
    {
        var asked = Question([.. prompt, .. text], written: 0, 0.0);
        // What comes before it is taken from the cache.
        asked["logprob_start_len"] = prompt.Length - 1;
        using var reply = await _client.PostAsync("generate", asked, cancellation);
        var about = reply.RootElement.Inside("meta_info");
        var last = about.Inside("input_token_logprobs").Entries().TakeLast(text.Length).ToList();
        if (!last.Select(t => t.At(1).TryGetInt32(out var token) ? token : -1).SequenceEqual(text))
            return null;
        double[] values = [.. last.Select(t => Number(t.At(0)))];
        return Floor.Bounded(new(values, Counted(about, text.Length)) { Decoded = Decoded(about) }, Floor.NoLog);
    }

    public async Task<ServedText> WriteAsync(WritingQuestion question, CancellationToken cancellation)
    {
        var asked = Question(question.Prompt, question.MostTokens, question.Temperature);
        asked.Remove("return_logprob");
        var sampling = asked["sampling_params"]!;
        sampling["top_p"] = question.TopP;
        if (question.Stops.Count > 0)
            sampling["stop"] = new JsonArray([.. question.Stops.Select(s => (JsonNode)s)]);
        using var reply = await _client.PostAsync("generate", asked, cancellation);
        var about = reply.RootElement.Inside("meta_info");
        if (reply.RootElement.Inside("text").ValueKind != JsonValueKind.String)
            throw ServerProof.Unfit("answers without a text");
        var end = about.Inside("finish_reason");
        return new(reply.RootElement.Text("text"), end.Text("type") == "length" ? TextEnd.Length
            : end.Inside("matched").ValueKind == JsonValueKind.String ? TextEnd.Stop : TextEnd.Model,
            (int)about.Whole("completion_tokens"));
    }

    static JsonObject Question(int[] prompt, int written, double temperature) => new()
    {
        ["input_ids"] = Json.Of(prompt),
        ["sampling_params"] = new JsonObject
        {
            ["max_new_tokens"] = written,
            ["temperature"] = temperature,
            ["top_p"] = 1.0,
            ["top_k"] = -1,
            ["min_p"] = 0.0,
            ["frequency_penalty"] = 0.0,
            ["presence_penalty"] = 0.0,
            ["repetition_penalty"] = 1.0,
        },
        ["return_logprob"] = true,
    };

    static int? Counted(JsonElement about, int more) => about.Whole("prompt_tokens") is > 0 and var all ? (int)all - more : null;

    static int? Decoded(JsonElement about) => about.Inside("cached_tokens").ValueKind == JsonValueKind.Number
        ? (int)(about.Whole("prompt_tokens") - about.Whole("cached_tokens")) : null;

    static double Number(JsonElement of) => of.ValueKind == JsonValueKind.Number ? of.GetDouble() : double.NaN;

    static async Task<ServedModel?> ModelAsync(ServerClient client, JsonElement served, CancellationToken cancellation)
    {
        // Each has an older and a newer name.
        using var model = await client.FindAsync("get_model_info", cancellation) ?? await client.FindAsync("model_info", cancellation);
        if (model?.RootElement.Text("model_path") is not { Length: > 0 })
            return null;
        using var server = await client.FindAsync("server_info", cancellation) ?? await client.FindAsync("get_server_info", cancellation);
        return new(served.Text("id"))
        {
            Build = $"{ServerFinder.Sglang} {server?.RootElement.Text("version")}".Trim(),
            ContextLength = (int)Math.Max(0, served.Whole("max_model_len") - 1),
            PerSlot = AtATime,
        };
    }
}
