using System.Text.Json;

namespace LocalOpinions.Hub;

/// <summary>An open model that can be pulled by a short name.</summary>
public sealed record CatalogueEntry
{
    /// <summary>The short name.</summary>
    public required string Name { get; init; }

    /// <summary>The hub repository, as "owner/repository".</summary>
    public required string Repository { get; init; }

    /// <summary>The GGUF file's path in it.</summary>
    public required string File { get; init; }

    /// <summary>The number of parameters, as "1.7B".</summary>
    public required string Parameters { get; init; }

    /// <summary>The licence's name.</summary>
    public required string Licence { get; init; }

    /// <summary>A commit; null for the newest.</summary>
    public string? Revision { get; init; }

    /// <summary>The file's size; null when not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The file's SHA-256; null when not known: then the one that the hub states is held against.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>A small list of open models of many makers and sizes, shipped with the program.</summary>
public static class Catalogue
{
    /// <summary>Smallest model first.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } = Load();

    /// <summary>The entry of that name, whatever its case; null when there is none.</summary>
    public static CatalogueEntry? Find(string name) =>
        Entries.FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    static IReadOnlyList<CatalogueEntry> Load()
    {
        using var json = typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return JsonSerializer.Deserialize<CatalogueEntry[]>(json, JsonSerializerOptions.Web)!;
    }
}
