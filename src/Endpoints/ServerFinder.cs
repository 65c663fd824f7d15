using System.Text.Json;

namespace LocalOpinions.Endpoints;

/// <summary>Finds out what kind of server stands at an address, and whether it has the model.</summary>
public static class ServerFinder
{
    /// <summary>The kinds of servers, as runs store them.</summary>
    public const string LlamaServer = "llama-server", Vllm = "vllm", Sglang = "sglang", OpenAi = "openai";

    const int NamesShown = 5;

    /// <summary>All kinds, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [LlamaServer, Sglang, Vllm, OpenAi];

    /// <param name="client">The server.</param>
    /// <param name="name">The model, as the server names it; of a path its last part will do.</param>
    /// <param name="kind">One of <see cref="Kinds"/>; null to find out.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="EndpointException">It cannot be reached, is not of the kind or of none, or has no such model.</exception>
    public static async Task<IServer> FindAsync(ServerClient client, string name, string? kind, CancellationToken cancellation)
    {
        var shown = client.Address.Shown;
        using var listed = await ListAsync(client, cancellation);
        if (Find(listed.RootElement, name) is not { } served)
            throw new EndpointException(EndpointError.Argument, $"{shown} has no model {name}; it has {Names(listed.RootElement)}.");
        foreach (var tried in kind is null ? Kinds : [kind])
        {
            if (await FindAsync(client, served, tried, cancellation) is { } server)
                return server;
        }
        throw new EndpointException(EndpointError.Unfit, kind is null
            ? $"{shown} is none of the servers that can be asked: {string.Join(", ", Kinds)}."
            : $"{shown} does not answer as {kind} does. Leave the kind out to find out what it is.");
    }

    static async Task<IServer?> FindAsync(ServerClient client, JsonElement served, string kind, CancellationToken cancellation) =>
        kind switch
        {
            LlamaServer => await Endpoints.LlamaServer.FindAsync(client, served, cancellation),
            Sglang => await SglangServer.FindAsync(client, served, cancellation),
            Vllm => await VllmServer.FindAsync(client, served, cancellation),
            OpenAi => await OpenAiServer.FindAsync(client, served, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of server"),
        };

    /// <summary>What the server lists now of the model that was asked.</summary>
    /// <exception cref="EndpointException">Kind <see cref="EndpointError.Changed"/>: the model is gone.</exception>
    internal static async Task<JsonElement> StillThereAsync(ServerClient client, string name, CancellationToken cancellation)
    {
        using var listed = await ListAsync(client, cancellation);
        return Find(listed.RootElement, name)?.Clone() ?? throw Gone(client, name);
    }

    internal static EndpointException Gone(ServerClient client, string name) => new(EndpointError.Changed,
        $"{client.Address.Shown} has no model {name} any more. What it answered is stored; put the model back and run the same command.");

    /// <summary>The models that a server lists.</summary>
    internal static async Task<JsonDocument> ListAsync(ServerClient client, CancellationToken cancellation) =>
        await client.FindAsync("v1/models", cancellation)
            ?? throw new EndpointException(EndpointError.Unfit,
                $"{client.Address.Shown} lists no models at /v1/models. Is it a server of models?");

    /// <summary>The one of a name among them.</summary>
    internal static JsonElement? Find(JsonElement listed, string name)
    {
        foreach (var called in (Func<string, string>[])[id => id, LastPart])
        {
            if (Models(listed).FindAll(m => called(m.Text("id")) == name) is [var one])
                return one;
        }
        return null;
    }

    static List<JsonElement> Models(JsonElement listed) =>
        listed.ValueKind == JsonValueKind.Object && listed.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Where(m => m.Text("id").Length > 0)] : [];

    static string Names(JsonElement listed) => Models(listed) switch
    {
        [] => "none",
        var models => string.Join(", ", models.Take(NamesShown).Select(m => m.Text("id"))) + (models.Count > NamesShown ? ", ..." : ""),
    };

    /// <summary>Of a model that goes by its file's path, the file's name without ".gguf"; of any other, its name.</summary>
    public static string LastPart(string id) =>
        id.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(id.Split('/', '\\')[^1]) : id;
}
