using System.Security.Cryptography;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Runner.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Where commands may write: the same rule for every output of every command.</summary>
public sealed class OutputTests : IDisposable
{
    readonly Cli _cli = new();
    readonly CommandLine _line;

    // Every output that is no results file: arguments before and behind the file's name.
    static readonly (string[] Before, string[] Behind)[] s_outputs =
    [
        (["report", "r.duckdb", "--out"], []),
        (["study", "card", "r.duckdb", "--out"], []),
        (["study", "--model", "m.gguf", "--survey", "own.yaml", "--dry-run", "--save"], []),
        (["bench", "--model", "m.gguf", "--survey", "own.yaml", "--out"], []),
        (["sql", "r.duckdb", "select 1", "--csv", "--out"], []),
        (["sql", "r.duckdb", "--file", "query.sql", "--format", "parquet", "--out"], []),
        (["surveys", "new"], []),
        (["surveys", "convert", "own.yaml", "--out"], []),
        (["translate", "export", "own.yaml", "--out"], []),
        (["translate", "import", "sheet.csv", "own.yaml", "--language", "tr", "--provenance", "human", "--translator", "x", "--out"], []),
        (["translate", "draft", "own.yaml", "--model", "m.gguf", "--language", "tr", "--out"], []),
        (["texts", "sheet", "r.duckdb", "--out"], []),
    ];

    public OutputTests()
    {
        _cli.RunOnce("surveys", "new", "own.yaml");
        File.Copy(Cli.Tiny("llama-spm"), _cli.PathOf("m.gguf"));
        _cli.RunOnce("run", "--model", "m.gguf", "--survey", "own.yaml", "--out", "r.duckdb", "--threads", "1", "--quiet");
        MadeUpSurvey.Write(_cli.PathOf("global.csv"), 3);
        File.WriteAllText(_cli.PathOf("long.csv"), "question,option,group,share\nQ,Yes,Kenya,1\n");
        File.WriteAllText(_cli.PathOf("query.sql"), "select 1");
        File.WriteAllText(_cli.PathOf("sheet.csv"), "id,part,source,translation\n");
        File.WriteAllText(_cli.PathOf("thesis.txt"), "my thesis");
        _line = new(_cli.Folder);
    }

    public void Dispose()
    {
        _line.Dispose();
        _cli.Dispose();
    }

    public static TheoryData<int> Outputs() => [.. Enumerable.Range(0, s_outputs.Length)];

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task No_output_replaces_results_models_surveys_or_what_somebody_else_wrote(int output)
    {
        var before = Hashes();
        foreach (var precious in new[] { "r.duckdb", "m.gguf", "own.yaml", "global.csv", "long.csv" })
        {
            foreach (var force in new[] { false, true })
                (await Write(output, precious, force)).Failed(3, precious, "stays as it is");
        }
        (await Write(output, "thesis.txt", force: false)).Failed(3, "thesis.txt", "is there already", "--force");
        (await Write(output, _cli.Folder, force: true)).Failed(3, "is a folder");
        (await Write(output, "nowhere/x", force: true)).Failed(3, "nowhere", "does not exist");
        (await Write(output, "/dev/full", force: true)).Failed(3, "/dev/full", "is a device or a pipe");
        Assert.Equal(before, Hashes());
    }

    [Fact]
    public void Neither_the_log_of_a_results_file_nor_what_a_copy_in_SQL_would_replace_is_written()
    {
        var before = Hashes();
        foreach (var log in new[] { "r.duckdb.wal", "none.duckdb.WAL" })
            _cli.Run("sql", "r.duckdb", "select 1 as a", "-o", log, "--format", "csv", "--force").Failed(3, log, "log", "stays as it is");
        foreach (var precious in new[] { "r.duckdb", "m.gguf", "own.yaml", "global.csv" })
            Assert.NotEqual(0, _cli.Run("sql", "r.duckdb", $"copy (select 1 as a) to '{precious}'").Code);
        Assert.Equal(before, Hashes());
    }

    [Fact]
    public void What_a_command_reads_is_never_written_to_by_whatever_name()
    {
        File.CreateSymbolicLink(_cli.PathOf("link.sql"), "query.sql");
        Directory.CreateSymbolicLink(_cli.PathOf("here"), ".");
        var before = Hashes();
        foreach (var name in new[] { "query.sql", "./query.sql", "link.sql", "here/query.sql", _cli.PathOf("query.sql") })
            _cli.Run("sql", "r.duckdb", "--file", "query.sql", "--csv", "--out", name, "--force").Failed(3, name, "stays as it is");
        _cli.Run("translate", "import", "sheet.csv", "own.yaml", "--language", "tr", "--provenance", "human", "--translator", "x", "--out",
            "sheet.csv", "--force").Failed(3, "sheet.csv", "stays as it is");
        _cli.Run("study", "--model", "m.gguf", "--survey", "own.yaml", "--dry-run", "--save", "new.duckdb", "--out", "new.duckdb")
            .Failed(3, "new.duckdb", "stays as it is");
        _cli.Run("study", "--model", "m.gguf", "--survey", "own.yaml", "--dry-run", "--save", "results.duckdb")
            .Failed(3, "results.duckdb", "stays as it is");
        _cli.Run("merge", "r.duckdb", "--out", "r.duckdb").Failed(2, "r.duckdb", "into itself");
        Assert.Equal(before, Hashes());
    }

    [Fact]
    public void What_this_program_wrote_is_written_again_and_anything_else_by_force()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            _cli.Run("report", "r.duckdb", "--out", "page.html").Succeeded();
            _cli.Run("study", "--model", "m.gguf", "--survey", "own.yaml", "--dry-run", "--save", "study.json").Succeeded();
        }
        _cli.Run("study", "--model", "m.gguf", "--survey", "own.yaml", "--dry-run", "--save", "study.json", "--limit", "1")
            .Failed(3, "study.json", "--force");
        _cli.Run("sql", "r.duckdb", "select 42 as x", "--csv", "--out", "thesis.txt", "--force").Succeeded();
        Assert.Equal("x\r\n42\r\n", File.ReadAllText(_cli.PathOf("thesis.txt")));
        Ask("study.duckdb", "own.yaml", "study", "--controls", "none", "--conditions", "default", "--one-template").Succeeded();
        foreach (var _ in new[] { 1, 2 })
            _cli.Run("study", "card", "study.duckdb", "--out", "card.md").Succeeded();
    }

    [Fact]
    public void A_link_stays_a_link_and_what_it_leads_to_is_written()
    {
        Directory.CreateDirectory(_cli.PathOf("site"));
        File.CreateSymbolicLink(_cli.PathOf("page.html"), "site/index.html");
        foreach (var _ in new[] { 1, 2 })
            _cli.Run("report", "r.duckdb", "--out", "page.html").Succeeded();
        Assert.Equal("site/index.html", new FileInfo(_cli.PathOf("page.html")).LinkTarget);
        Assert.Equal(["index.html"], Directory.GetFiles(_cli.PathOf("site")).Select(Path.GetFileName));
        File.CreateSymbolicLink(_cli.PathOf("loop.html"), "loop.html");
        _cli.Run("report", "r.duckdb", "--out", "loop.html").Failed(3, "loop.html", "leads nowhere");
    }

    // In this process: all are refused at once, and to start the command so often takes a minute.
    async Task<Ended> Write(int output, string path, bool force)
    {
        var end = await _line.RunAsync([.. s_outputs[output].Before, path, .. s_outputs[output].Behind, .. force ? ["--force"]
            : Array.Empty<string>()]);
        return new(end.Code, end.Output, end.Error);
    }

    Ended Ask(string file, string survey, string command = "run", params string[] more) => _cli.Run(
        [command, "--model", "m.gguf", "--survey", survey, "--out", file, "--threads", "1", "--quiet", .. more]);

    SortedDictionary<string, string> Hashes() => new(Directory.GetFiles(_cli.Folder).ToDictionary(
        f => Path.GetFileName(f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))));
}
