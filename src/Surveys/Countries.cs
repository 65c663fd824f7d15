using System.Collections.Concurrent;

namespace LocalOpinions.Surveys;

/// <summary>The country table: every label of GlobalOpinionQA, mapped to a country.</summary>
public static class Countries
{
    static readonly (string Suffix, SampleKind Kind)[] Suffixes =
    [
        (" (Non-national sample)", SampleKind.NonNational),
        (" (Current national sample)", SampleKind.CurrentNational),
        (" (Old national sample)", SampleKind.OldNational),
    ];

    static readonly Dictionary<string, (string Iso3, string Name)> Table = Read();
    static readonly ConcurrentDictionary<string, Country> Found = new();

    /// <summary>Tells what a label stands for.</summary>
    /// <param name="label">A label as in a survey; any text is allowed, since surveys may hold groups other than countries.</param>
    /// <returns>The country; with the label as its name and no code where the table does not hold it.</returns>
    public static Country Find(string label) => Found.GetOrAdd(label, Resolve);

    static Country Resolve(string label)
    {
        var (suffix, kind) = Suffixes.FirstOrDefault(s => label.EndsWith(s.Suffix, StringComparison.Ordinal));
        var bare = suffix is null ? label : label[..^suffix.Length];
        return Table.TryGetValue(bare, out var row)
            ? new(label, row.Name, row.Iso3, kind)
            : new(label, label, null, kind);
    }

    /// <summary>Lines of iso3, name and the labels that surveys use besides the name.</summary>
    static Dictionary<string, (string, string)> Read()
    {
        using var stream = typeof(Countries).Assembly.GetManifestResourceStream("Countries.csv")!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<string, (string, string)>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            foreach (var label in cells[1..])
                table.Add(label, (cells[0], cells[1]));
        }
        return table;
    }
}
