using LocalOpinions.Common;

namespace LocalOpinions.Hub;

/// <summary>A model's or survey's files, wherever they are.</summary>
sealed record Resolved(string Source, string? Licence, IReadOnlyList<RemoteFile> Files)
{
    public string? Citation { get; init; }
}

/// <summary>Turns what a user asked for into files with addresses, names, sizes and hashes.</summary>
sealed class Resolver(Fetcher fetcher, PullOptions options)
{
    public async Task<Resolved> ResolveAsync(PullReference reference, CancellationToken cancellation)
    {
        var resolved = reference switch
        {
            HubReference model => await OnHubAsync(model, cancellation),
            AddressReference model => await AtAddressAsync(model, cancellation),
            _ => throw new InvalidOperationException($"A model reference of an unknown kind: {reference}."),
        };
        return resolved with { Files = Expected(Renamed(resolved.Files)) };
    }

    // Every file by the address of one commit: what is pulled belongs together and does not change meanwhile.
    async Task<Resolved> OnHubAsync(HubReference model, CancellationToken cancellation)
    {
        var repository = await HubRepository.ReadAsync(fetcher, model, cancellation);
        var files = repository.Choose(model).Select(f => new RemoteFile(
            fetcher.Hub.Resolve(model, repository.Commit, f.Path), model.Kind, model.Name ?? LocalName.Of(f.Path, model.Kind), f.Bytes,
            f.Sha256, (f.Sha256 ?? f.GitId) is null ? HashOrigin.Nobody : HashOrigin.Hub, null)
        { GitId = f.GitId }).ToList();
        if (model.Sha256 is { } known)
            files = [.. files.Select(f => Holding(f, known, HashOrigin.Catalogue))];
        return new($"{model.Repository}@{repository.Commit}", model.Licence ?? repository.Licence, files)
        {
            Citation = model.Citation,
        };
    }

    async Task<Resolved> AtAddressAsync(AddressReference model, CancellationToken cancellation)
    {
        var first = await DescribeAsync(model.Address, cancellation);
        var name = first.Address.Segments[^1];
        if (LocalName.Parts(Uri.UnescapeDataString(name)) is not { } parts)
            return new(WebAddress.Shown(model.Address), null, [first]);
        var files = new List<RemoteFile>();
        foreach (var part in parts)
            files.Add(await DescribeAsync(Sibling(model.Address, part), cancellation));
        return new(WebAddress.Shown(model.Address), null, files);
    }

    // The head of an answer tells all; servers that sign their addresses refuse a request for heads alone.
    async Task<RemoteFile> DescribeAsync(Uri address, CancellationToken cancellation)
    {
        using var reply = await fetcher.GetAsync(address, 0, null, cancellation);
        if (reply.IsWebPage)
            throw new PullException(
                PullError.Content, $"{WebAddress.Shown(address)} is a web page, not a model. Give the address of the file itself.");
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        var name = options.Name is not null ? LocalName.Chosen(options.Name, FileKind.Model)
            : LocalName.Of(FileKind.Model.IsOne(path) ? path : reply.ProposedName ?? path, FileKind.Model);
        var sha256 = reply.Linked.Sha256;
        return new(address, FileKind.Model, name, reply.Total ?? reply.Linked.Bytes, sha256,
            sha256 is null ? HashOrigin.Nobody : HashOrigin.Hub, reply.ETag);
    }

    static Uri Sibling(Uri address, string name) => new UriBuilder(address)
    { Path = address.AbsolutePath[..(address.AbsolutePath.LastIndexOf('/') + 1)] + Uri.EscapeDataString(name) }.Uri;

    IReadOnlyList<RemoteFile> Renamed(IReadOnlyList<RemoteFile> files)
    {
        if (options.Name is null)
            return files;
        var name = LocalName.Chosen(options.Name, files[0].Kind);
        return files.Count == 1
            ? [files[0] with { Name = name }]
            : [.. files.Select((f, i) => f with { Name = LocalName.Of(Part(i + 1), f.Kind) })];

        string Part(int part) => new ShardName(LocalName.Stem(name), part, files.Count, ".gguf").ToString();
    }

    IReadOnlyList<RemoteFile> Expected(IReadOnlyList<RemoteFile> files)
    {
        if (options.Sha256 is not { Count: > 0 } hashes)
            return files;
        return hashes.Count == files.Count
            ? [.. files.Zip(hashes, (f, h) => Holding(f, Hash.Parse(h)!, HashOrigin.User))]
            : throw new PullException(PullError.Argument,
                $"The {files[0].Kind.Noun} has {files.Count} file{(files.Count == 1 ? "" : "s")}, and {hashes.Count} hashes were given.")
            {
                Remedy = PullRemedy.HashPerFile,
            };
    }

    // Two who state a hash must state the same: better known now than after the download.
    static RemoteFile Holding(RemoteFile file, string sha256, HashOrigin from) => file.Sha256 is { } stated && stated != sha256
        ? throw new PullException(
            PullError.Content,
            $"{file.Name} has SHA-256 {stated}, says its server, and {sha256} was expected. It is another file, or a newer one.")
        : file with { Sha256 = sha256, HashFrom = from };
}
