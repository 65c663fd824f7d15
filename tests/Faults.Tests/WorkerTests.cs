using System.Diagnostics;
using System.Globalization;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Engine.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Engines in processes of their own: the same numbers, and no end of one is the end of the run.</summary>
public sealed class WorkerTests : IDisposable
{
    const int Many = 200;
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("--exact")]
    [InlineData("--orders=cyclic")]
    public void Any_number_of_workers_gives_the_same_rows(string way)
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 48);
        string Rows(string file, params string[] workers)
        {
            var run = _cli.Run([.. Ask("s.csv", file), way, .. workers]).Succeeded().Json.GetProperty("run");
            Assert.Equal(workers is ["--workers", var n, ..] ? int.Parse(n, CultureInfo.InvariantCulture) : 0,
                run.GetProperty("workers").GetInt32());
            return WholeRun.RowsOf(_cli, file);
        }

        var here = Rows("here.duckdb", "--no-isolate");
        foreach (var workers in new[] { "1", "2", "4" })
            Assert.Equal(here, Rows($"{workers}.duckdb", "--workers", workers, "--isolate"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("zh")]
    [InlineData("tr")]
    public void A_survey_in_another_language_gives_the_same_rows_in_a_process_of_its_own(string language)
    {
        foreach (var (file, where, workers) in new[] { ("here.duckdb", "--no-isolate", 0), ("apart.duckdb", "--isolate", 1) })
        {
            var run = _cli.Run([.. Ask("sample", file), "--language", language, where]).Succeeded().Json.GetProperty("run");
            Assert.Equal((24, workers), (run.GetProperty("answered").GetInt32(), run.GetProperty("workers").GetInt32()));
        }
        Assert.Equal(WholeRun.RowsOf(_cli, "here.duckdb"), WholeRun.RowsOf(_cli, "apart.duckdb"));
    }

    [Fact]
    public void A_file_is_isolated_until_it_has_completed_a_run()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 4);
        Assert.Equal([1, 0], new[] { "", "--exact" }.Select(
            way => _cli.Run([.. Ask("s.csv", "r.duckdb"), .. way.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Succeeded()
            .Json.GetProperty("run").GetProperty("workers").GetInt32()));
    }

    [Fact]
    public async Task Workers_killed_at_random_moments_are_replaced_and_change_no_number()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), Many);
        using var run = _cli.Start([.. Ask("s.csv", "killed.duckdb"), "--orders=cyclic", "--workers", "2"]);
        var output = Task.Run(() => Cli.End(run));
        var random = new Random(4);
        for (var kills = 0; kills < 3 && !output.IsCompleted; kills++)
        {
            var child = Wait(() => ProcessTree.ChildrenOf(run.Id).Cast<int?>()
                .LastOrDefault(c => ProcessTree.UserSeconds(c!.Value) > 0.8 + random.NextDouble()), output);
            if (child is { } id)
                ProcessTree.Kill(id);
        }
        var ended = (await output).Succeeded();
        var ends = ended.Json.GetProperty("run").GetProperty("engine_ends");
        Assert.True(ends.GetArrayLength() > 0, "no worker was killed in time");
        Assert.Contains("SIGKILL", ends[0].GetString());
        Assert.Contains("another takes its place", ended.Error);
        Assert.Empty(ended.Json.GetProperty("run").GetProperty("unanswered").EnumerateArray());
        Assert.Equal(WholeRun.RowsOf(Many, "--orders", "cyclic"), WholeRun.RowsOf(_cli, "killed.duckdb"));
    }

    [Fact]
    public async Task The_prompt_that_two_workers_died_on_is_set_aside_with_the_reason()
    {
        // Some 6,000 tokens: long enough to be found at work on.
        var filler = string.Join(' ', Enumerable.Range(0, 1200).Select(i => $"and {i}"));
        File.WriteAllText(_cli.PathOf("s.csv"), $"""
            question,selections,options,source
            First?,"defaultdict(<class 'list'>, {"{'France': [0.5, 0.5]}"})","['yes', 'no']",GAS
            "Second {filler}?","defaultdict(<class 'list'>, {"{'France': [0.5, 0.5]}"})","['yes', 'no']",GAS
            Third?,"defaultdict(<class 'list'>, {"{'France': [0.5, 0.5]}"})","['yes', 'no']",GAS

            """);
        using var run = _cli.Start(["run", "--model", Repository.DefaultModel, "--survey", "s.csv", "--out", "r.duckdb", "--threads", "1",
            "--exact", "--json", "--isolate"]);
        var output = Task.Run(() => Cli.End(run));
        // Loading and the first question take a fraction of this time.
        KillTwoWorkers(run.Id, after: 4, output);
        var ended = (await output).Succeeded();
        var outcome = ended.Json.GetProperty("run");
        Assert.Equal(2, outcome.GetProperty("answered").GetInt32());
        Assert.Equal(2, outcome.GetProperty("engine_ends").GetArrayLength());
        var unanswered = Assert.Single(_cli.Query("r.duckdb", "select source_row, reason from unanswered").EnumerateArray());
        Assert.Equal(1, unanswered.GetProperty("source_row").GetInt32());
        Assert.Contains("ended 2 times while decoding it (SIGKILL", unanswered.GetProperty("reason").GetString());
        Assert.Contains("while decoding, SIGKILL", ended.Error);
    }

    [Fact]
    public async Task The_question_that_two_workers_died_on_while_tokenising_is_set_aside_with_the_reason()
    {
        // Seconds of tokenising, behind more questions than replies wait unread.
        const int Before = 300;
        var path = MadeUpSurvey.Write(_cli.PathOf("s.csv"), Before);
        var filler = string.Join(' ', Enumerable.Range(0, 2_000_000).Select(i => $"and {i}"));
        File.AppendAllText(path, $"""
            "Long {filler}?","defaultdict(<class 'list'>, {"{'France': [0.5, 0.5]}"})","['yes', 'no']",GAS

            """);
        using var run = _cli.Start([.. Ask("s.csv", "r.duckdb"), "--isolate"]);
        var output = Task.Run(() => Cli.End(run));
        KillTwoWorkers(run.Id, after: 2, output);
        var ended = (await output).Succeeded();
        Assert.Equal(Before, ended.Json.GetProperty("run").GetProperty("answered").GetInt32());
        var unanswered = Assert.Single(_cli.Query("r.duckdb", "select source_row, reason from unanswered").EnumerateArray());
        Assert.Equal(Before, unanswered.GetProperty("source_row").GetInt32());
        Assert.Contains("ended twice while tokenising its prompts (SIGKILL", unanswered.GetProperty("reason").GetString());
        Assert.Contains($"while tokenising row {Before}, SIGKILL", ended.Error);
    }

    [Fact]
    public void A_model_that_ends_every_process_is_an_error_with_the_assertion()
    {
        // Accepted by the loader, refused by an assertion in the first graph.
        var model = GgufFile.Read(Cli.Tiny("qwen3-bpe")).Set("qwen3.rope.dimension_count", 1000);
        File.WriteAllBytes(_cli.PathOf("asserts.gguf"), model.Bytes());
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 4);
        _cli.Run("run", "--model", "asserts.gguf", "--survey", "s.csv", "--threads", "1")
            .Failed(3, "SIGABRT", "GGML_ASSERT", "llama.cpp ended");
    }

    [Fact]
    public async Task Ctrl_c_ends_workers_in_order_and_the_run_goes_on_later()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), Many);
        using (var run = _cli.Start([.. Ask("s.csv", "r.duckdb"), "--orders=cyclic", "--workers", "2"]))
        {
            var output = Task.Run(() => Cli.End(run));
            var worker = Wait(() => ProcessTree.ChildrenOf(run.Id).Cast<int?>()
                .FirstOrDefault(c => ProcessTree.UserSeconds(c!.Value) > 0.8), output);
            Assert.NotNull(worker);
            // As a terminal does it: all at once, and before the work is done.
            var ids = ProcessTree.ChildrenOf(run.Id).Append(run.Id).Select(id => id.ToString(CultureInfo.InvariantCulture));
            using (var kill = ChildProcess.Start("kill", ["-INT", .. ids]))
                kill.WaitForExit();
            Assert.Equal(130, (await output).Code);
            Assert.Null(ProcessTree.UserSeconds(worker.Value));
        }
        var rest = _cli.Run([.. Ask("s.csv", "r.duckdb"), "--orders=cyclic", "--workers", "2"]).Succeeded().Json.GetProperty("run");
        Assert.Equal(Many / 8 * (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9), rest.GetProperty("already_answered").GetInt64()
            + rest.GetProperty("answered").GetInt64());
        Assert.Equal(WholeRun.RowsOf(Many, "--orders", "cyclic"), WholeRun.RowsOf(_cli, "r.duckdb"));
    }

    [Fact]
    public void Workers_end_with_a_runner_that_is_killed()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), Many);
        using var run = _cli.Start([.. Ask("s.csv", "r.duckdb"), "--orders=cyclic", "--workers", "2"]);
        var children = Wait(() => ProcessTree.ChildrenOf(run.Id) is { Count: 2 } both ? both : null, Task.Delay(s_patience));
        Assert.NotNull(children);
        run.Kill();
        run.WaitForExit();
        Assert.NotNull(Wait(() => children.All(c => ProcessTree.UserSeconds(c) is null) ? children : null, Task.Delay(s_patience)));
    }

    [Fact]
    public void What_keeps_the_engine_here_and_what_does_not_exclude_each_other()
    {
        _cli.Run([.. Ask("sample", "r.duckdb"), "--isolate", "--no-isolate"]).Failed(2, "--no-isolate");
        _cli.Run([.. Ask("sample", "r.duckdb"), "--workers", "2", "--no-isolate"]).Failed(2, "--no-isolate");
        _cli.Run([.. Ask("sample", "r.duckdb"), "--workers", "0"]).Failed(2, "--workers");
    }

    /// <summary>Kills a worker that has computed for so many seconds, and the one that takes its place.</summary>
    static void KillTwoWorkers(int run, double after, Task output)
    {
        int? killed = null;
        for (var deaths = 0; deaths < 2; deaths++)
        {
            killed = Wait(() => ProcessTree.ChildrenOf(run).Cast<int?>()
                .FirstOrDefault(c => c != killed && ProcessTree.UserSeconds(c!.Value) > after), output);
            Assert.NotNull(killed);
            ProcessTree.Kill(killed.Value);
        }
    }

    static string[] Ask(string survey, string file) =>
        ["run", "--model", Cli.Tiny("llama-spm"), "--survey", survey, "--out", file, "--threads", "1", "--json"];

    static T? Wait<T>(Func<T?> find, Task end)
    {
        for (var waited = Stopwatch.StartNew(); !end.IsCompleted && waited.Elapsed < s_patience; Thread.Sleep(10))
        {
            if (find() is { } found)
                return found;
        }
        return default;
    }
}
