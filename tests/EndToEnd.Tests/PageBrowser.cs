using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A page in a real Chromium, used as the report's own tests use it.</summary>
static class PageBrowser
{
    /// <summary>Plays a scenario of Report.Tests/browser/scenarios.mjs and returns what it saw; the console must stay silent.</summary>
    public static JsonElement Observe(string page, string scenario, params string[] more)
    {
        if (!new[] { "chromium", "chromium-browser", "google-chrome" }
            .Any(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, name)))))
            Assert.Skip("Chromium is not installed: the page was not opened in a browser.");
        var start = new ProcessStartInfo("node", ["observe.mjs", page, scenario, .. more])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "Report.Tests", "browser"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = ChildProcess.Start(start);
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        Assert.True(node.WaitForExit(TimeSpan.FromMinutes(2)), "The browser did not end within two minutes.");
        Assert.True(node.ExitCode == 0, output.Result + error.Result);
        var seen = JsonDocument.Parse(output.Result).RootElement;
        Assert.Empty(seen.GetProperty("complaints").EnumerateArray().Select(line => line.GetString()));
        return seen;
    }
}
