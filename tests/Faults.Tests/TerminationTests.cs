using System.Diagnostics;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>A polite kill ends the program, also where what it waits for never comes.</summary>
public sealed class TerminationTests : IDisposable
{
    // Far more than the program gives itself.
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_run_whose_engine_does_not_answer_is_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked up in /proc.");
        using var run = _cli.Start(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--threads", "1",
            "--isolate", "--quiet"]);
        var clock = Stopwatch.StartNew();
        int[] children = [];
        while (children.Length == 0)
        {
            Assert.True(clock.Elapsed < s_limit && !run.HasExited, "The run started no engine.");
            Thread.Sleep(5);
            children = [.. ProcessTree.ChildrenOf(run.Id)];
        }
        Signal("-STOP", children[0]);
        try
        {
            Thread.Sleep(500);
            Signal("-TERM", run.Id);
            Assert.True(run.WaitForExit(s_limit), "The run did not end.");
            // Not in order, for it still waits, but as a rude kill would end it.
            Assert.Equal(128 + 9, run.ExitCode);
        }
        finally
        {
            ProcessTree.Kill(children[0]);
        }
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.parquet")]
    public void An_export_that_is_ended_leaves_nothing(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no SIGTERM.");
        _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--threads", "1",
            "--quiet");
        using var export = _cli.Start(["sql", "r.duckdb", "select a.range from range(1000000) a, range(1000000) b", "--out", file]);
        for (var clock = Stopwatch.StartNew(); Directory.GetFiles(_cli.Folder, ".*").Length == 0; Thread.Sleep(5))
            Assert.True(clock.Elapsed < s_limit && !export.HasExited, "Nothing was written.");
        Signal("-TERM", export.Id);
        Cli.End(export).Failed(130, "interrupted");
        Assert.Equal(["r.duckdb"], Directory.GetFiles(_cli.Folder).Select(Path.GetFileName));
    }

    static void Signal(string signal, int process)
    {
        using var kill = ChildProcess.Start("kill", [signal, process.ToString()]);
        kill.WaitForExit();
    }
}
