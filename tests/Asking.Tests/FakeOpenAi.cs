using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LocalOpinions.Asking.Tests;

/// <summary>Replies in the shape that OpenAI documents of /v1/completions, by text.</summary>
static class FakeOpenAi
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
                ["owned_by"] = "somebody",
            }),
        },
        "/v1/completions" => Completion(server, asked!, [FakeServer.Start, .. FakeServer.Tokens((string)asked!["prompt"]!)],
            FakeServer.Piece),
        _ => null,
    };

    /// <param name="server">The server.</param>
    /// <param name="asked">The request.</param>
    /// <param name="prompt">Its prompt's tokens.</param>
    /// <param name="name">What a token is called.</param>
    public static JsonObject Completion(FakeServer server, JsonNode asked, int[] prompt, Func<int, string> name)
    {
        var listed = (int?)asked["logprobs"];
        if (listed > server.MostListed && asked["logprob_token_ids"] is null)
            throw new BadHttpRequestException(
                $"Requested sample logprobs of {listed}, which is greater than max allowed: {server.MostListed}");
        var values = server.Next(prompt, asked);
        List<int> order = [.. Enumerable.Range(0, values.Length).OrderByDescending(t => values[t])];
        var (sampled, most) = (order[0], (int)asked["max_tokens"]!);
        int[] named = [.. (server.Names ? asked["logprob_token_ids"]?.AsArray() ?? [] : []).Select(t => (int)t!)];
        int[] shown = listed is not { } many ? [] : named.Length > 0 ? [sampled, .. named] : [.. order.Take(many)];
        List<(int Token, double? Value, int[] Listed)> places = [(sampled, values[sampled], [.. shown.Distinct()])];
        if ((bool?)asked["echo"] == true && server.Echo != "none")
            places.InsertRange(0, prompt.Select((t, i) => (t, Own(server, asked, prompt, i), (int[])[])));
        return new()
        {
            ["id"] = "cmpl-1",
            ["object"] = "text_completion",
            ["created"] = 1,
            ["model"] = FakeServer.Name,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["text"] = server.Written(prompt, most),
                ["finish_reason"] = "length",
                ["logprobs"] = listed is null ? null : new JsonObject
                {
                    ["text_offset"] = new JsonArray([.. places.Select(_ => (JsonNode)0)]),
                    ["token_logprobs"] = new JsonArray([.. places.Select(p => (JsonNode?)p.Value)]),
                    ["tokens"] = new JsonArray([.. places.Select(p => (JsonNode)name(p.Token))]),
                    ["top_logprobs"] = new JsonArray([.. places.Select(p => (JsonNode)new JsonObject(
                        p.Listed.DistinctBy(name).Select(t => KeyValuePair.Create(name(t), (JsonNode?)values[t]))))]),
                },
            }),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = prompt.Length + server.Added,
                ["completion_tokens"] = most,
                ["total_tokens"] = prompt.Length + server.Added + most,
                ["prompt_tokens_details"] = null,
            },
        };
    }

    /// <summary>What it says of a prompt's own token; nothing of its first.</summary>
    public static double? Own(FakeServer server, JsonNode asked, int[] prompt, int place) => place == 0 ? null : server.Echo switch
    {
        "refused" => throw new BadHttpRequestException("prompt logprobs are not supported"),
        "zeros" => 0,
        _ => server.Next(prompt.Take(place), asked)[prompt[place]],
    };
}
