using System.Text.Json.Nodes;

namespace LocalOpinions.Asking.Tests;

/// <summary>Replies in the shapes that SGLang documents: of its model, its tokenizer and /generate.</summary>
static class FakeSglang
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
                ["owned_by"] = "sglang",
                ["root"] = FakeServer.Name,
                ["max_model_len"] = 32768,
            }),
        },
        "/get_model_info" => new JsonObject
        {
            ["model_path"] = "somebody/made-up",
            ["tokenizer_path"] = "somebody/made-up",
            ["is_generation"] = true,
        },
        "/server_info" => new JsonObject { ["version"] = "0.5.9", ["max_total_num_tokens"] = 100_000 },
        "/tokenize" => FakeVllm.Tokenized(server, asked!),
        "/detokenize" => new JsonObject { ["text"] = FakeVllm.Text(asked!) },
        "/generate" => Generated(server, asked!),
        _ => null,
    };

    static JsonObject Generated(FakeServer server, JsonNode asked)
    {
        int[] prompt = [.. asked["input_ids"]!.AsArray().Select(t => (int)t!)];
        var values = server.Next(prompt, asked["sampling_params"]!);
        var about = new JsonObject
        {
            ["id"] = "1",
            ["finish_reason"] = new JsonObject { ["type"] = "length", ["length"] = 1 },
            ["prompt_tokens"] = prompt.Length + server.Added,
            ["completion_tokens"] = 1,
            ["cached_tokens"] = 0,
            ["output_token_logprobs"] = new JsonArray(Token(values.Max(), Array.IndexOf(values, values.Max()))),
        };
        if (asked["token_ids_logprob"] is { } named)
            about["output_token_ids_logprobs"] =
                new JsonArray(new JsonArray([.. named.AsArray().Select(t => Token(values[(int)t!], (int)t!))]));
        if (asked["logprob_start_len"] is { } from && server.Echo != "none")
        {
            var sampling = asked["sampling_params"]!;
            about["input_token_logprobs"] = new JsonArray([.. prompt.Index().Skip((int)from)
                .Select(t => Token(t.Index == (int)from ? null : FakeOpenAi.Own(server, sampling, prompt, t.Index), t.Item))]);
        }
        var most = (int)asked["sampling_params"]!["max_new_tokens"]!;
        about["completion_tokens"] = most;
        return new() { ["text"] = server.Written(prompt, most), ["output_ids"] = new JsonArray(0), ["meta_info"] = about };
    }

    static JsonArray Token(double? value, int token) => new(value, token, null);
}
