namespace LocalOpinions.Surveys.Geography;

/// <summary>One country of the table.</summary>
readonly record struct CountryEntry(string Iso3, string Name, string Spoken);

/// <summary>The embedded Countries.csv.</summary>
static class CountryTable
{
    /// <summary>The countries by each of their labels, in the order of the file.</summary>
    public static OrderedDictionary<string, CountryEntry> ByLabel { get; } = Read();

    /// <summary>Lines of iso3, name, the spoken name where it differs, and the labels that surveys use besides the name.</summary>
    static OrderedDictionary<string, CountryEntry> Read()
    {
        using var stream = typeof(CountryTable).Assembly.GetManifestResourceStream("Countries.csv")!;
        using var reader = new StreamReader(stream);
        var table = new OrderedDictionary<string, CountryEntry>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var (iso3, name, spoken) = (cells[0], cells[1], cells.ElementAtOrDefault(2));
            var entry = new CountryEntry(iso3, name, string.IsNullOrEmpty(spoken) ? name : spoken);
            foreach (var label in cells.Skip(3).Prepend(name))
                table.Add(label, entry);
        }
        return table;
    }
}
