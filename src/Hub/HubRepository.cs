using System.Text.Json;

namespace LocalOpinions.Hub;

/// <summary>A repository of the hub at one commit: its licence and its files.</summary>
sealed record HubRepository(string Commit, string? Licence, IReadOnlyList<HubFile> Files)
{
    const int MostBytes = 32 << 20;

    /// <summary>Asks the hub.</summary>
    /// <exception cref="PullException">It cannot be asked, does not know the repository, or answers in riddles.</exception>
    public static async Task<HubRepository> ReadAsync(Fetcher fetcher, HubReference model, CancellationToken cancellation)
    {
        var address = fetcher.Hub.Api(model);
        using var reply = await fetcher.GetAsync(address, 0, null, cancellation);
        using var text = new MemoryStream();
        await using var body = await reply.BodyAsync(cancellation);
        var buffer = new byte[1 << 16];
        for (int read; (read = await reply.ReadAsync(body, buffer, cancellation)) > 0;)
        {
            text.Write(buffer, 0, read);
            if (text.Length > MostBytes)
                throw Unreadable("it is too long");
        }
        try
        {
            text.Position = 0;
            using var json = JsonDocument.Parse(text);
            return Read(json.RootElement) ?? throw Unreadable("it lacks the commit or the files");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Unreadable(e.Message);
        }

        PullException Unreadable(string why) => new(PullError.Content,
            $"What {WebAddress.Shown(address)} says of it cannot be read: {why}.");
    }

    /// <summary>The files that are meant: one, or all parts of a split one in order.</summary>
    /// <exception cref="PullException">There is none, or several and no telling which.</exception>
    public IReadOnlyList<HubFile> Choose(HubReference model)
    {
        var files = Files.ToDictionary(f => f.Path);
        if (model.Path is { } path)
            return Whole(model, path, files);
        var models = Files.Where(f => FileKind.Model.IsOne(f.Path)).GroupBy(f => LocalName.Stem(f.Path))
            .Where(g => IsMeant(g.Key, model.Quantisation)).ToList();
        return models switch
        {
            [] => throw new PullException(PullError.NotFound,
                $"{model.Repository} holds no GGUF model{(model.Quantisation is { } q ? $" in {q}" : "")}.{Holds()}"),
            [var one] => Whole(model, one.First().Path, files),
            _ => throw new PullException(PullError.Argument, $"{model.Repository} holds {models.Count} models. Say which: "
                + $"{List(models.Select(m => $"{model.Repository}/{m.First().Path}"))}."),
        };
    }

    IReadOnlyList<HubFile> Whole(HubReference model, string path, Dictionary<string, HubFile> files)
    {
        if (!files.ContainsKey(path))
            throw new PullException(PullError.NotFound, $"{model.Repository} holds no {path}.{Holds()}");
        var parts = LocalName.Parts(path) ?? [path];
        return parts.FirstOrDefault(p => !files.ContainsKey(p)) is { } missing
            ? throw new PullException(PullError.NotFound, $"{path} is one of {parts.Length} parts, and {model.Repository} lacks {missing}.")
            : [.. parts.Select(p => files[p])];
    }

    // Projectors and calibration data stand beside the models they belong to.
    static bool IsMeant(string stem, string? quantisation)
    {
        var name = stem[(stem.LastIndexOf('/') + 1)..];
        if (quantisation is null)
            return !name.Contains("mmproj", StringComparison.OrdinalIgnoreCase)
                && !name.Contains("imatrix", StringComparison.OrdinalIgnoreCase);
        return name.EndsWith(quantisation, StringComparison.OrdinalIgnoreCase) && name.Length > quantisation.Length
            && name[^(quantisation.Length + 1)] is '-' or '.' or '_';
    }

    string Holds() => Files.Where(f => FileKind.Model.IsOne(f.Path)).Select(f => f.Path).ToList() is { Count: > 0 } models
        ? $" It holds {List(models)}." : "";

    static string List(IEnumerable<string> names)
    {
        const int Shown = 20;
        var all = names.ToList();
        return string.Join(", ", all.Take(Shown)) + (all.Count > Shown ? $" and {all.Count - Shown} more" : "");
    }

    static HubRepository? Read(JsonElement reply)
    {
        if (Text(reply, "sha") is not { } commit || !reply.TryGetProperty("siblings", out var siblings))
            return null;
        var files = siblings.EnumerateArray().Select(HubFile.Read).OfType<HubFile>().DistinctBy(f => f.Path).ToList();
        return new(commit, LicenceOf(reply), files);
    }

    static string? LicenceOf(JsonElement reply)
    {
        var card = reply.TryGetProperty("cardData", out var data) && data.ValueKind is JsonValueKind.Object ? data : default;
        var stated = card.ValueKind is JsonValueKind.Object ? Text(card, "license_name") ?? Text(card, "license") : null;
        if (stated is not null || !reply.TryGetProperty("tags", out var tags) || tags.ValueKind is not JsonValueKind.Array)
            return stated;
        const string Tag = "license:";
        return tags.EnumerateArray().Select(t => t.ValueKind is JsonValueKind.String ? t.GetString() : null)
            .FirstOrDefault(t => t?.StartsWith(Tag, StringComparison.Ordinal) == true)?[Tag.Length..];
    }

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
        ? value.GetString() : null;
}

/// <summary>A file of a repository.</summary>
sealed record HubFile(string Path, long? Bytes, string? Sha256)
{
    public string? GitId { get; private init; }

    public static HubFile? Read(JsonElement sibling)
    {
        if (!sibling.TryGetProperty("rfilename", out var name) || name.GetString() is not { Length: > 0 } path
            || path.Split('/').Any(n => n is "" or "." or ".."))
            return null;
        long? bytes = sibling.TryGetProperty("size", out var size) && size.TryGetInt64(out var n) ? n : null;
        // Small files are kept in git itself, which knows them by a hash of its own.
        var sha256 = sibling.TryGetProperty("lfs", out var lfs) && lfs.ValueKind is JsonValueKind.Object
            && lfs.TryGetProperty("sha256", out var hash) ? Hash.Parse(hash.GetString()) : null;
        var id = sha256 is null && sibling.TryGetProperty("blobId", out var blob) && blob.ValueKind is JsonValueKind.String
            ? GitBlob.Parse(blob.GetString()) : null;
        return new(path, bytes, sha256) { GitId = id };
    }
}
