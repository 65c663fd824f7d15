using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalOpinions.Asking.Tests;

/// <summary>Replies in the shapes that vLLM documents: of its models, its tokenizer and completions of token numbers.</summary>
static class FakeVllm
{
    public static JsonNode? Reply(FakeServer server, string path, JsonNode? asked) => path switch
    {
        "/v1/models" => new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray(new JsonObject
            {
                ["id"] = FakeServer.Name,
                ["object"] = "model",
                ["created"] = 1,
                ["owned_by"] = "vllm",
                ["root"] = "somebody/made-up",
                ["parent"] = null,
                ["max_model_len"] = 32768,
            }),
        },
        "/version" => new JsonObject { ["version"] = "0.20.0" },
        "/tokenize" => Tokenized(server, asked!),
        "/detokenize" => new JsonObject { ["prompt"] = Text(asked!) },
        "/v1/completions" => Completion(server, asked!),
        _ => null,
    };

    public static JsonObject Tokenized(FakeServer server, JsonNode asked)
    {
        int[] tokens = [.. (bool)asked["add_special_tokens"]! ? Enumerable.Repeat(FakeServer.Start, server.Starts) : [],
            .. FakeServer.Tokens((string)asked["prompt"]!)];
        return new()
        {
            ["count"] = tokens.Length,
            ["max_model_len"] = 32768,
            ["tokens"] = new JsonArray([.. tokens.Select(t => (JsonNode)t)]),
            ["token_strs"] = null,
        };
    }

    /// <summary>As vocabularies do that write a blank at a text's beginning as nothing.</summary>
    public static string Text(JsonNode asked)
    {
        var text = string.Concat(asked["tokens"]!.AsArray().Select(t => FakeServer.Piece((int)t!)));
        return text.StartsWith(' ') ? text[1..] : text;
    }

    static JsonObject Completion(FakeServer server, JsonNode asked)
    {
        if (asked["prompt"] is JsonValue text)
            return FakeOpenAi.Completion(server, asked, [FakeServer.Start, .. FakeServer.Tokens((string)text!)], FakeServer.Piece);
        int[] prompt = [.. asked["prompt"]!.AsArray().Select(t => (int)t!)];
        var reply = FakeOpenAi.Completion(server, asked, prompt, t => $"token_id:{t}");
        reply["choices"]![0]!["stop_reason"] = null;
        if (asked["prompt_logprobs"] is not null && server.Echo != "none")
            reply["choices"]![0]!["prompt_logprobs"] = new JsonArray([.. prompt.Select((t, i) => Place(server, asked, prompt, i))]);
        return reply;
    }

    static JsonNode? Place(FakeServer server, JsonNode asked, int[] prompt, int place) =>
        FakeOpenAi.Own(server, asked, prompt, place) is not { } value ? null : new JsonObject
        {
            [prompt[place].ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["logprob"] = value,
                ["rank"] = 1,
                ["decoded_token"] = FakeServer.Piece(prompt[place]),
            },
        };
}
