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

    public void Dispose() => _results.Dispose();
}
