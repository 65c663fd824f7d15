using System.Diagnostics;
using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>A results file that is deleted, moved or replaced while a run writes to it.</summary>
public sealed class LostFileTests : IDisposable
{
    const int Questions = 200;

    readonly Cli _cli = new();

    public LostFileTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), Questions);

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_run_ends_at_once_names_what_it_rescued_and_goes_on_from_there(bool replaced)
    {
        _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "other.duckdb", "--threads", "1",
            "--quiet");
        var other = File.ReadAllBytes(_cli.PathOf("other.duckdb"));
        using (var run = Start("r.duckdb"))
        {
            RunLog.WaitForAnswers(run, _cli.PathOf("r.duckdb"));
            if (replaced)
                File.Move(_cli.PathOf("other.duckdb"), _cli.PathOf("r.duckdb"), overwrite: true);
            else
                File.Delete(_cli.PathOf("r.duckdb"));
            var ended = Cli.End(run);
            ended.Failed(3, "r.duckdb", replaced ? "replaced by another file" : "deleted or moved", "r.rescued.duckdb");
            Assert.Empty(ended.Output);
        }
        Assert.Equal(replaced ? ["r.duckdb", "r.rescued.duckdb"] : ["other.duckdb", "r.rescued.duckdb"],
            Directory.GetFiles(_cli.Folder, "*.duckdb*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (replaced)
            Assert.Equal(other, File.ReadAllBytes(_cli.PathOf("r.duckdb")));

        using (var rest = Start("r.rescued.duckdb"))
        {
            var run = Cli.End(rest).Succeeded().Json.GetProperty("run");
            Assert.NotEqual(0, run.GetProperty("already_answered").GetInt64());
        }
        Assert.Equal(WholeRun.RowsOf(Questions, "--exact", "--orders", "cyclic"), WholeRun.RowsOf(_cli, "r.rescued.duckdb"));
    }

    Process Start(string output) => _cli.Start(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", output, "--threads",
        "1", "--exact", "--orders", "cyclic", "--json"]);
}
