namespace LocalOpinions.Runner.Cluster;

/// <summary>The two scripts that Slurm runs: each piece of a study, and what becomes of the pieces.</summary>
/// <param name="request">The study.</param>
sealed class SlurmScripts(SlurmRequest request)
{
    // Time to store what is decoded and to be queued again, before Slurm kills.
    const int SecondsBeforeTheEnd = 120;

    /// <summary>The pieces: a task that its time limit ends is queued again, and goes on where it was.</summary>
    public string Pieces()
    {
        var atOnce = request.AtOnce is { } most ? $"%{most}" : "";
        var study = Line(["study", "--from", request.Study, .. request.Engine]);
        return $"""
            #!/bin/bash
            {Directives("pieces", "task-%a.log", ("array", $"1-{request.Tasks}{atOnce}"),
                ("signal", $"B:TERM@{SecondsBeforeTheEnd}"), ("requeue", null), ("open-mode", "append"))}
            # One of {request.Tasks} pieces of a study. Submitted again, it goes on where it was.
            cd {Quote(request.WorkingFolder)} || exit
            ending=
            trap 'ending=1; kill -TERM "$piece" 2>/dev/null' TERM
            {study} \
              --shard "$SLURM_ARRAY_TASK_ID/{request.Tasks}" --out {Quote(request.Folder)}/shard-"$SLURM_ARRAY_TASK_ID".duckdb &
            piece=$!
            wait "$piece"; status=$?
            # The signal ends the wait before the program has stored what it has.
            while [ -n "$ending" ] && kill -0 "$piece" 2>/dev/null; do wait "$piece"; status=$?; done
            if [ -n "$ending" ] && [ "$status" != 0 ]; then
              scontrol requeue "$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID" && exit 0
            fi
            exit "$status"

            """;
    }

    /// <summary>What becomes of the pieces: one file, what the study found, and a page. Run again it does what is missing.</summary>
    public string Merge()
    {
        var pieces = $"{Quote(request.Folder)}/shard-{(request.Tasks == 1 ? "1" : $"{{1..{request.Tasks}}}")}.duckdb";
        return $"""
            #!/bin/bash
            {Directives("merge", "merge.log", ("open-mode", "append"))}
            # Brings the pieces together, computes what the study found, and writes the page. Submitted again, it does what is missing.
            set -e
            cd {Quote(request.WorkingFolder)}
            {Line(["merge", "--out", request.Output])} {pieces}
            {Line(["study", "--from", request.Study, "--out", request.Output, .. request.Engine])}
            {Line(["report", request.Output, "--out", request.Page])}

            """;
    }

    string Directives(string name, string log, params (string Name, string? Value)[] own)
    {
        var all = own.Prepend(("output", $"{request.Folder}/{log}")).Prepend(("job-name", $"localopinions-{name}"))
            .Concat(request.Directives.Select(d => (d.Name, (string?)d.Value)));
        return string.Join('\n', all.Select(d => $"#SBATCH --{d.Item1}{(d.Item2 is null ? "" : $"={d.Item2}")}"));
    }

    string Line(IEnumerable<string> arguments) => string.Join(' ', request.Program.Concat(arguments).Select(Quote));

    // For a POSIX shell: nothing in a path or a name is a word of its language.
    static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
