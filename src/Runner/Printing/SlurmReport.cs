using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study.Cluster;

namespace LocalOpinions.Runner.Printing;

/// <summary>What was written for Slurm, and what to do with it.</summary>
static class SlurmReport
{
    public static void Print(SlurmJobs jobs)
    {
        Console.Out.WriteLine(Screen.Clean($"{jobs.Tasks:N0} tasks  {jobs.Pieces}{Number(jobs.PiecesJob)}"));
        Console.Out.WriteLine(Screen.Clean($"then      {jobs.Merge}{Number(jobs.MergeJob)}"));
        Console.Out.WriteLine(Screen.Clean($"into      {jobs.Output}"));
        if (jobs.PiecesJob is null)
            Screen.Say($"Submit them with --submit, or: sbatch --parsable {jobs.Pieces}, and with the number that it gives: "
                + $"sbatch --dependency=afterok:NUMBER {jobs.Merge}");
    }

    static string Number(string? job) => job is null ? "" : $", job {job}";
}
