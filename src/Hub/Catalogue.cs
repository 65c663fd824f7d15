using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalOpinions.Hub;

/// <summary>An open model, or a survey, that can be pulled by a short name.</summary>
public sealed record CatalogueEntry
{
    /// <summary>The short name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public PulledKind Kind { get; init; }

    /// <summary>The hub repository, as "owner/repository".</summary>
    public required string Repository { get; init; }

    /// <summary>The file's path in it.</summary>
    public required string File { get; init; }

    /// <summary>A model's number of parameters, as "1.7B".</summary>
    public string? Parameters { get; init; }

    /// <summary>The licence's name.</summary>
    public required string Licence { get; init; }

    /// <summary>How whoever uses a survey cites it.</summary>
    public string? Citation { get; init; }

    /// <summary>A commit; null for the newest.</summary>
    public string? Revision { get; init; }

    /// <summary>The file's size; null when not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The file's SHA-256; null when not known: then the one that the hub states is held against.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>A small list of open models of many makers and sizes, and of surveys, shipped with the program.</summary>
public static class Catalogue
{
    // Enumerations by their names.
    static readonly JsonSerializerOptions s_options = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Smallest model first, surveys last.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } = Load();

    /// <summary>The entry of that name, whatever its case; null when there is none.</summary>
    public static CatalogueEntry? Find(string name) =>
        Entries.FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    static IReadOnlyList<CatalogueEntry> Load()
    {
        using var json = typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return JsonSerializer.Deserialize<CatalogueEntry[]>(json, s_options)!;
    }
}
