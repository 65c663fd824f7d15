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
        using var listed = await client.FindAsync("v1/models", cancellation)
            ?? throw new EndpointException(EndpointError.Unfit, $"{shown} lists no models at /v1/models. Is it a server of models?");
        var served = Named(listed.RootElement, name, shown);
        using var properties = await client.FindAsync("props", cancellation);
        if (properties?.RootElement.TryGetProperty("total_slots", out _) is true)
            return LlamaServer.Of(client, served, properties.RootElement);
        throw new EndpointException(EndpointError.Unfit, $"{shown} is none of the servers that can be asked: llama-server.");
    }

    static JsonElement Named(JsonElement listed, string name, string shown)
    {
        if (!listed.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() == 0)
            throw new EndpointException(EndpointError.Unfit, $"{shown} has no models.");
        var models = data.EnumerateArray().Where(m => m.Text("id").Length > 0).ToList();
        foreach (var called in (Func<string, string>[])[id => id, LastPart])
        {
            if (models.FindAll(m => called(m.Text("id")) == name) is [var one])
                return one;
        }
        throw new EndpointException(EndpointError.Argument, $"{shown} has no model {name}; it has "
            + $"{string.Join(", ", models.Take(NamesShown).Select(m => m.Text("id")))}{(models.Count > NamesShown ? ", ..." : "")}.");
    }

    /// <summary>Of a model that goes by its file's path, the file's name without ".gguf"; of any other, its name.</summary>
    public static string LastPart(string id) =>
        id.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(id.Split('/', '\\')[^1]) : id;
}
