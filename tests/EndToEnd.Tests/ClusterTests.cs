using System.Diagnostics;
using System.Runtime.Versioning;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A study in pieces: the scripts that Slurm runs, run by hand, and by a Slurm of one node where it is installed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ClusterTests : IDisposable
{
    // What tells two results files apart, whatever the numbers that each gives its rows.
    const string Hashes =
        """
        select (select count(*) || ' ' || bit_xor(hash(r.key, r.plan_sha256, source_row, order_index, log_probs, off_menu)) from answers
            join runs as r using (run_id)) as answers,
          (select count(*) || ' ' || bit_xor(hash(r.key, c.label, source_row, js_bits)) from similarities
            join runs as r using (run_id) join countries as c using (country_id)) as similarities,
          (select count(*) || ' ' || bit_xor(hash(m.sha256, topic, part, subject, measure, n, value, low, high)) from study_findings
            left join models as m using (model_id)) as findings,
          (select count(*) || ' ' || bit_xor(hash(r.key, mean_prob, mean_similarity)) from noise_floors
            join runs as r using (run_id)) as noise
        """;

    static readonly string[] s_engine = ["--device", "cpu", "--threads", "1"];

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_scripts_of_all_pieces_give_what_one_process_gives_and_a_piece_that_is_ended_is_queued_again()
    {
        var whole = Study(["llama-spm"], "--limit", "12", "--controls", "none", "--one-template");
        _cli.Run(["study", "slurm", "study.json", "--tasks", "2", "--folder", "jobs", "--out", "merged.duckdb", .. s_engine]).Succeeded();
        var queued = Fake("scontrol", "echo \"$@\" >>queued");
        // Ended at once, as by its time limit, and then to its end.
        using (var piece = Bash("jobs/pieces.sbatch", "1", queued))
        {
            Thread.Sleep(2000);
            using (var kill = ChildProcess.Start("kill", ["-TERM", $"{piece.Id}"]))
                kill.WaitForExit();
            Cli.End(piece).Succeeded();
        }
        Assert.Equal("requeue 7_1", File.ReadAllText(_cli.PathOf("queued")).Trim());
        foreach (var task in new[] { "1", "2" })
        {
            using var piece = Bash("jobs/pieces.sbatch", task, queued);
            Assert.Contains($"{task}/2 is done", Cli.End(piece).Succeeded().Output);
        }
        using (var merge = Bash("jobs/merge.sbatch", "", queued))
            Cli.End(merge).Succeeded();
        Assert.Equal(whole, Content("merged.duckdb"));
        Assert.True(File.Exists(_cli.PathOf("merged.html")));
    }

    [Fact]
    public void Both_jobs_are_submitted_the_second_behind_the_first()
    {
        _cli.Run(["study", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--limit", "3", "--controls", "none", "--save",
            "study.json", "--dry-run", .. s_engine]).Succeeded();
        var path = Fake("sbatch", "echo \"$@\" >>submitted; echo 4$(wc -l <submitted)");
        var environment = new Dictionary<string, string> { ["PATH"] = path };
        var jobs = _cli.Run(["study", "slurm", "study.json", "--tasks", "16", "--at-once", "3", "--gres", "gpu:1", "--time", "04:00:00",
            "--sbatch", "qos=long", "--submit", "--json", .. s_engine], environment).Succeeded().Json;
        Assert.Equal(("41", "42"), (jobs.GetProperty("pieces_job").GetString(), jobs.GetProperty("merge_job").GetString()));
        var (pieces, merge) = (_cli.PathOf("slurm/pieces.sbatch"), _cli.PathOf("slurm/merge.sbatch"));
        Assert.Equal([$"--parsable {pieces}", $"--parsable --dependency=afterok:41 {merge}"], File.ReadLines(_cli.PathOf("submitted")));
        foreach (var line in new[] { "--array=1-16%3", "--gres=gpu:1", "--time=04:00:00", "--qos=long", "--requeue" })
            Assert.Contains($"#SBATCH {line}\n", File.ReadAllText(pieces));
        _cli.Run(["study", "slurm", "study.json", "--tasks", "2", "--folder", "served", "--endpoint", "http://node7:8000",
            "--endpoint-kind", "vllm", "--in-flight", "32"]).Succeeded();
        foreach (var script in new[] { "served/pieces.sbatch", "served/merge.sbatch" })
            Assert.Contains("'--endpoint' 'http://node7:8000' '--endpoint-kind' 'vllm' '--in-flight' '32'",
                File.ReadAllText(_cli.PathOf(script)));
        _cli.Run("study", "slurm", "study.json", "--tasks", "2", "--endpoint", "http://node7:8000", "--device", "cpu")
            .Failed(2, "--device");
        Fake("sbatch", "echo no such partition >&2; exit 1");
        _cli.Run(["study", "slurm", "study.json", "--tasks", "2", "--submit"], environment).Failed(3, "sbatch", "no such partition");
        _cli.Run("study", "slurm", "study.json", "--tasks", "2", "--sbatch", "qos=a b").Failed(2, "qos", "one word");
        _cli.Run("study", "slurm", "study.json", "--tasks", "2", "--folder", "a b").Failed(2, "--folder");
        _cli.Run("study", "--from", "study.json", "--shard", "3/2").Failed(2, "--shard", "3/2");
    }

    [Fact]
    public void A_Slurm_of_one_node_asks_an_array_of_four_and_merges_it_though_one_is_killed()
    {
        using var slurm = SlurmNode.StartOrSkip();
        var whole = Study(["llama-spm", "qwen3-bpe"]);
        var environment = new Dictionary<string, string> { ["SLURM_CONF"] = slurm.Configuration };
        var jobs = _cli.Run(["study", "slurm", "study.json", "--tasks", "4", "--at-once", "2", "--folder", "jobs", "--out", "merged.duckdb",
            "--submit", "--json", .. s_engine], environment).Succeeded().Json;
        var (pieces, merge) = (jobs.GetProperty("pieces_job").GetString()!, jobs.GetProperty("merge_job").GetString()!);
        slurm.WaitFor($"{pieces}_1", "RUNNING");
        Thread.Sleep(1500);
        slurm.Control("requeue", $"{pieces}_1");
        slurm.WaitFor(merge, "COMPLETED");
        Assert.Equal(whole, Content("merged.duckdb"));
    }

    /// <summary>A study in one process, and what tells its results.</summary>
    string Study(string[] models, params string[] more)
    {
        _cli.Run(["study", "--model", .. models.Select(Cli.Tiny), "--survey", "sample", "--country", "China", "Brazil", "--resamples",
            "200", "--out", "whole.duckdb", "--save", "study.json", .. more, .. s_engine]).Succeeded();
        return Content("whole.duckdb");
    }

    string Content(string file) => _cli.Query(file, Hashes)[0].GetRawText();

    /// <summary>A program of this name before all others on the path that this gives.</summary>
    string Fake(string name, string script)
    {
        var folder = Directory.CreateDirectory(_cli.PathOf("bin")).FullName;
        File.WriteAllText(Path.Combine(folder, name), $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    Process Bash(string script, string task, string path)
    {
        var start = new ProcessStartInfo("bash", [script])
        {
            WorkingDirectory = _cli.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new[] { ("PATH", path), ("SLURM_ARRAY_JOB_ID", "7"), ("SLURM_ARRAY_TASK_ID", task) })
            start.Environment[name] = value;
        return ChildProcess.Start(start);
    }
}
