using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The example of docs/library.md is the one that is built, and does what the page says.</summary>
public sealed partial class LibraryTests : IDisposable
{
    static readonly string s_example = Path.Combine(Repository.Root, "examples", "Ranking");

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("csharp", "Program.cs")]
    [InlineData("xml", "Ranking.csproj")]
    public void The_page_shows_the_example(string language, string file)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "library.md")).ReplaceLineEndings("\n");
        var shown = Assert.Single(Blocks().Matches(page), b => b.Groups[1].Value == language).Groups[2].Value;
        Assert.Equal(File.ReadAllText(Path.Combine(s_example, file)).ReplaceLineEndings("\n"), shown);
    }

    [Fact]
    public void The_example_asks_scores_and_ranks_and_the_second_time_only_ranks()
    {
        var first = Run().Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("SmolLM2-135M-Instruct.Q4_1: 5 prompts answered", first[0]);

        // The same as the command reads from the file, best first.
        var stored = _cli.Query("results.duckdb", "select country, n, similarity_bits from country_similarity order by "
            + "similarity_bits desc, country limit 10");
        Assert.Equal(10, stored.GetArrayLength());
        Assert.Equal(stored.EnumerateArray().Select(c => string.Create(CultureInfo.InvariantCulture,
            $"{c.GetProperty("similarity_bits").GetDouble():F4} {c.GetProperty("country").GetString()} ({c.GetProperty("n")} questions)")),
            first[1..]);

        var second = Run().Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("SmolLM2-135M-Instruct.Q4_1: 0 prompts answered", second[0]);
        Assert.Equal(first[1..], second[1..]);
    }

    Ended Run()
    {
        // Its output lies beside this test's: artifacts/bin/<project>/<configuration>.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, "Ranking", here.Name,
            OperatingSystem.IsWindows() ? "LocalOpinions.Ranking.exe" : "LocalOpinions.Ranking");
        using var process = ChildProcess.Start(new ProcessStartInfo(program, [Repository.DefaultModel])
        {
            WorkingDirectory = _cli.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return Cli.End(process).Succeeded();
    }

    [GeneratedRegex("```(csharp|xml)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
