using System.Text.Json;
using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Every command that asks a model does it in a process of its own where run would, and finds the model that run finds.</summary>
public sealed class IsolationTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("look", "--question", "18", "--tokens", "12")]
    [InlineData("look", "--question", "18", "--texts", "3", "--seed", "5", "--tokens", "12", "--country", "China", "Brazil")]
    [InlineData("verify", "--questions", "6")]
    public void Apart_it_says_the_same(params string[] command)
    {
        string Say(params string[] where) =>
            _cli.Run([.. command, "--model", Cli.Tiny("qwen3-bpe"), "--threads", Cli.Threads, "--json", .. where]).Succeeded().Output;
        var here = Say("--no-isolate");
        Assert.Equal(here, Say("--isolate"));
        Assert.Equal(here, Say("--workers", "3"));
    }

    [Fact]
    public void Drafts_are_the_same_apart()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 3);
        string Sheet(params string[] where)
        {
            var file = string.Concat(where) + ".csv";
            _cli.Run(["translate", "draft", "s.csv", "-m", Cli.Tiny("qwen3-bpe"), "--language", "tr", "-o", file, "--threads", Cli.Threads,
                "--json", .. where]).Succeeded();
            return File.ReadAllText(_cli.PathOf(file));
        }

        var here = Sheet("--no-isolate");
        Assert.Equal(here, Sheet("--isolate"));
        Assert.Equal(here, Sheet("--workers", "2"));
    }

    // A file that is new here has an engine of its own unless that is switched off.
    [Theory]
    [InlineData(1)]
    [InlineData(0, "--no-isolate")]
    public void A_benchmark_isolates_as_run_does(int workers, params string[] where)
    {
        var bench = _cli.Run(["bench", "--model", Cli.Tiny("qwen3-bpe"), "--questions", "4", "--conditions", "default", "--threads",
            Cli.Threads, "--json", .. where]).Succeeded().Json;
        var condition = Assert.Single(bench.GetProperty("conditions").EnumerateArray());
        Assert.Equal(workers, condition.GetProperty("run").GetProperty("workers").GetInt32());
        Assert.Equal(2, bench.GetProperty("prompt_rates").GetArrayLength());
    }

    [Fact]
    public void A_study_with_two_workers_has_the_rows_of_one_without()
    {
        string Study(string file, params string[] where)
        {
            var study = _cli.Run(["study", "--model", Cli.Tiny("qwen3-bpe"), "--survey", "sample", "--out", file, "--conditions", "default",
                "--one-template", "--orders", "faithful", "--controls", "none", "--threads", "1", "--json", .. where]).Succeeded().Json;
            return JsonSerializer.Serialize(study.GetProperty("findings"));
        }

        Assert.Equal(Study("here.duckdb", "--no-isolate"), Study("apart.duckdb", "--workers", "2"));
    }

    [Fact]
    public void A_worker_is_told_which_file_a_name_of_the_catalogue_means()
    {
        Directory.CreateDirectory(_cli.PathOf("models"));
        File.Copy(Cli.Tiny("qwen3-bpe"), _cli.PathOf("models/smollm2-360m-instruct-q8_0.gguf"));
        var environment = new Dictionary<string, string> { ["LOCALOPINIONS_MODELS"] = _cli.PathOf("models") };
        var run = _cli.Run(["run", "--model", "SmolLM2-360M-Instruct", "--survey", "sample", "--limit", "4", "--threads", Cli.Threads,
            "--isolate", "--json"], environment).Succeeded().Json.GetProperty("run");
        Assert.Equal((4, 1), (run.GetProperty("answered").GetInt32(), run.GetProperty("workers").GetInt32()));
    }
}
