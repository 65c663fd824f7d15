using System.Text.Json;

namespace LocalOpinions.Hub;

/// <summary>An open model that can be pulled by a short name.</summary>
/// <param name="Name">The short name.</param>
/// <param name="Repository">The hub repository, as "owner/repository".</param>
/// <param name="File">The GGUF file's path in it.</param>
/// <param name="Parameters">The number of parameters, as "1.7B".</param>
/// <param name="Licence">The licence's name.</param>
/// <param name="Revision">A commit; null for the newest.</param>
/// <param name="Bytes">The file's size; null when not known.</param>
/// <param name="Sha256">The file's SHA-256; null when not known: then the one that the hub states is held against.</param>
public sealed record CatalogueEntry(string Name, string Repository, string File, string Parameters, string Licence, string? Revision = null,
    long? Bytes = null, string? Sha256 = null);

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
