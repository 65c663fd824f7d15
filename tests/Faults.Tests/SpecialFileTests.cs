using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Pipes without a writer, devices without an end, links in circles: told, never waited for.</summary>
public sealed class SpecialFileTests : IDisposable
{
    readonly Cli _cli = new();

    // Every place where a command takes a file; the file's name stands for FILE.
    static readonly string[][] s_readers =
    [
        ["surveys", "FILE"],
        ["surveys", "convert", "FILE", "--out", "out.yaml"],
        ["run", "--model", "FILE", "--survey", "sample"],
        ["run", "--model", "m.gguf", "--survey", "FILE"],
        ["run", "--model", "m.gguf", "--survey", "sample", "--out", "FILE"],
        ["run", "--model", "m.gguf", "--survey", "own.yaml", "--condition", "linguistic", "--language", "tr", "--translations", "FILE"],
        ["look", "--model", "FILE", "--question", "1"],
        ["verify", "--model", "FILE"],
        ["bench", "--model", "FILE"],
        ["study", "--from", "FILE"],
        ["study", "--model", "FILE", "--survey", "sample"],
        ["study", "card", "FILE"],
        ["translate", "check", "FILE", "own.yaml"],
        ["translate", "export", "own.yaml", "--translations", "FILE", "--out", "out.csv"],
        ["translate", "import", "FILE", "own.yaml", "--language", "tr", "--provenance", "human", "--translator", "x", "--out", "out.yaml"],
        ["import", "FILE", "--survey", "sample"],
        ["merge", "FILE", "--out", "out.duckdb"],
        ["sql", "FILE", "select 1"],
        ["sql", "r.duckdb", "--file", "FILE"],
        ["sql", "r.duckdb", "--file", "FILE", "--csv", "--out", "out.csv"],
        ["texts", "codes", "r.duckdb", "FILE"],
        ["score", "FILE"],
        ["report", "FILE"],
        ["serve", "FILE"],
        ["compare", "FILE"],
        ["controls", "FILE"],
    ];

    public SpecialFileTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux tells what a file is without opening it.");
        _cli.Run("surveys", "new", "own.yaml").Succeeded();
        File.Copy(Cli.Tiny("llama-spm"), _cli.PathOf("m.gguf"));
        Pipe("pipe");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void No_command_opens_what_is_no_file()
    {
        _cli.Run("run", "--model", "m.gguf", "--survey", "own.yaml", "--out", "r.duckdb", "--threads", "1", "--quiet").Succeeded();
        _cli.Run("look", "--model", "m.gguf", "--survey", "own.yaml", "--question", "0", "--tokens", "2", "--out", "r.duckdb").Succeeded();
        var before = Directory.GetFiles(_cli.Folder).Order(StringComparer.Ordinal).ToList();
        foreach (var reader in s_readers)
        {
            foreach (var file in new[] { "pipe", "/dev/zero" })
                _cli.Run([.. reader.Select(a => a == "FILE" ? file : a)]).Failed(3, file, "is a device or a pipe");
        }
        Assert.Equal(before, Directory.GetFiles(_cli.Folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_log_beside_a_results_file_that_is_no_file_is_told()
    {
        _cli.Run("run", "--model", "m.gguf", "--survey", "own.yaml", "--out", "r.duckdb", "--threads", "1", "--quiet").Succeeded();
        Pipe("r.duckdb.wal");
        Pipe("new.duckdb.wal");
        foreach (var command in new string[][] { ["sql", "r.duckdb", "select 1"], ["score", "r.duckdb"],
            ["merge", "r.duckdb", "--out", "all.duckdb"], ["run", "--model", "m.gguf", "--survey", "own.yaml", "--out", "new.duckdb"] })
            _cli.Run(command).Failed(3, ".duckdb.wal", "is a device or a pipe");
        // What seems to be left by a killed run is no database: it goes.
        Pipe("other.duckdb.new");
        _cli.Run("run", "--model", "m.gguf", "--survey", "own.yaml", "--out", "other.duckdb", "--threads", "1").Succeeded();
    }

    [Fact]
    public void One_bad_entry_of_a_models_folder_does_not_hide_the_others()
    {
        Directory.CreateDirectory(_cli.PathOf("models"));
        File.Copy(_cli.PathOf("m.gguf"), _cli.PathOf("models/good.gguf"));
        Pipe("models/pipe.gguf");
        foreach (var (name, target) in new[] { ("loop", "loop.gguf"), ("nowhere", "nonesuch"), ("device", "/dev/zero"),
            ("part-00001-of-00002", "part-00001-of-00002.gguf") })
            File.CreateSymbolicLink(_cli.PathOf($"models/{name}.gguf"), target);
        var listed = _cli.Run("models", "--json").Succeeded().Json.EnumerateArray()
            .Where(m => m.GetProperty("path").GetString()!.StartsWith(_cli.Folder, StringComparison.Ordinal))
            .ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("problem").GetString());
        Assert.Equal(["device", "good", "loop", "nowhere", "part", "pipe"], listed.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["good"], listed.Where(m => m.Value is null).Select(m => m.Key));
        Assert.Contains("is a device or a pipe", listed["pipe"]);
        _cli.Run("doctor").Succeeded();
        foreach (var name in listed.Where(m => m.Value is not null).Select(m => m.Key))
            _cli.Run("run", "--model", name, "--survey", "own.yaml", "--out", "r.duckdb").Failed(3, name);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("surveys", "sample")]
    [InlineData("study", "schema")]
    [InlineData("--help")]
    public void Output_that_cannot_be_written_is_told(params string[] command)
    {
        Shell(command, "> /dev/full").Failed(3, "No space left");
        // Not even that can be told here: the exit code remains.
        Assert.Equal(3, Shell(command, "> /dev/full 2> /dev/full").Code);
        Assert.Equal(2, Shell(["nonesuch"], "2> /dev/full").Code);
    }

    Ended Shell(string[] command, string redirection)
    {
        using var process = _cli.Start(command, null, "/bin/sh", "-c", $"exec \"$@\" {redirection}", "sh");
        return Cli.End(process);
    }

    void Pipe(string name)
    {
        using var make = ChildProcess.Start("mkfifo", [_cli.PathOf(name)]);
        make.WaitForExit();
    }
}
