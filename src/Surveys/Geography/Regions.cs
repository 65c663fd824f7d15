namespace LocalOpinions.Surveys.Geography;

/// <summary>Where a country lies, by the United Nations' list M49.</summary>
/// <param name="Name">The region, for example "Africa".</param>
/// <param name="Subregion">The sub-region, or where there is one the intermediate region in it, for example "Western Africa".</param>
public sealed record Region(string Name, string Subregion);

/// <summary>
/// The regions of all countries and areas: UN Statistics Division, "Standard country or area codes for statistical use (M49)".
/// </summary>
public static class Regions
{
    static readonly Dictionary<string, Region> s_byIso3 = EmbeddedText.Lines("Regions.csv")
        .Select(line => line.Split(','))
        .SelectMany(cells => cells.Skip(2).Select(iso3 => (Iso3: iso3, Region: new Region(cells[0], cells[1]))))
        .ToDictionary(c => c.Iso3, c => c.Region);

    /// <summary>Gives a country's region; null for a code that is in no region, and for no code.</summary>
    /// <param name="iso3">An ISO 3166-1 alpha-3 code, or XKX for Kosovo.</param>
    public static Region? Of(string? iso3) => iso3 is null ? null : s_byIso3.GetValueOrDefault(iso3);

    /// <summary>The codes in the region or sub-region of that name, in any letter case; none where there is no such region.</summary>
    internal static IReadOnlyList<string> CodesIn(string name) => [.. s_byIso3
        .Where(c => string.Equals(c.Value.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(c.Value.Subregion, name, StringComparison.OrdinalIgnoreCase)).Select(c => c.Key)];
}
