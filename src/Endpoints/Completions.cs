using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>Replies of /v1/completions, as far as servers agree about them.</summary>
static class Completions
{
    const string TokenName = "token_id:";

    // OpenAI's own limit; whoever asks cuts at the others.
    const int MostStops = 4;

    /// <summary>How many of the most probable tokens a server is asked to list, one after the other until it does.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [128, 20, 5];

    /// <summary>Where that stands.</summary>
    public const string Path = "v1/completions";

    /// <summary>The log-probabilities of the tokens that were listed behind the prompt, each under what the server calls it.</summary>
    /// <remarks>
    /// OpenAI's completions list them as names with numbers; llama-server as entries with a name each, as OpenAI's chats do. There two
    /// tokens may have one name: the text then has the probability of both.
    /// </remarks>
    public static Dictionary<string, double> Listed(JsonDocument reply)
    {
        var logprobs = Choice(reply).Inside("logprobs");
        if (logprobs.Inside("content").At(0) is { ValueKind: JsonValueKind.Object } content)
        {
            return content.Inside("top_logprobs").Entries().GroupBy(t => t.Text("token"), t => t.Number("logprob"))
                .ToDictionary(t => t.Key, t => t.Count() == 1 ? t.First() : Math.Log(t.Sum(Math.Exp)));
        }
        return logprobs.Inside("top_logprobs").At(0) is { ValueKind: JsonValueKind.Object } names
            ? names.EnumerateObject().Where(n => n.Value.ValueKind == JsonValueKind.Number)
                .ToDictionary(n => n.Name, n => n.Value.GetDouble())
            : [];
    }

    /// <summary>The same where tokens go by their numbers.</summary>
    public static Dictionary<int, double> ListedTokens(JsonDocument reply) => Listed(reply)
        .Where(t => t.Key.StartsWith(TokenName, StringComparison.Ordinal))
        .ToDictionary(t => int.Parse(t.Key.AsSpan(TokenName.Length), CultureInfo.InvariantCulture), t => t.Value);

    /// <summary>Its first choice; none was asked for besides.</summary>
    public static JsonElement Choice(JsonDocument reply) => reply.RootElement.Inside("choices").At(0);

    /// <summary>A question for log-probabilities as one for a text.</summary>
    public static JsonObject ToWrite(JsonObject asked, WritingQuestion question)
    {
        asked.Remove("logprobs");
        asked["max_tokens"] = question.MostTokens;
        asked["temperature"] = question.Temperature;
        asked["top_p"] = question.TopP;
        asked["seed"] = question.Seed;
        if (question.Stops.Count > 0)
            asked["stop"] = new JsonArray([.. question.Stops.Take(MostStops).Select(s => (JsonNode)s)]);
        return asked;
    }

    /// <summary>The text of a reply.</summary>
    /// <exception cref="EndpointException">There is none.</exception>
    public static ServedText Written(JsonDocument reply)
    {
        var choice = Choice(reply);
        if (choice.Inside("text").ValueKind != JsonValueKind.String)
            throw ServerProof.Unfit("answers a completion without its text");
        // vLLM alone says which string ended it.
        return new(choice.Text("text"), choice.Text("finish_reason") == "length" ? TextEnd.Length
            : choice.Inside("stop_reason").ValueKind == JsonValueKind.String ? TextEnd.Stop : TextEnd.Model,
            (int)reply.RootElement.Inside("usage").Whole("completion_tokens"));
    }

    /// <summary>How many tokens the server counts in the prompt; null where it does not.</summary>
    public static int? PromptTokens(JsonDocument reply) =>
        reply.RootElement.Inside("usage").Whole("prompt_tokens") is > 0 and var counted ? (int)counted : null;

    /// <summary>How many of the prompt it did not have in its cache; null where it does not say.</summary>
    public static int? Decoded(JsonDocument reply) =>
        PromptTokens(reply) is { } all && reply.RootElement.Inside("usage").Inside("prompt_tokens_details") is
        { ValueKind: JsonValueKind.Object } details ? all - (int)details.Whole("cached_tokens") : null;
}
