using System.Globalization;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The page of a real run, in a real browser.</summary>
public sealed class ReportPageTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_page_of_the_demo_shows_its_numbers_and_the_prompt_that_was_sent()
    {
        DemoRun.Make(_cli);
        _cli.Run("report", DemoRun.File, "-o", "report.html").Succeeded();
        var seen = PageBrowser.Observe(_cli.PathOf("report.html"), "real");

        var heads = seen.GetProperty("table").GetProperty("heads").EnumerateArray().Select(head => head.GetString()).ToList();
        var shown = seen.GetProperty("table").GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row[0].GetString()!, row =>
                (row[heads.IndexOf("Plain mean, bits")].GetString(), row[heads.IndexOf("n")].GetString()));
        var stored = _cli.Query(DemoRun.File, "select country, similarity_bits, n from country_similarity");
        Assert.Equal(stored.EnumerateArray().ToDictionary(row => row.GetProperty("country").GetString()!,
            row => (row.GetProperty("similarity_bits").GetDouble().ToString("F3", CultureInfo.InvariantCulture),
                row.GetProperty("n").GetInt64().ToString(CultureInfo.InvariantCulture)))!, shown!);

        var question = _cli.Query(DemoRun.File,
            $"select text from questions where source_row = {seen.GetProperty("question").GetInt32()}")[0].GetProperty("text").GetString();
        var prompt = seen.GetProperty("prompt").GetString()!;
        Assert.StartsWith($"Human: {question}\n\nHere are the options:\n(A) ", prompt);
        Assert.EndsWith("Assistant: If had to select one of the options, my answer would be (", prompt);
        Assert.Contains("demonstration", seen.GetProperty("notice").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The arithmetic of this run moves", seen.GetProperty("noise").GetString());
    }
}
