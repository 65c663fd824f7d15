using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>llama.cpp's own server, by its own routes.</summary>
/// <remarks>
/// It lists the most probable tokens as it has them before any sampling, under the full vocabulary. The token that it samples is listed
/// beside them whatever its place, and a bias decides which one that is: so any token's number can be had without listing all.
/// </remarks>
sealed class LlamaServer : IServer
{
    // Tokens listed at first. More cost the server next to nothing, but are some 80 bytes each to send and to read.
    const int Listed = 128;
    // Beyond so many, or for a vocabulary of so few tokens, everything is listed at once.
    const int MostChosen = 6, SmallVocabulary = 2048;
    // Added to a logit, of which there are none so large.
    const double Chosen = 1e6;
    // It takes the log of a probability: where that is 0 in single precision, the log is below that of the smallest number there.
    const double SmallestLog = Floor.SmallestFloat;

    const string OfItsOwn = "{%- for message in messages -%}\n  {{- '<|im_start|>' + message.role + '\\n' + message.content";

    readonly ServerClient _client;

    LlamaServer(ServerClient client, ServedModel model) => (_client, Model) = (client, model);

    public string Kind => ServerFinder.LlamaServer;

    public ServedModel Model { get; }

    /// <summary>Takes the model of a name, where this is such a server.</summary>
    /// <returns>Null where it is none.</returns>
    /// <param name="client">The server.</param>
    /// <param name="served">What it lists at /v1/models: the entry of that name.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<LlamaServer?> FindAsync(ServerClient client, JsonElement served, CancellationToken cancellation) =>
        await ModelAsync(client, served, cancellation) is { } model ? new(client, model) : null;

    public async Task<ServedModel> DescribeAsync(CancellationToken cancellation) =>
        await ModelAsync(_client, await ServerFinder.StillThereAsync(_client, Model.Name, cancellation), cancellation)
            ?? throw ServerFinder.Gone(_client, Model.Name);

    static async Task<ServedModel?> ModelAsync(ServerClient client, JsonElement served, CancellationToken cancellation)
    {
        using var found = await client.FindAsync("props", cancellation);
        return found?.RootElement.TryGetProperty("total_slots", out _) is true ? ModelOf(served, found.RootElement) : null;
    }

    static ServedModel ModelOf(JsonElement served, JsonElement properties)
    {
        var meta = served.TryGetProperty("meta", out var about) && about.ValueKind == JsonValueKind.Object ? about : default;
        var context = properties.TryGetProperty("default_generation_settings", out var settings) ? settings.Whole("n_ctx") : 0;
        return new(served.Text("id"))
        {
            Build = $"llama-server {properties.Text("build_info")}".Trim(),
            // It wants room for the token that it samples.
            ContextLength = (int)Math.Max(0, context - 1),
            VocabularySize = (int)meta.Whole("n_vocab"),
            Parameters = meta.Whole("n_params"),
            Bytes = meta.Whole("size"),
            Format = properties.Text("model_ftype") is { Length: > 0 } format ? format : "unknown",
            Slots = (int)Math.Max(1, properties.Whole("total_slots")),
            ChatTemplate = Own(properties.Text("chat_template")),
            StartToken = properties.Text("bos_token"),
            EndToken = properties.Text("eos_token"),
        };
    }

    public async Task<IReadOnlyList<ServedToken>> TokenizeAsync(string text, bool ends, bool control, CancellationToken cancellation)
    {
        using var reply = await _client.PostAsync("tokenize", new()
        {
            ["content"] = text,
            ["add_special"] = ends,
            ["parse_special"] = control,
            ["with_pieces"] = true,
        }, cancellation);
        if (!reply.RootElement.TryGetProperty("tokens", out var tokens))
            throw Unfit("answers /tokenize without tokens");
        return [.. tokens.EnumerateArray().Select(t => new ServedToken((int)t.Whole("id"), Piece(t.GetProperty("piece"))))];
    }

    public async Task<NextTokens> NextAsync(NextQuestion question, CancellationToken cancellation)
    {
        var values = new double[question.Wanted.Length];
        Array.Fill(values, double.NaN);
        var all = Model.VocabularySize is > 0 and <= SmallVocabulary;
        var (prompt, decoded) = await ListAsync(question, all ? Model.VocabularySize : Listed, values, cancellation);
        var missing = question.Wanted.Where((_, i) => double.IsNaN(values[i])).ToArray();
        if (missing.Length > MostChosen)
        {
            await ListAsync(question, int.MaxValue, values, cancellation);
            missing = [.. question.Wanted.Where((_, i) => double.IsNaN(values[i]))];
        }
        foreach (var token in missing)
            values[Array.IndexOf(question.Wanted, token)] = await ChooseAsync(question, token, cancellation);
        return Floor.Bounded(new(values, prompt) { Decoded = decoded }, SmallestLog);
    }

    async Task<(int Prompt, int? Decoded)> ListAsync(NextQuestion question, int listed, double[] values, CancellationToken cancellation)
    {
        using var reply = await CompleteAsync(question, listed, question.Wanted[0], cancellation);
        foreach (var token in Sampled(reply).GetProperty("top_logprobs").EnumerateArray())
        {
            if (Array.IndexOf(question.Wanted, (int)token.Whole("id")) is >= 0 and var i)
                values[i] = token.Number("logprob");
        }
        if (Array.IndexOf(question.Wanted, (int)Sampled(reply).Whole("id")) is >= 0 and var sampled)
            values[sampled] = Sampled(reply).Number("logprob");
        int? decoded = reply.RootElement.TryGetProperty("timings", out var t) ? (int)t.Whole("prompt_n")
            : reply.RootElement.TryGetProperty("prompt_n", out var n) ? n.GetInt32() : null;
        return ((int)reply.RootElement.Whole("tokens_evaluated"), decoded);
    }

    async Task<double> ChooseAsync(NextQuestion question, int token, CancellationToken cancellation)
    {
        using var reply = await CompleteAsync(question, 1, token, cancellation);
        return Sampled(reply).Whole("id") == token ? Sampled(reply).Number("logprob")
            : throw Unfit($"was told to write token {token} and wrote another, so what it does not list cannot be read");
    }

    // A token is always chosen: a sampled one may be a part of a character, and for that the server shows no probabilities.
    async Task<JsonDocument> CompleteAsync(NextQuestion question, int listed, int chosen, CancellationToken cancellation)
    {
        var asked = new JsonObject
        {
            ["model"] = Model.Name,
            ["prompt"] = new JsonArray([.. question.Prompt.Select(t => (JsonNode)t)]),
            ["n_predict"] = 1,
            ["n_probs"] = listed,
            ["cache_prompt"] = !question.Anew,
            ["temperature"] = question.Oddly ? 3.0 : 0.0,
            ["repeat_penalty"] = question.Oddly ? 1.7 : 1.0,
            ["post_sampling_probs"] = false,
            ["logit_bias"] = new JsonArray(new JsonArray(chosen, Chosen)),
            ["response_fields"] = new JsonArray("completion_probabilities", "tokens_evaluated", "truncated", "timings"),
        };
        if (question.Slot is { } slot)
            asked["id_slot"] = slot;
        var reply = await _client.PostAsync("completion", asked, cancellation);
        if (reply.RootElement.TryGetProperty("truncated", out var cut) && cut.ValueKind == JsonValueKind.True
            && reply.RootElement.Whole("tokens_evaluated") != question.Prompt.Length)
            throw new EndpointException(EndpointError.Prompt, "the server cuts it, for want of room in its context");
        return reply;
    }

    public async Task<ServedText> WriteAsync(WritingQuestion question, CancellationToken cancellation)
    {
        using var reply = await _client.PostAsync("completion", new()
        {
            ["model"] = Model.Name,
            ["prompt"] = Json.Of(question.Prompt),
            ["n_predict"] = question.MostTokens,
            // These alone, in this order: penalties and limits of the server's own would change what the model says.
            ["samplers"] = new JsonArray("temperature", "top_p"),
            ["temperature"] = question.Temperature,
            ["top_p"] = question.TopP,
            ["seed"] = question.Seed & uint.MaxValue,
            ["stop"] = new JsonArray([.. question.Stops.Select(s => (JsonNode)s)]),
            ["response_fields"] = new JsonArray("content", "stop_type", "tokens_predicted"),
        }, cancellation);
        return new(reply.RootElement.Text("content"), reply.RootElement.Text("stop_type") switch
        {
            "eos" => TextEnd.Model,
            "word" => TextEnd.Stop,
            "limit" => TextEnd.Length,
            var other => throw Unfit($"ends a text for a reason that is not known: \"{other}\""),
        }, (int)reply.RootElement.Whole("tokens_predicted"));
    }

    // Of a model without one the server shows a layout that is the server's own, and which the model never saw.
    static string? Own(string template) => template.StartsWith(OfItsOwn, StringComparison.Ordinal) ? null : template;

    JsonElement Sampled(JsonDocument reply) => reply.RootElement.TryGetProperty("completion_probabilities", out var tokens)
        && tokens.ValueKind == JsonValueKind.Array && tokens.GetArrayLength() > 0 && tokens[0].TryGetProperty("top_logprobs", out _)
            ? tokens[0] : throw Unfit("gives no log-probabilities with a completion");

    EndpointException Unfit(string what) => new(EndpointError.Unfit, $"{_client.Address.Shown} {what}.");

    static string Piece(JsonElement piece) => piece.ValueKind == JsonValueKind.String ? piece.GetString()!
        : Encoding.UTF8.GetString([.. piece.EnumerateArray().Select(b => (byte)b.GetInt32())]);
}
