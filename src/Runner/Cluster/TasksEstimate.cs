using LocalOpinions.Asking.Running;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Cluster;

/// <summary>What a study costs in equal pieces.</summary>
/// <param name="Tasks">The pieces.</param>
/// <param name="Study">The whole of it.</param>
sealed record TasksEstimate(int Tasks, StudyEstimate Study)
{
    /// <summary>Tokens that each task decodes.</summary>
    public double TokensPerTask => Study.Parts.Sum(p => (double)p.Tokens) / Tasks;

    /// <summary>Time that each task takes at this machine's rate, in seconds.</summary>
    public double SecondsPerTask => Study.Parts.Sum(p => p.Seconds) / Tasks;

    public static void Print(TasksEstimate estimate)
    {
        StudyReport.Print(estimate.Study);
        Screen.Say($"{estimate.Tasks:N0} tasks: about {estimate.TokensPerTask:N0} tokens and "
            + $"{WorkProgress.Duration(TimeSpan.FromSeconds(estimate.SecondsPerTask))} each at this machine's rate, loading apart.");
    }
}
