using System.Text.Json;

namespace LocalOpinions.Endpoints;

/// <summary>Finds out what kind of server stands at an address, and whether it has the model.</summary>
public static class ServerFinder
{
    const int NamesShown = 5;

    /// <param name="client">The server.</param>
    /// <param name="name">The model, as the server names it; of a path its last part will do.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="EndpointException">It cannot be reached, is of no known kind, or has no such model.</exception>
    public static async Task<IServer> FindAsync(ServerClient client, string name, CancellationToken cancellation)
    {
        var shown = client.Address.Shown;
        using var listed = await ListAsync(client, cancellation);
        if (Find(listed.RootElement, name) is not { } served)
            throw new EndpointException(EndpointError.Argument, $"{shown} has no model {name}; it has {Names(listed.RootElement)}.");
        return await LlamaServer.FindAsync(client, served, cancellation)
            ?? throw new EndpointException(EndpointError.Unfit, $"{shown} is none of the servers that can be asked: llama-server.");
    }

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
