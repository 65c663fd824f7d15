namespace LocalOpinions.Surveys.Geography;

/// <summary>Everything a country is called, letter case aside.</summary>
static class CountryNames
{
    const int MostSuggestions = 3;

    static readonly Dictionary<string, string> s_labels = Read();

    /// <summary>Gives the label of the country table that a name stands for; null where there is none.</summary>
    public static string? Label(string name) => s_labels.GetValueOrDefault(name);

    /// <summary>Gives up to three names near to one that is unknown, nearest first, one per country.</summary>
    public static List<string> Near(string name)
    {
        // A slip of the pen per four letters; more would suggest what has nothing to do with the name.
        var most = 1 + Math.Min(name.Length / 4, 2);
        return [.. s_labels
            .Select(known => (Name: known.Key, Entry: CountryTable.ByLabel[known.Value], Distance: Distance(name, known.Key, most)))
            .Where(known => known.Distance <= most)
            .OrderBy(known => known.Distance)
            .DistinctBy(known => known.Entry)
            .Take(MostSuggestions)
            .Select(known => known.Name)];
    }

    static int Distance(string name, string known, int most)
    {
        // "Korea" is far from "South Korea" by letters, yet is what was meant.
        if (name.Length >= 4 && known.Contains(name, StringComparison.OrdinalIgnoreCase))
            return 1;
        return Math.Abs(name.Length - known.Length) <= most ? EditDistance.Between(name, known) : int.MaxValue;
    }

    static Dictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var label in CountryTable.ByLabel.Keys)
            names.Add(label, label);
        foreach (var entry in CountryTable.ByLabel.Values)
        {
            // What is a label already stays that label; of those that share a code, the first in the table has it.
            names.TryAdd(entry.Spoken, entry.Name);
            names.TryAdd(entry.Iso3, entry.Name);
        }
        return names;
    }
}
