using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>Names and texts that try to leave every context they could be put into.</summary>
public sealed class HostileTests : IDisposable
{
    static readonly string[] s_attacks =
    [
        "</script><script>globalThis.owned=1</script>", "<!--<script>", "<img src=x onerror=\"globalThis.owned=1\">",
        "\"><svg onload=globalThis.owned=1>", "{{script}} {{first}} {{rest}}",
        "\u2028\u2029\\u003c/script>", "</title><h1>owned</h1>", "'; globalThis.owned=1; '", "javascript:globalThis.owned=1",
        "\u202Eevil \uFEFF \U0001F600 &lt;b&gt; ]]>",
        "</style><style>*{display:none}", "${globalThis.owned=1}", "=HYPERLINK(\"http://example.invalid\",\"x\")", "'; DROP TABLE runs; --",
        "\t\r\n mixed \u0085 ends", "url(\"#hatch-1\")", "__proto__", "constructor",
        "<iframe srcdoc=\"<script>parent.owned=1</script>\">", "\0NUL\u0001",
    ];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-hostile-");
    readonly Dictionary<string, string> _disguises = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Hundreds_of_hostile_texts_show_as_text()
    {
        var (database, page) = (Path.Combine(_folder.FullName, "hostile.duckdb"), Path.Combine(_folder.FullName, "hostile.html"));
        using (var file = ResultsFile.Open(database))
            StudyFile.Fill(file, models: 2, conditions: 3, questions: 30, extras: true, Disguise);
        using var results = ResultsFile.OpenReadOnly(database);
        using (var output = File.Create(page))
            HtmlReport.Write(results, output, new ReportOptions { Title = s_attacks[6] });
        Assert.True(_disguises.Count > 200, $"{_disguises.Count} texts");

        var seen = Browser.Observe(page, "names");
        Assert.False(seen.At("owned").GetBoolean());
        Assert.Equal(0, seen.At("added").GetInt32());
        Assert.Equal((s_attacks[6], s_attacks[6]), (seen.Text("title"), seen.Text("heading")));
        List<string> Texts(string sql)
        {
            using var query = results.Query(sql);
            return [.. query.Rows.Select(row => (string)row[0]!)];
        }

        Assert.Equal(Texts("SELECT DISTINCT country FROM country_similarity WHERE run_id = (SELECT max(run_id) FROM runs WHERE condition "
            + "= 'default' AND option_order = 'faithful')").Order(StringComparer.Ordinal),
            seen.Texts("rows").Order(StringComparer.Ordinal));
        Assert.All(Texts("SELECT name FROM models"), name => Assert.Contains(name, seen.Texts("models")));
        Assert.Equal(Texts("SELECT notice FROM surveys")[0], seen.Text("notice"));
        Assert.Equal(Texts("SELECT text FROM questions WHERE source_row = 0")[0], seen.Text("question"));
        Assert.Equal(Texts("SELECT text FROM options WHERE source_row = 0 ORDER BY option_index"), seen.Texts("options"));
        Assert.Contains(Texts("SELECT name FROM surveys")[0], seen.Texts("facts"));
    }

    /// <summary>Another attack for every text, the same for the same text; all different.</summary>
    string Disguise(string text)
    {
        if (!_disguises.TryGetValue(text, out var disguise))
            _disguises.Add(text, disguise = $"{s_attacks[_disguises.Count % s_attacks.Length]} {_disguises.Count}");
        return disguise;
    }
}
