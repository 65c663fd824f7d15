using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>README is true: its example runs as it stands, its links lead somewhere, its commands exist.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_example_runs_as_it_stands()
    {
        var example = Shell().Match(Page).Groups[1].Value;
        Assert.Contains("localopinions run", example);
        var ended = _cli.RunScript(example).Succeeded();
        Assert.Contains("beyond_uniform", ended.Output);
        Assert.True(new FileInfo(_cli.PathOf("report.html")).Length > 100_000);
        Assert.True(File.ReadLines(_cli.PathOf("answers.csv")).Count() > 24);
    }

    [Fact]
    public void The_first_screen_has_the_two_commands()
    {
        var first = string.Join('\n', Page.Split('\n').Take(40));
        Assert.Contains("dotnet run -c Release --project src/Runner -- demo", first);
        Assert.Contains("dotnet test -c Release", first);
        Assert.Contains("![", first);
    }

    [Fact]
    public void Links_to_files_lead_somewhere()
    {
        foreach (var page in Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Append(Path.Combine(Repository.Root, "README.md")).Append(Path.Combine(Repository.Root, "CONTRIBUTING.md")))
        {
            var missing = Link().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value)
                .Where(l => !l.Contains("://") && !l.StartsWith('#'))
                    .Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, l.Split('#')[0])));
            Assert.Empty(missing.Select(l => $"{Path.GetFileName(page)}: {l}"));
        }
    }

    [Fact]
    public void Every_command_is_in_the_table_and_has_an_example_in_its_help()
    {
        var commands = Command().Matches(_cli.Run("--help").Succeeded().Output.Split("Commands:")[1]).Select(m => m.Groups[1].Value)
            .ToList();
        Assert.Equal(TableRow().Matches(Page).Select(m => m.Groups[1].Value).Order(), commands.Order());
        foreach (var command in commands)
        {
            var help = _cli.Run(command, "--help").Succeeded().Output;
            Assert.Contains("Example", help);
            Assert.Contains($"localopinions {command}", help);
        }
    }

    static string Page { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^  (\w+)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\| `([a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
