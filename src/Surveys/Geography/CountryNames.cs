namespace LocalOpinions.Surveys.Geography;

/// <summary>Everything a country is called, letter case, accents and signs aside.</summary>
static class CountryNames
{
    const int MostSuggestions = 3, FewestLetters = 4, LettersOfName = 5;

    // Part of a country of which surveys ask the whole.
    static readonly string[] s_parts = ["england", "scotland", "wales"];

    static readonly Dictionary<string, string> s_labels = Read();

    static readonly List<(string Name, string Key, CountryEntry Entry)> s_names =
        [.. CountryTable.ByLabel.Select(l => (l.Key, CountryKey.Of(l.Key), l.Value))];

    /// <summary>Gives the label of the country table that a name or an ISO 3166-1 code stands for; null where there is none.</summary>
    public static string? Label(string name) =>
        // Two letters are words of many languages: as a code they are written in capitals. Spreadsheets drop zeros before a number.
        CountryTable.ByLabel.ContainsKey(name) ? name
            : CountryTable.ByCode.TryGetValue(name.All(char.IsAsciiDigit) ? name.PadLeft(3, '0') : name, out var entry) ? entry.Name
            : s_labels.GetValueOrDefault(CountryKey.Of(name));

    /// <summary>Gives up to three names that are nearest to one that is unknown, one per country.</summary>
    public static List<string> Near(string name)
    {
        var key = CountryKey.Of(name);
        if (s_parts.Contains(key))
            return ["Great Britain", "United Kingdom"];
        // A slip of the pen, and one more per further four letters; more would suggest what has nothing to do with the name.
        var most = 1 + Math.Clamp((key.Length - 1) / 4, 0, 2);
        return [.. s_names
            .Select(known => (known.Name, known.Entry, Distance: Distance(key, known.Key, most)))
            .Where(known => known.Distance <= most)
            .GroupBy(known => known.Distance)
            .MinBy(near => near.Key)?
            .DistinctBy(known => known.Entry)
            .Take(MostSuggestions)
            .Select(known => known.Name) ?? []];
    }

    static int Distance(string key, string known, int most)
    {
        // "Korea" is far from "South Korea" by letters, yet is what was meant; so is "West Germany" from "Germany".
        if ((key.Length >= FewestLetters && known.Contains(key)) || (known.Length >= LettersOfName && $" {key} ".Contains($" {known} ")))
            return 1;
        return Math.Abs(key.Length - known.Length) <= most ? EditDistance.Between(key, known) : int.MaxValue;
    }

    static Dictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>();
        // What is a label already stays that label; of several spellings of one, and of those that share a code, the first has it.
        foreach (var label in CountryTable.ByLabel.Keys)
            names.TryAdd(CountryKey.Of(label), label);
        foreach (var entry in CountryTable.ByLabel.Values)
        {
            names.TryAdd(CountryKey.Of(entry.Spoken), entry.Name);
            names.TryAdd(CountryKey.Of(entry.Iso3), entry.Name);
        }
        return names;
    }
}
