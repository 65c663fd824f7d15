using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.Report.Tests;

/// <summary>The page in a real Chromium, opened from the disk with the network off.</summary>
static class Browser
{
    static readonly string s_folder = Path.Combine(Repository.Root, "tests", "Report.Tests", "browser");

    /// <summary>Plays a scenario of browser/scenarios.mjs and returns what it saw; nothing may be said in the console.</summary>
    public static JsonElement Observe(string page, string scenario)
    {
        if (Tool.Find("chromium", "chromium-browser", "google-chrome") is null)
            Assert.Skip("Chromium is not installed: the page was not opened in a browser.");
        var (exitCode, output, error) = Tool.Run("node", s_folder, "observe.mjs", page, scenario);
        Assert.True(exitCode == 0, output + error);
        var observed = JsonDocument.Parse(output).RootElement;
        Assert.Empty(observed.GetProperty("complaints").EnumerateArray().Select(line => line.GetString()));
        return observed;
    }

    public static JsonElement At(this JsonElement element, params string[] path) =>
        path.Aggregate(element, (at, name) => at.GetProperty(name));

    public static string Text(this JsonElement element, params string[] path) => element.At(path).GetString()!;

    public static string[] Texts(this JsonElement element, params string[] path) =>
        [.. element.At(path).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The cells of a table by row.</summary>
    public static string[][] Rows(this JsonElement table) => [.. table.GetProperty("rows").EnumerateArray().Select(row => row.Texts())];

    /// <summary>The cells of a column, by the first cell of their row.</summary>
    public static Dictionary<string, string> Column(this JsonElement table, string head)
    {
        var at = Array.IndexOf(table.Texts("heads"), head);
        Assert.True(at > 0, $"no column {head}: {string.Join(", ", table.Texts("heads"))}");
        return table.Rows().ToDictionary(row => row[0], row => row[at]);
    }
}
