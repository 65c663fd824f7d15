using System.Diagnostics;
using LocalOpinions.Analysis;

namespace LocalOpinions.Study.Cluster;

/// <summary>The scripts of a study as they were written, and Slurm's numbers of those that were submitted.</summary>
/// <param name="Tasks">Pieces of the study.</param>
/// <param name="Pieces">The array's script.</param>
/// <param name="Merge">The script of the job that brings the pieces together.</param>
/// <param name="Output">The results file that will hold all.</param>
public sealed record SlurmJobs(int Tasks, string Pieces, string Merge, string Output)
{
    /// <summary>Slurm's number of the array; null where it was not submitted.</summary>
    public string? PiecesJob { get; init; }

    /// <summary>The same of the job that brings the pieces together.</summary>
    public string? MergeJob { get; init; }

    /// <summary>Writes the scripts. Those of an earlier call are replaced; what their tasks answered stays.</summary>
    /// <exception cref="ArgumentException">The folder or a directive cannot stand in a script (<see cref="SlurmScripts.CanName"/>).
    /// </exception>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static SlurmJobs Write(SlurmRequest request)
    {
        string[] words = [request.Folder, .. request.Directives.SelectMany(d => new[] { d.Name, d.Value })];
        if (words.FirstOrDefault(w => !SlurmScripts.CanName(w)) is { } wrong)
            throw new ArgumentException($"{wrong}: Slurm's directives take {SlurmScripts.OneWordIs}.", nameof(request));
        var scripts = new SlurmScripts(request);
        Directory.CreateDirectory(request.Folder);
        var jobs = new SlurmJobs(request.Tasks, Path.Combine(request.Folder, "pieces.sbatch"),
            Path.Combine(request.Folder, "merge.sbatch"), request.Output);
        File.WriteAllText(jobs.Pieces, scripts.Pieces());
        File.WriteAllText(jobs.Merge, scripts.Conclusion());
        return jobs;
    }

    /// <summary>Submits both, the second to begin once all tasks of the first are done.</summary>
    /// <exception cref="InputException">Slurm is not here, or takes them not; what it said is told.</exception>
    public async Task<SlurmJobs> SubmitAsync(CancellationToken cancellation)
    {
        var pieces = await SubmitAsync([Pieces], cancellation);
        var merge = await SubmitAsync([$"{Option("dependency")}=afterok:{pieces}", Merge], cancellation);
        return this with { PiecesJob = pieces, MergeJob = merge };
    }

    static async Task<string> SubmitAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("sbatch", [Option("parsable"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InputException($"sbatch cannot be started ({e.Message}). The scripts are written: submit them where Slurm is.");
        }
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var number = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            // With several clusters it says NUMBER;CLUSTER.
            return process.ExitCode == 0 ? number.Trim().Split(';')[0]
                : throw new InputException($"sbatch {string.Join(' ', arguments)} ended with {process.ExitCode}: {(await error).Trim()}");
        }
    }

    // Slurm's own.
    static string Option(string name) => $"--{name}";
}
