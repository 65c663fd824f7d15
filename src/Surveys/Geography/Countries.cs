using System.Collections.Concurrent;

namespace LocalOpinions.Surveys.Geography;

/// <summary>The country table: all countries of ISO 3166-1 and Kosovo, with every label of GlobalOpinionQA.</summary>
public static class Countries
{
    static readonly (string Suffix, SampleKind Kind)[] s_suffixes =
    [
        (" (Non-national sample)", SampleKind.NonNational),
        (" (Current national sample)", SampleKind.CurrentNational),
        (" (Old national sample)", SampleKind.OldNational),
    ];

    static readonly ConcurrentDictionary<string, Country> s_found = new();

    /// <summary>
    /// The 55 countries of the published study's own map, in the order of its list. Each label is the name on that list, which is not
    /// always the label that a survey uses.
    /// </summary>
    public static IReadOnlyList<Country> Published => PublishedCountries.All;

    /// <summary>Tells what a label stands for.</summary>
    /// <param name="label">A label as in a survey; any text is allowed, since surveys may hold groups other than countries.</param>
    /// <returns>The country; with the label as its name and no code where the table does not hold it.</returns>
    public static Country Find(string label) => s_found.GetOrAdd(label, Resolve);

    /// <summary>Finds a country by what a person calls it.</summary>
    /// <param name="text">A label with or without its note on the sample, a name or an ISO 3166-1 code; letter case, accents and signs do
    /// not matter, but alpha-2 codes are in capitals.</param>
    /// <returns>The country, under the label that was named, or under its plain name where the text is no label. A survey need not hold
    /// that label.</returns>
    /// <exception cref="SurveyException">The table knows no such country; the message suggests up to three.</exception>
    public static Country Named(string text)
    {
        var (name, suffix) = Split(text.Trim(), StringComparison.OrdinalIgnoreCase);
        if (CountryNames.Label(name) is { } label)
            return Find(label + suffix);
        var near = CountryNames.Near(name);
        throw new SurveyException(
            $"no country is called \"{text}\"",
            Regions.CodesIn(name) is { Count: > 0 } codes
                ? $"This is a region of {codes.Count} countries and areas: name those that are meant"
                : near.Count > 0
                ? $"Did you mean {string.Join(" or ", near)}?"
                : "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN");
    }

    static Country Resolve(string label)
    {
        var (bare, suffix) = Split(label, StringComparison.Ordinal);
        var sample = s_suffixes.FirstOrDefault(s => s.Suffix == suffix).Kind;
        return CountryTable.ByLabel.TryGetValue(bare, out var entry)
            ? new(label, entry.Name, entry.Spoken, entry.Iso3, sample)
            : new(label, label, label, null, sample);
    }

    static (string Bare, string Suffix) Split(string label, StringComparison comparison)
    {
        var suffix = s_suffixes.FirstOrDefault(s => label.EndsWith(s.Suffix, comparison)).Suffix ?? "";
        return (label[..^suffix.Length], suffix);
    }
}
