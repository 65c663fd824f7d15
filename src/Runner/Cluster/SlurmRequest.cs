namespace LocalOpinions.Runner.Cluster;

/// <summary>A study as an array of Slurm jobs and one that brings their files together.</summary>
sealed record SlurmRequest
{
    /// <summary>The study's file.</summary>
    public required string Study { get; init; }

    /// <summary>Into how many pieces it is cut.</summary>
    public required int Tasks { get; init; }

    /// <summary>How many of them may run at once; null for as many as there is room for.</summary>
    public required int? AtOnce { get; init; }

    /// <summary>Where scripts, logs and the pieces' results files go.</summary>
    public required string Folder { get; init; }

    /// <summary>The results file that takes all pieces in.</summary>
    public required string Output { get; init; }

    /// <summary>The page that is made of it.</summary>
    public required string Page { get; init; }

    /// <summary>Slurm's options for both jobs, by name without dashes: "partition", "time", ...</summary>
    public required IReadOnlyList<(string Name, string Value)> Directives { get; init; }

    /// <summary>Options of the command that say where a model is computed.</summary>
    public required IReadOnlyList<string> Engine { get; init; }

    /// <summary>What starts this program.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Where it is started, so that names in the study mean what they mean here.</summary>
    public required string WorkingFolder { get; init; }
}
