namespace LocalOpinions.Study.Cluster;

/// <summary>A study as an array of Slurm jobs and one that brings their files together.</summary>
public sealed record SlurmRequest
{
    /// <summary>Into how many pieces it is cut, at least 1.</summary>
    public required int Tasks { get; init; }

    /// <summary>How many of them may run at once; null for as many as there is room for.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Where scripts, logs and the pieces' results files go: a full path that Slurm can read (<see cref="SlurmScripts.CanName"/>).
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The results file that takes all pieces in.</summary>
    public required string Output { get; init; }

    /// <summary>
    /// The command line, word by word, that asks one piece; <see cref="SlurmScripts.Piece"/> stands for which, as "3/16", and
    /// <see cref="SlurmScripts.PieceFile"/> for its results file. It goes on where an earlier call of it ended.
    /// </summary>
    public required IReadOnlyList<string> Ask { get; init; }

    /// <summary>
    /// The command lines that are called once all pieces are there, one after the other until one fails;
    /// <see cref="SlurmScripts.PieceFiles"/> stands for the pieces' results files. Called again they do what is missing.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<string>> Conclude { get; init; }

    /// <summary>Slurm's options for both jobs, by name without dashes: "partition", "time", ...</summary>
    public IReadOnlyList<(string Name, string Value)> Directives { get; init; } = [];

    /// <summary>Where the command lines are called.</summary>
    public required string WorkingFolder { get; init; }
}
