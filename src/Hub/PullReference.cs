using System.Text.RegularExpressions;

namespace LocalOpinions.Hub;

/// <summary>What a user asks to pull.</summary>
abstract partial record PullReference
{
    /// <summary>
    /// Reads a catalogue name, <c>owner/repository[@revision][:QUANT]</c>, <c>owner/repository[@revision]/file.gguf</c> (with or without
    /// <c>hf://</c>), or an address.
    /// </summary>
    /// <exception cref="PullException">It is none of these.</exception>
    public static PullReference Parse(string text, HubEndpoint hub)
    {
        text = text.Trim();
        if (text.StartsWith("hf://", StringComparison.OrdinalIgnoreCase))
            return OnHub(text[5..]);
        if (text.Contains("://", StringComparison.Ordinal))
            return AtAddress(WebAddress.Parse(text), hub);
        if (text.Contains('/'))
            return OnHub(text);
        if (Catalogue.Find(text) is { } entry)
            return HubReference.To(entry);
        throw new PullException(PullError.Argument, $"No model or survey {text} in the catalogue (it has: "
            + $"{string.Join(", ", Catalogue.Entries.Select(e => e.Name))}). Give owner/repository/file.gguf or an address.");
    }

    static HubReference OnHub(string text)
    {
        if (Named().Match(text) is not { Success: true } m)
            throw new PullException(PullError.Argument, $"{text} names no model of a hub. Give owner/repository, owner/repository:Q4_K_M "
                + $"or owner/repository/file.gguf, each perhaps with @revision behind the repository.");
        return Checked(m.Groups["repository"].Value, Text(m.Groups["revision"]) ?? HubReference.Newest, Text(m.Groups["path"]),
            Text(m.Groups["quant"]));
    }

    static PullReference AtAddress(Uri address, HubEndpoint hub)
    {
        if (!hub.Owns(address))
            return new AddressReference(address);
        var segments = address.AbsolutePath.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        return segments switch
        {
            [var owner, var name] => Checked($"{owner}/{name}", HubReference.Newest, null, null),
            [var owner, var name, "tree", var revision] => Checked($"{owner}/{name}", revision, null, null),
            [var owner, var name, "resolve" or "blob", var revision, .. { Length: > 0 } path] =>
                Checked($"{owner}/{name}", revision, string.Join('/', path), null),
            _ => throw new PullException(PullError.Argument, $"{WebAddress.Shown(address)} is no page of a model or of a file of one."),
        };
    }

    static HubReference Checked(string repository, string revision, string? path, string? quantisation)
    {
        var names = repository.Split('/').Append(revision).Concat(path?.Split('/') ?? []);
        return names.Any(n => n is "" or "." or "..")
            ? throw new PullException(PullError.Argument,
                $"{repository}{(path is null ? "" : "/" + path)} has an empty name or dots for a name in its path.")
            : new(repository, revision, path, quantisation);
    }

    static string? Text(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex(@"^(?<repository>[\w.-]+/[\w.-]+)(@(?<revision>[^/:@]+))?(:(?<quant>[\w.-]+)|/(?<path>.+))?$", RegexOptions.ECMAScript)]
    private static partial Regex Named();
}

/// <summary>A file on the hub; without a path, the model its repository holds in that quantisation.</summary>
sealed record HubReference(string Repository, string Revision, string? Path, string? Quantisation) : PullReference
{
    public const string Newest = "main";

    public FileKind Kind { get; private init; } = FileKind.Model;

    /// <summary>The file's name on this machine; null for its own.</summary>
    public string? Name { get; private init; }

    /// <summary>The hash that the catalogue knows.</summary>
    public string? Sha256 { get; private init; }

    /// <summary>The licence that the catalogue knows.</summary>
    public string? Licence { get; private init; }

    /// <summary>The citation that the catalogue knows.</summary>
    public string? Citation { get; private init; }

    public static HubReference To(CatalogueEntry entry)
    {
        var kind = entry.Kind is PulledKind.Survey ? FileKind.Survey : FileKind.Model;
        return new(entry.Repository, entry.Revision ?? Newest, entry.File, null)
        {
            Kind = kind,
            // Whoever looks for a survey by its name does not know the catalogue.
            Name = entry.Kind is PulledKind.Survey ? entry.Name + kind.Extension : null,
            Sha256 = entry.Sha256,
            Licence = entry.Licence,
            Citation = entry.Citation,
        };
    }
}

/// <summary>A file somewhere on the web.</summary>
sealed record AddressReference(Uri Address) : PullReference;
