using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>On a full disk no command leaves a part of what it could not write, and the same command works when there is room.</summary>
public sealed class WholeFileTests : IDisposable
{
    const string Survey = """
        format: localopinions-survey/1
        questions:
          - {id: q, text: Good or bad, options: [Good, Bad], answers: {Kenya: [0.5, 0.5]}}
        """;

    readonly Cli _cli = new();

    static readonly string[][] s_writers =
    [
        ["surveys", "new", "disk/out.yaml"],
        ["surveys", "convert", "s.csv", "--out", "disk/out.yaml"],
        ["translate", "export", "s.csv", "--out", "disk/out.csv"],
        ["study", "--model", "m.gguf", "--survey", "s.csv", "--dry-run", "--quiet", "--save", "disk/out.json"],
        ["report", "r.duckdb", "--out", "disk/out.html"],
        ["sql", "r.duckdb", "from answers_long", "--out", "disk/out.csv"],
        ["sql", "r.duckdb", "from answers_long", "--out", "disk/out.md"],
        ["sql", "r.duckdb", "from answers_long", "--out", "disk/out.json"],
        ["sql", "r.duckdb", "from answers_long", "--out", "disk/out.parquet"],
        ["merge", "r.duckdb", "--out", "disk/out.duckdb"],
        ["import", "probs.csv", "--survey", "s.csv", "--out", "disk/out.duckdb"],
    ];

    public WholeFileTests()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 60);
        File.Copy(Cli.Tiny("llama-spm"), _cli.PathOf("m.gguf"));
        File.WriteAllText(_cli.PathOf("probs.csv"), "model,source_row,option_index,prob\nm,0,0,0.25\nm,0,1,0.75\n");
        _cli.RunOnce("run", "--model", "m.gguf", "--survey", "s.csv", "--out", "r.duckdb", "--threads", "1", "--quiet");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Without_room_there_is_nothing_and_with_room_there_is_all()
    {
        using (var full = Disk.Mount(_cli.PathOf("disk"), "size=16k"))
        {
            Assert.SkipWhen(full is null, "A small disk cannot be mounted here; it takes root.");
            full.Fill();
            foreach (var writer in s_writers)
            {
                var ended = _cli.Run(writer);
                ended.Failed(3, "out.", "o space left");
                // That nothing is left and that something is kept cannot both be true.
                Assert.False(ended.Error.Contains("nothing is left") && ended.Error.Contains("is kept"), ended.Error);
                Assert.Equal(["filler"], Directory.GetFileSystemEntries(_cli.PathOf("disk")).Select(Path.GetFileName));
            }
        }
        foreach (var writer in s_writers)
        {
            _cli.Run(writer).Succeeded();
            File.Delete(Directory.GetFileSystemEntries(_cli.PathOf("disk")).Single());
        }
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("3m")]
    [InlineData("5m")]
    public void A_merge_that_finds_no_room_on_its_way_leaves_neither_file_nor_log(string size)
    {
        using var disk = Disk.Mount(_cli.PathOf("disk"), $"size={size}");
        Assert.SkipWhen(disk is null, "A small disk cannot be mounted here; it takes root.");
        _cli.Run("merge", "r.duckdb", "--out", "disk/all.duckdb").Failed(3, "all.duckdb", "no room left");
        Assert.Empty(Directory.GetFileSystemEntries(_cli.PathOf("disk")));
        disk.Remount("size=100m");
        _cli.Run("merge", "r.duckdb", "--out", "disk/all.duckdb").Succeeded();
        Assert.Equal(["all.duckdb"], Directory.GetFileSystemEntries(_cli.PathOf("disk")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_merge_of_files_that_contradict_each_other_makes_none()
    {
        File.Copy(_cli.PathOf("r.duckdb"), _cli.PathOf("other.duckdb"));
        _cli.Run("sql", "other.duckdb", "update answers set probs = list_reverse(probs)", "--write").Succeeded();
        _cli.Run("merge", "r.duckdb", "other.duckdb", "--out", "all.duckdb").Failed(3, "nothing was merged");
        Assert.Empty(Directory.GetFiles(_cli.Folder, "all.*"));
    }

    [Fact]
    public void A_merge_that_cannot_open_a_file_makes_none()
    {
        using var shell = _cli.Start(["sql", "r.duckdb", "--write"]);
        shell.StandardInput.WriteLine("select 1;");
        shell.StandardOutput.ReadLine();
        _cli.Run("merge", "r.duckdb", "--out", "all.duckdb").Failed(3, $"process {shell.Id}");
        Assert.Empty(Directory.GetFiles(_cli.Folder, "all.*"));
        shell.StandardInput.Close();
        Cli.End(shell).Succeeded();
    }

    [Fact]
    public void A_failed_import_of_a_sheet_names_the_sheets_row_and_leaves_nothing()
    {
        File.WriteAllText(_cli.PathOf("own.yaml"), Survey);
        _cli.Run("translate", "export", "own.yaml", "--out", "sheet.csv").Succeeded();
        // Two options in the same words.
        var rows = File.ReadAllLines(_cli.PathOf("sheet.csv"));
        var wrong = rows.Select((r, i) => i == 0 ? r : r.TrimEnd()
            + (r.Contains(",question,", StringComparison.Ordinal) ? "Soru" : "Evet"));
        File.WriteAllLines(_cli.PathOf("wrong.csv"), wrong);
        var second = Array.FindIndex(rows, r => r.Contains(",option 2,", StringComparison.Ordinal));
        Import("wrong.csv").Failed(3, "wrong.csv", $"row {second - 1}", "same translation");
        Assert.False(File.Exists(_cli.PathOf("own.tr.yaml")));
        Import("sheet.csv").Failed(3, "sheet.csv", "no question is translated");
        File.WriteAllLines(_cli.PathOf("right.csv"), rows.Select((r, i) => i == 0 ? r : r.TrimEnd() + $"Söz {(char)('a' + i)}"));
        Import("right.csv").Succeeded();
    }

    [Fact]
    public void A_sheet_in_a_language_without_a_frame_is_imported_and_the_frame_asked_for()
    {
        File.WriteAllText(_cli.PathOf("own.yaml"), Survey);
        _cli.Run("translate", "export", "own.yaml", "--out", "sheet.csv").Succeeded();
        File.WriteAllLines(_cli.PathOf("sheet.csv"), File.ReadAllLines(_cli.PathOf("sheet.csv"))
            .Select((r, i) => i == 0 ? r : r.TrimEnd() + $"Xa {(char)('a' + i)}"));
        Assert.Contains("add a field frame", Import("sheet.csv", "tlh").Succeeded().Output);
        _cli.Run("translate", "check", "own.tlh.yaml", "own.yaml").Failed(3, "own.tlh.yaml", "frame");
    }

    Ended Import(string sheet, string language = "tr") => _cli.Run("translate", "import", sheet, "own.yaml", "--language", language,
        "--provenance", "human", "--translator", "A. Name", "--out", $"own.{language}.yaml");
}
