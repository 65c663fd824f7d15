using System.Diagnostics;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Disks that are full, places that cannot be written, files that others hold: a clear line, and nothing lost.</summary>
public sealed class StorageErrorTests : IDisposable
{
    const int Questions = 200;

    readonly Cli _cli = new();

    public StorageErrorTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), Questions);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_full_disk_is_named_and_the_run_goes_on_when_there_is_room()
    {
        using var disk = Disk.Mount(_cli.PathOf("disk"), "size=64m");
        Assert.SkipWhen(disk is null, "A small disk cannot be mounted here; it takes root.");
        using (var run = _cli.Start(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "disk/r.duckdb", "--threads",
            "1", "--exact", "--orders", "cyclic", "--json"]))
        {
            RunLog.WaitForAnswers(run, _cli.PathOf("disk/r.duckdb"));
            // Now somebody else takes all the room that is left.
            disk.Fill();
            Cli.End(run).Failed(3, "no room left", "run the same again");
        }

        File.Delete(_cli.PathOf("disk/filler"));
        var rest = Ask("disk/r.duckdb", "--exact", "--orders", "cyclic").Succeeded().Json.GetProperty("run");
        Assert.NotEqual(0, rest.GetProperty("already_answered").GetInt64());
        Assert.NotEqual(0, rest.GetProperty("answered").GetInt64());
        Assert.Equal(WholeRun.RowsOf(Questions, "--exact", "--orders", "cyclic"), WholeRun.RowsOf(_cli, "disk/r.duckdb"));
    }

    [Fact]
    public void A_disk_without_any_room_leaves_no_half_file()
    {
        using var disk = Disk.Mount(_cli.PathOf("disk"), "size=16k");
        Assert.SkipWhen(disk is null, "A small disk cannot be mounted here; it takes root.");
        Ask("disk/r.duckdb").Failed(3, "r.duckdb", "no room left");
        Assert.Empty(Directory.GetFiles(_cli.PathOf("disk"), "r.duckdb"));
    }

    [Fact]
    public void A_file_that_may_not_grow_is_named_and_the_run_goes_on_when_it_may()
    {
        // Far more than fits, however the answers are cut into commits.
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 800);
        string[] ask = ["--orders", "cyclic"];
        AskWithin(2_100_000, ask).Failed(3, "may not grow", "ulimit -f", "run the same again");
        var rest = Ask("r.duckdb", ask).Succeeded().Json.GetProperty("run");
        Assert.NotEqual(0, rest.GetProperty("already_answered").GetInt64());
        Assert.NotEqual(0, rest.GetProperty("answered").GetInt64());
        Assert.Equal(WholeRun.RowsOf(800, ask), WholeRun.RowsOf(_cli, "r.duckdb"));
    }

    [Fact]
    public void A_file_that_may_not_begin_to_grow_is_not_made()
    {
        AskWithin(50_000).Failed(3, "r.duckdb", "may not grow", "ulimit -f");
        Assert.Empty(Directory.GetFiles(_cli.Folder, "r.duckdb*"));
    }

    [Fact]
    public void A_read_only_disk_can_be_read_and_is_named_when_written()
    {
        using var disk = Disk.Mount(_cli.PathOf("disk"), "size=100m");
        Assert.SkipWhen(disk is null, "A disk cannot be mounted here; it takes root.");
        Ask("disk/r.duckdb", "--limit", "20").Succeeded();
        disk.Remount("ro");
        Ask("disk/r.duckdb", "--limit", "20").Failed(3, "disk/r.duckdb", "no permission");
        Ask("disk/new.duckdb", "--limit", "20").Failed(3, "disk/new.duckdb", "no permission");
        Assert.Equal(20, _cli.Query("disk/r.duckdb", "select count(*) as n from answers")[0].GetProperty("n").GetInt32());
        _cli.Run("sql", "disk/r.duckdb", "select 1", "-o", "disk/x.csv").Failed(3, "x.csv");
    }

    [Fact]
    public void A_pipe_is_refused_at_once()
    {
        using (var make = ChildProcess.Start("mkfifo", [_cli.PathOf("pipe")]))
            make.WaitForExit();
        Ask("pipe").Failed(3, "pipe", "is a device or a pipe");
        _cli.Run("sql", "pipe", "select 1").Failed(3, "is a device or a pipe");
        _cli.Run("sql", "pipe").Failed(3, "is a device or a pipe");
    }

    [Fact]
    public void While_a_run_writes_others_are_told_which_process_it_is()
    {
        using var run = _cli.Start(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--threads", "1",
            "--orders", "cyclic", "--exact", "--quiet"]);
        try
        {
            for (var clock = Stopwatch.StartNew(); !File.Exists(_cli.PathOf("r.duckdb")); Thread.Sleep(10))
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60) && !run.HasExited, "The run made no file.");
            Ended told;
            do
            {
                told = _cli.Run("sql", "r.duckdb", "select 1");
            }
            while (told.Code == 0 && !run.HasExited);
            told.Failed(3, $"process {run.Id}", "Wait until it has finished");
            Ask("r.duckdb").Failed(3, $"process {run.Id}");
        }
        finally
        {
            run.Kill();
            run.WaitForExit();
        }
        _cli.Run("sql", "r.duckdb", "select 1").Succeeded();
    }

    Ended AskWithin(int bytes, params string[] more)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"), "prlimit, which sets the limit, is not here.");
        // Where it is on, .NET's own memory for code is a file of 2 GB.
        var environment = new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" };
        using var run = _cli.Start(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--threads", "1",
            "--json", .. more], environment, "prlimit", $"--fsize={bytes}");
        return Cli.End(run);
    }

    Ended Ask(string output, params string[] more) =>
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", output, "--threads", "1", "--json", .. more]);
}
