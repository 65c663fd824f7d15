using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.Store.Schema;

/// <summary>What a results file of one schema version consists of, and how files of earlier versions become one.</summary>
/// <param name="Version">Version of the tables.</param>
/// <param name="Tables">SQL that makes the tables in an empty database.</param>
/// <param name="Views">SQL that makes macros and views, which hold nothing and can be made anew at any time.</param>
/// <param name="Migrations">By version: SQL that turns the tables of the version before into those of this one.</param>
sealed record SchemaDefinition(int Version, string Tables, string Views, IReadOnlyDictionary<int, string> Migrations)
{
    /// <summary>The version that this program reads and writes.</summary>
    public const int CurrentVersion = 15;

    /// <summary>The embedded SQL files, a folder's by the number that their names begin with, and the list of measures as a view.</summary>
    public static SchemaDefinition Current { get; } = new(
        CurrentVersion, Folder("tables/"), Folder("macros/") + MeasureList.View + ModelLabels.View + RankingLimit.View
            + Folder("views/") + RunColumns.Comments,
        Names("migrations/").ToDictionary(n => int.Parse(Path.GetFileNameWithoutExtension(n)), Text)
            .Concat(Added.ToDictionary(a => a.Key, a => Text(a.Value))).ToDictionary())
    {
        Additions = Added.Keys.ToHashSet(),
    };

    // Versions that only add tables: what makes them in a new file makes them in an earlier one.
    static Dictionary<int, string> Added => new()
    {
        [3] = "tables/55-measures.sql",
        [4] = "tables/57-adjusted.sql",
        [5] = "tables/58-ranking.sql",
        [6] = "tables/59-worth.sql",
        [7] = "tables/59-named.sql",
        [8] = "tables/59-warned.sql",
        [9] = "tables/59-written.sql",
        [10] = "tables/59-classified.sql",
        [11] = "tables/59-bounded.sql",
        [12] = "tables/59-prompted.sql",
        [13] = "tables/59-prompts.sql",
        [14] = "tables/59-rounding.sql",
        [15] = "tables/59-waiting.sql",
    };

    /// <summary>Versions that only add to the one before, so that a file of that one can be read as it is.</summary>
    public IReadOnlySet<int> Additions { get; init; } = new HashSet<int>();

    /// <summary>Tells whether a file's views are these.</summary>
    public string ViewsSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Views)));

    static string Folder(string folder) => string.Concat(Names(folder).Select(Text));

    static IEnumerable<string> Names(string folder) => Resources().GetManifestResourceNames()
        .Select(n => n.Replace('\\', '/')).Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    static string Text(string name)
    {
        var resource = Resources().GetManifestResourceNames().Single(n => n.Replace('\\', '/') == name);
        using var reader = new StreamReader(Resources().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n") + "\n";
    }

    static Assembly Resources() => typeof(SchemaDefinition).Assembly;
}
