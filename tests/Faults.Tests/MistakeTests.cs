using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>What a new user gets wrong: each a clear line and an exit code, and nothing lost.</summary>
public sealed class MistakeTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void No_model_of_that_name_lists_those_there_are() =>
        Ask("nonesuch", "sample").Failed(3, "No model nonesuch", "SmolLM2-135M-Instruct.Q4_1", "LOCALOPINIONS_MODELS");

    [Fact]
    public void A_directory_is_no_model() => Ask(_cli.Folder, "sample").Failed(3, "is a directory");

    [Fact]
    public void An_empty_file_is_no_model() => Ask(Empty("empty.gguf"), "sample").Failed(3, "empty.gguf", "is empty");

    [Fact]
    public void A_survey_that_is_not_there() => Ask(Cli.Tiny("llama-spm"), "nonesuch.csv").Failed(3, "nonesuch.csv");

    [Fact]
    public void An_empty_survey() => Ask(Cli.Tiny("llama-spm"), Empty("empty.csv")).Failed(3, "empty.csv");

    [Fact]
    public void A_directory_as_survey() => Ask(Cli.Tiny("llama-spm"), _cli.Folder).Failed(3, _cli.Folder);

    [Fact]
    public void A_broken_survey_row_is_named()
    {
        var path = _cli.PathOf("broken.csv");
        File.WriteAllText(path, "question,selections,options,source\nQ,\"{'France': [0.5, 0.5]}\",\"['a', 'b', 'c']\",GAS\n");
        Ask(Cli.Tiny("llama-spm"), path).Failed(3, "broken.csv", "row 0");
    }

    [Fact]
    public void A_model_of_the_catalogue_that_is_not_here_comes_with_the_command_that_gets_it() =>
        Ask("Qwen3-0.6B", "sample").Failed(3, "No model Qwen3-0.6B", "localopinions pull Qwen3-0.6B");

    [Theory]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "-3")]
    [InlineData("--limit", "many")]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "100000")]
    [InlineData("--device", "abacus")]
    [InlineData("--nonesuch", "1")]
    public void Wrong_arguments_are_refused_before_anything_is_made(string option, string value)
    {
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", option, value).Failed(2, option, "--help");
        Assert.Empty(Directory.GetFiles(_cli.Folder));
    }

    [Theory]
    [InlineData("euclid")]
    [InlineData("js_divergence")]
    [InlineData("Hellinger")]
    public void A_measure_that_there_is_not_lists_those_there_are(string name) =>
        _cli.Run("score", "nonesuch.duckdb", "--measures", "hellinger",
        name).Failed(2, "--measures", name, "total_variation, hellinger, wasserstein, top_agreement, rank_order or all", "--help");

    [Fact]
    public void Missing_arguments_are_named() => _cli.Run("run").Failed(2, "--model", "--survey");

    [Fact]
    public void An_output_that_cannot_be_written()
    {
        Ask(Cli.Tiny("llama-spm"), "sample", "/proc/nonesuch/r.duckdb").Failed(3, "/proc/nonesuch");
        Ask(Cli.Tiny("llama-spm"), "sample", _cli.Folder).Failed(3, _cli.Folder);
    }

    [Fact]
    public void An_output_that_is_another_kind_of_file_stays_as_it_was()
    {
        var path = _cli.PathOf("precious.txt");
        File.WriteAllText(path, "my thesis");
        Ask(Cli.Tiny("llama-spm"), "sample", path).Failed(3, "precious.txt");
        Assert.Equal("my thesis", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("score")]
    [InlineData("report")]
    [InlineData("sql")]
    public void Results_that_are_not_there(string command) => _cli.Run(command, "nonesuch.duckdb").Failed(3, "nonesuch.duckdb");

    [Fact]
    public void A_report_never_overwrites_results_and_says_what_is_wrong_with_its_place()
    {
        Sample();
        _cli.Run("report", "results.duckdb", "-o", "./results.duckdb").Failed(3, "stays as it is");
        _cli.Run("report", "results.duckdb", "-o", _cli.Folder).Failed(3, "is a folder");
        _cli.Run("report", "results.duckdb", "-o", "nowhere/r.html").Failed(3, "nowhere", "does not exist");
        _cli.Run("report", "results.duckdb", "-o", "").Failed(2, "empty");
        _cli.Run("sql", "results.duckdb", "select 1").Succeeded();
    }

    [Fact]
    public void A_pipe_is_no_results_file() => Ask(Cli.Tiny("llama-spm"), "sample", "/dev/stdout").Failed(3, "is a device or a pipe");

    [Fact]
    public void Sql_that_is_wrong_is_told_and_nothing_can_be_changed()
    {
        Sample();
        _cli.Run("sql", "results.duckdb", "select nonesuch from run_overview").Failed(3, "nonesuch");
        _cli.Run("sql", "results.duckdb", "delete from answers").Failed(3, "read-only");
        _cli.Run("sql", "results.duckdb", "select 1", "--csv", "--json").Failed(2, "exclude");
    }

    [Fact]
    public void A_gpu_that_this_build_has_no_libraries_for() =>
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--device", "cuda").Failed(4, "cuda", "-p:Gpu=cuda");

    void Sample() => _cli.RunOnce(
        "run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "results.duckdb", "--threads", Cli.Threads);

    Ended Ask(string model, string survey, string output = "results.duckdb") =>
        _cli.Run("run", "--model", model, "--survey", survey, "--out", output, "--threads", Cli.Threads);

    string Empty(string name)
    {
        File.WriteAllBytes(_cli.PathOf(name), []);
        return _cli.PathOf(name);
    }
}
