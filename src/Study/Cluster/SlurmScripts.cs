using System.Text.RegularExpressions;

namespace LocalOpinions.Study.Cluster;

/// <summary>The two scripts that Slurm runs: each piece of a study, and what becomes of the pieces.</summary>
/// <param name="request">The study.</param>
public sealed partial class SlurmScripts(SlurmRequest request)
{
    /// <summary>The word of a command line that stands for the piece that is asked.</summary>
    public const string Piece = "\0piece";

    /// <summary>The word that stands for the results file of that piece.</summary>
    public const string PieceFile = "\0file";

    /// <summary>The word that stands for the results files of all pieces.</summary>
    public const string PieceFiles = "\0files";

    // Time to store what is decoded and to be queued again, before Slurm kills.
    const int SecondsBeforeTheEnd = 120;

    /// <summary>The pieces: a task that its time limit ends is queued again, and goes on where it was.</summary>
    public string Pieces()
    {
        var atOnce = request.AtOnce is { } most ? $"%{most}" : "";
        return $"""
            #!/bin/bash
            {Directives("pieces", "task-%a.log", ("array", $"1-{request.Tasks}{atOnce}"),
                ("signal", $"B:TERM@{SecondsBeforeTheEnd}"), ("requeue", null), ("open-mode", "append"))}
            # One of {request.Tasks} pieces of a study. Submitted again, it goes on where it was.
            cd {Quote(request.WorkingFolder)} || exit
            ending=
            trap 'ending=1; kill -TERM "$piece" 2>/dev/null' TERM
            {Line(request.Ask)} &
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
    public string Conclusion() => $"""
        #!/bin/bash
        {Directives("merge", "merge.log", ("open-mode", "append"))}
        # Brings the pieces together, computes what the study found, and writes the page. Submitted again, it does what is missing.
        set -e
        cd {Quote(request.WorkingFolder)}
        {string.Join('\n', request.Conclude.Select(Line))}

        """;

    /// <summary>Whether something can stand in Slurm's directives, which it reads by rules of its own, blanks and # included.</summary>
    public static bool CanName(string text) => OneWord().IsMatch(text);

    /// <summary>What <see cref="CanName"/> asks for, in words.</summary>
    public const string OneWordIs = "one word, of letters, digits and _-.,:/+*=@%[]";

    string Directives(string name, string log, params (string Name, string? Value)[] own)
    {
        var all = own.Prepend(("output", $"{request.Folder}/{log}")).Prepend(("job-name", $"localopinions-{name}"))
            .Concat(request.Directives.Select(d => (d.Name, (string?)d.Value)));
        return string.Join('\n', all.Select(d => $"#SBATCH --{d.Item1}{(d.Item2 is null ? "" : $"={d.Item2}")}"));
    }

    string Line(IEnumerable<string> words) => string.Join(' ', words.Select(word => word switch
    {
        Piece => $"\"$SLURM_ARRAY_TASK_ID/{request.Tasks}\"",
        PieceFile => $"{Quote(request.Folder)}/shard-\"$SLURM_ARRAY_TASK_ID\".duckdb",
        PieceFiles => $"{Quote(request.Folder)}/shard-{(request.Tasks == 1 ? "1" : $"{{1..{request.Tasks}}}")}.duckdb",
        _ => Quote(word),
    }));

    // For a POSIX shell: nothing in a path or a name is a word of its language.
    static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w\-.,:/+*=@%\[\]]+$")]
    private static partial Regex OneWord();
}
