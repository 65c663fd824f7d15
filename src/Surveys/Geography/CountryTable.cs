namespace LocalOpinions.Surveys.Geography;

/// <summary>One country of the table.</summary>
readonly record struct CountryEntry(string Iso3, string Iso2, string Number, string Name, string Spoken);

/// <summary>The embedded Countries.csv: every country and area of ISO 3166-1, and Kosovo.</summary>
static class CountryTable
{
    /// <summary>The countries by each of their names, in the order of the file.</summary>
    public static OrderedDictionary<string, CountryEntry> ByLabel { get; } = Read();

    /// <summary>The countries by their alpha-2 and their numeric code of three digits; of those that share one the first.</summary>
    public static IReadOnlyDictionary<string, CountryEntry> ByCode { get; } = ByLabel.Values.DistinctBy(e => e.Iso2)
        .SelectMany(e => new[] { (Code: e.Iso2, Entry: e), (Code: e.Number, Entry: e) }).Where(c => c.Code.Length > 0)
        .ToDictionary(c => c.Code, c => c.Entry);

    /// <summary>Lines of iso3, iso2, the numeric code (Kosovo has none), name, spoken name where it differs, other names.</summary>
    static OrderedDictionary<string, CountryEntry> Read()
    {
        var table = new OrderedDictionary<string, CountryEntry>();
        foreach (var cells in EmbeddedText.Lines("Countries.csv").Select(line => line.Split(';')))
        {
            var spoken = cells.ElementAtOrDefault(4);
            var entry = new CountryEntry(cells[0], cells[1], cells[2], cells[3], string.IsNullOrEmpty(spoken) ? cells[3] : spoken);
            foreach (var label in cells.Skip(5).Prepend(entry.Name))
                table.Add(label, entry);
        }
        return table;
    }
}
