namespace LocalOpinions.Store;

/// <summary>What DuckDB may use. The defaults are small because a model shares the process.</summary>
/// <param name="MemoryLimit">As DuckDB writes it, for example "256MB"; beyond it DuckDB spills to a folder beside the file.</param>
/// <param name="Threads">At least 1.</param>
public sealed record StoreOptions(string MemoryLimit, int Threads)
{
    /// <summary>Whether SQL may install and load extensions, which DuckDB fetches from the network. Off by default.</summary>
    public bool Extensions { get; init; }

    /// <summary>
    /// The <see cref="ResultsFile.Identity"/> of the file that must be at the path; null for whichever there is, or for none.
    /// </summary>
    public string? Identity { get; init; }

    /// <summary>256 MB and at most two threads.</summary>
    public static StoreOptions Default { get; } = new("256MB", Math.Min(2, Environment.ProcessorCount));
}
