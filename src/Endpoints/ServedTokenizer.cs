using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>The tokenizer of a served model by the routes that vLLM and SGLang have: /tokenize and /detokenize. Thread-safe.</summary>
/// <remarks>
/// These read names of control tokens in any text as control tokens. Whoever asks sees them by their pieces. A piece is what a token adds
/// to the text of another one: alone, some vocabularies write it without the blank that it begins with.
/// </remarks>
sealed class ServedTokenizer
{
    const string AnchorText = "be";

    readonly ServerClient _client;
    readonly string _model;
    readonly ConcurrentDictionary<int, string> _pieces = new();
    int _anchor;
    string _anchored = "";

    ServedTokenizer(ServerClient client, string model) => (_client, _model) = (client, model);

    /// <returns>Null where the server has no such routes.</returns>
    public static async Task<ServedTokenizer?> FindAsync(ServerClient client, string model, CancellationToken cancellation)
    {
        var tokenizer = new ServedTokenizer(client, model);
        using var reply = await client.TryPostAsync("tokenize", tokenizer.Question(AnchorText, ends: false), cancellation);
        if (reply is null || Numbers(reply) is not { Count: > 0 } tokens)
            return null;
        tokenizer._anchor = tokens[^1];
        tokenizer._anchored = await tokenizer.TextAsync([tokens[^1]], cancellation);
        return tokenizer;
    }

    /// <inheritdoc cref="IServer.TokenizeAsync"/>
    public async Task<IReadOnlyList<ServedToken>> TokenizeAsync(string text, bool ends, CancellationToken cancellation)
    {
        using var reply = await _client.PostAsync("tokenize", Question(text, ends), cancellation);
        var tokens = Numbers(reply) ?? throw new EndpointException(EndpointError.Unfit,
            $"{_client.Address.Shown} answers /tokenize without tokens.");
        var served = new ServedToken[tokens.Count];
        for (var i = 0; i < served.Length; i++)
            served[i] = new(tokens[i], await PieceAsync(tokens[i], cancellation));
        return served;
    }

    async Task<string> PieceAsync(int token, CancellationToken cancellation)
    {
        if (_pieces.TryGetValue(token, out var known))
            return known;
        var text = await TextAsync([_anchor, token], cancellation);
        var piece = text.StartsWith(_anchored, StringComparison.Ordinal) ? text[_anchored.Length..]
            : await TextAsync([token], cancellation);
        // One without a text is no part of any: named so that it is seen to be none.
        return _pieces[token] = piece.Length > 0 ? piece : $"<token {token}>";
    }

    async Task<string> TextAsync(int[] tokens, CancellationToken cancellation)
    {
        using var reply = await _client.PostAsync("detokenize", new()
        {
            ["model"] = _model,
            ["tokens"] = Json.Of(tokens),
            ["skip_special_tokens"] = false,
        }, cancellation);
        // vLLM calls it "prompt", SGLang "text".
        return reply.RootElement.Text("prompt") is { Length: > 0 } text ? text : reply.RootElement.Text("text");
    }

    JsonObject Question(string text, bool ends) => new() { ["model"] = _model, ["prompt"] = text, ["add_special_tokens"] = ends };

    static List<int>? Numbers(JsonDocument reply) =>
        reply.RootElement.Inside("tokens") is { ValueKind: JsonValueKind.Array } tokens
            && tokens.Entries().All(t => t.ValueKind == JsonValueKind.Number)
            ? [.. tokens.Entries().Select(t => t.GetInt32())] : null;
}
