using LocalOpinions.Study.Cluster;

namespace LocalOpinions.Study.Tests;

/// <summary>What Slurm is given to run, for command lines of any words.</summary>
public sealed class SlurmScriptsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-slurm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Words_of_command_lines_are_quoted_and_pieces_are_named_by_the_shell()
    {
        var scripts = new SlurmScripts(Request());
        Assert.Contains($"'/a b/ask' 'it'\\''s' \"$SLURM_ARRAY_TASK_ID/16\" '{_folder}'/shard-\"$SLURM_ARRAY_TASK_ID\".duckdb &\n",
            scripts.Pieces(), StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --array=1-16%4\n", scripts.Pieces(), StringComparison.Ordinal);
        Assert.EndsWith($"\ncd '/from'\n'join' '{_folder}'/shard-{{1..16}}.duckdb\n'tell' '$HOME'\n", scripts.Conclusion(),
            StringComparison.Ordinal);
        Assert.Contains("/shard-1.duckdb\n", new SlurmScripts(Request() with { Tasks = 1 }).Conclusion(), StringComparison.Ordinal);
        Assert.All(new[] { scripts.Pieces(), scripts.Conclusion() }, s => Assert.StartsWith("#!/bin/bash\n#SBATCH --", s,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Both_are_written_where_the_request_says_and_what_Slurm_would_misread_is_refused()
    {
        var jobs = SlurmJobs.Write(Request());
        Assert.Equal(new SlurmScripts(Request()).Pieces(), File.ReadAllText(jobs.Pieces));
        Assert.Equal(new SlurmScripts(Request()).Conclusion(), File.ReadAllText(jobs.Merge));
        foreach (var wrong in new[] { Request() with { Folder = "a b" }, Request() with { Directives = [("qos", "a # b")] } })
            Assert.Contains("one word", Assert.Throws<ArgumentException>(() => SlurmJobs.Write(wrong)).Message, StringComparison.Ordinal);
    }

    SlurmRequest Request() => new()
    {
        Tasks = 16,
        AtOnce = 4,
        Folder = _folder,
        Output = "all.duckdb",
        Ask = ["/a b/ask", "it's", SlurmScripts.Piece, SlurmScripts.PieceFile],
        Conclude = [["join", SlurmScripts.PieceFiles], ["tell", "$HOME"]],
        Directives = [("time", "04:00:00")],
        WorkingFolder = "/from",
    };
}
