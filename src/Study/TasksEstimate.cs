namespace LocalOpinions.Study;

/// <summary>What a study costs in equal pieces.</summary>
/// <param name="Tasks">The pieces, at least 1.</param>
/// <param name="Study">The whole of it.</param>
public sealed record TasksEstimate(int Tasks, StudyEstimate Study)
{
    /// <summary>Tokens that each task decodes.</summary>
    public double TokensPerTask => Study.Parts.Sum(p => (double)p.Tokens) / Tasks;

    /// <summary>Time that each task takes at this machine's rate, in seconds.</summary>
    public double SecondsPerTask => Study.Parts.Sum(p => p.Seconds) / Tasks;
}
