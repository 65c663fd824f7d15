using System.Text.Json;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>A results file, and what a reader saw on its page.</summary>
sealed class ShownResults : IDisposable
{
    readonly ResultsFile _results;

    /// <param name="path">The results file; its page is written beside it.</param>
    /// <param name="scenario">What the reader does: a scenario of browser/scenarios.mjs.</param>
    public ShownResults(string path, string scenario)
    {
        _results = ResultsFile.OpenReadOnly(path);
        var page = Path.ChangeExtension(path, "html");
        using (var output = File.Create(page))
            HtmlReport.Write(_results, output);
        Seen = Browser.Observe(page, scenario);
    }

    /// <summary>What the scenario saw.</summary>
    public JsonElement Seen { get; }

    public List<object?[]> Rows(string sql)
    {
        using var query = _results.Query(sql);
        return [.. query.Rows];
    }

    /// <summary>
    /// What the page calls each label of the made-up survey, whose labels all have questions of both studies: the country's whole name, and
    /// of several national samples the label, where it is another, and who asked.
    /// </summary>
    public Dictionary<string, string> Called()
    {
        var rows = Rows("SELECT label, name, iso3, sample_kind = 'non-national' FROM countries");
        return rows.ToDictionary(row => (string)row[0]!, row => (bool)row[3]! ? $"{row[1]}, not a national sample"
            : rows.Count(other => !(bool)other[3]! && other[2]!.Equals(row[2])) < 2 ? (string)row[1]! : $"{row[1]} ({(row[0]!.Equals(row[1]) ? "" : $"{row[0]}, ")}Pew and WVS)");
    }

    public void Dispose() => _results.Dispose();
}
