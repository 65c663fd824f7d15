using LocalOpinions.Tests;
using Spectre.Console;

namespace LocalOpinions.Runner.Tests;

/// <summary>Every table that a command prints, on terminals of every width.</summary>
public sealed class TableWidthTests : IDisposable
{
    static readonly string s_model = Repository.Fixture("tiny/llama-spm.gguf");

    readonly CommandLine _line = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("COLUMNS", null);
        _line.Dispose();
    }

    [Fact]
    public async Task No_table_is_wider_than_the_terminal()
    {
        string[] asked = ["--model", s_model, "--threads", "1", "--no-isolate"];
        string[] study = ["study", .. asked, "--survey", "sample", "--limit", "12", "--country", "Brazil", "--resamples", "100",
            "--one-template", "--controls", "none", "--out", "s.duckdb"];
        await Succeed(["run", .. asked, "--survey", "sample", "--out", "r.duckdb"]);
        await Succeed(["run", .. asked, "--survey", "sample", "--out", "r.duckdb", "--country", "United States", "Brazil"]);
        await Succeed(["look", .. asked[..4], "--question", "18", "--texts", "8", "--out", "r.duckdb"]);
        await Succeed(["look", .. asked[..4], "--question", "18", "--texts", "8", "--country", "United States",
            "--out", "r.duckdb"]);
        await Succeed(study);
        File.WriteAllText("odd.csv", "question,selections,options,source\n\" Blank?\",\"{'Kenya': [0.5, 0.4]}\",\"['yes', 'no']\",W\n");
        string[][] commands =
        [
            ["run", .. asked, "--survey", "sample", "--out", "r.duckdb", "--most-off-menu", "1"],
            ["run", .. asked, "--survey", "sample", "--out", "r.duckdb", "--country", "United States", "Brazil", "--most-off-menu", "1"],
            ["compare", "r.duckdb"], ["controls", "r.duckdb"], ["surveys", "odd.csv"], ["models"], ["doctor"], ["pull", "--list"],
            ["texts", "show", "r.duckdb", "--question", "18"], ["texts", "agreement", "r.duckdb"],
            ["texts", "words", "r.duckdb"], ["verify", .. asked, "--questions", "3"], study, [.. study, "--dry-run"],
            ["sql", "r.duckdb", "from country_similarity"],
        ];
        foreach (var command in commands)
        {
            // Those that ask a model every time are seen at the ends alone.
            foreach (var width in command[0] is "study" or "verify" ? [40, 200] : new[] { 40, 60, 80, 100, 200 })
            {
                Environment.SetEnvironmentVariable("COLUMNS", $"{width}");
                var end = await Succeed(command);
                // What newcomers see first has no broken word in its notes either.
                var lines = command[0] is "run" or "compare" or "controls" or "pull"
                    ? end.Output.ReplaceLineEndings("\n").Split('\n') : Tables(end.Output);
                Assert.All(lines, l => Assert.True(l.GetCellWidth() <= width, $"{width} columns:\n{l}\n{end}"));
                // A few rows stand upright where it is narrow.
                Assert.True(Tables(end.Output).Any() || width < 200 || command[0] is "doctor", end.ToString());
            }
        }
    }

    // The line above a rule, the rule, and what follows up to a blank line; upright rows begin with a rule of their own.
    static IEnumerable<string> Tables(string output)
    {
        var lines = output.ReplaceLineEndings("\n").Split('\n');
        return lines.Index().Where(l => l.Item.StartsWith('─')).SelectMany(l => lines.Skip(l.Index - 1).Take(1)
            .Concat(lines.Skip(l.Index).TakeWhile(x => x.Length > 0))
            .Where(x => x.StartsWith('─') || lines[l.Index].Contains("─  ─", StringComparison.Ordinal)));
    }

    async Task<LineEnd> Succeed(string[] arguments)
    {
        var end = await _line.RunAsync(arguments);
        Assert.True(end.Code == 0, end.ToString());
        return end;
    }
}
