using System.CommandLine;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;
using LocalOpinions.Study.Cluster;

namespace LocalOpinions.Runner.Commands;

static class StudySlurmCommand
{
    const int MostTasks = 100_000;

    // Those that nearly every cluster asks for; any other goes through --sbatch.
    static readonly (string Name, string Help, string Description)[] s_directives =
    [
        ("partition", "NAME", "Slurm's partition."),
        ("account", "NAME", "The account that is charged."),
        ("time", "HH:MM:SS", "The time limit of each task; one that reaches it is queued again and goes on where it was."),
        ("gres", "GRES", "What each task gets, for example gpu:1."),
        ("cpus-per-task", "N", "Processors of each task."),
        ("mem", "SIZE", "Memory of each task, for example 32G."),
    ];

    public static Command Create()
    {
        var study = new Argument<string>("study") { Description = "A study file (JSON), as --save writes it." };
        var tasks = Options.Whole("--tasks", "Into how many pieces the study is cut.", MostTasks);
        tasks.Required = true;
        var atOnce = Options.Whole("--at-once", "The most tasks that run at the same time. Default: as many as there is room for.");
        var folder = Text("--folder", "FOLDER", "Where scripts, logs and the pieces' results files go. Default: slurm.");
        var output = Text("--out", "FILE", "The results file that takes all pieces in. Default: results.duckdb.");
        var page = Text("--page", "FILE", "The page that is made of it. Default: the results file's name with .html.");
        Option<string?>[] directives = [.. s_directives.Select(d => Text($"--{d.Name}", d.Help, d.Description))];
        var more = new Option<string[]>("--sbatch")
        {
            Description = "Further options of Slurm's for both jobs, each as NAME=VALUE, for example qos=long.",
            HelpName = "NAME=VALUE...",
            AllowMultipleArgumentsPerToken = true,
        };
        var submit = new Option<bool>("--submit")
        {
            Description = "Also submit both: the second waits until all tasks of the first are done.",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Write nothing: print prompts, tokens and expected time of every part and of each task, at the rate of this "
                + "machine.",
        };
        var engine = new ModelOptions(several: true);
        var json = Options.Json();
        var command = new CheckedCommand("slurm", """
            Write a study as a Slurm job array, whose tasks each ask an equal piece of it, and a job that merges, scores and reports; with
            --submit, submit them. A task that is killed goes on where it was when it is submitted again.

            Examples:
              localopinions study slurm study.json --tasks 16 --gres gpu:1 --time 04:00:00 --device cuda --dry-run
              localopinions study slurm study.json --tasks 16 --gres gpu:1 --time 04:00:00 --device cuda --submit
              localopinions study slurm study.json --tasks 200 --at-once 20 --partition gpu --sbatch qos=long constraint=h100
              localopinions study slurm study.json --tasks 4 --endpoint http://node7:8000 --submit
            """) { study, tasks, atOnce, folder, output, page };
        foreach (var option in directives)
            command.Add(option);
        foreach (var option in (Option[])[more, submit, dryRun])
            command.Add(option);
        engine.AddTo(command);
        var endpoint = new EndpointOptions();
        endpoint.AddTo(command, engine.All);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var file = parsed.GetRequiredValue(study);
            var declared = StudyFile.Read(file);
            var count = parsed.GetValue(tasks)!.Value;
            var results = Path.GetFullPath(parsed.GetValue(output) ?? "results.duckdb");
            if (parsed.GetValue(dryRun))
            {
                var estimate = await StudyEstimate.OfAsync(declared, results,
                    name => (IAskedModel?)endpoint.Model(parsed, name) ?? engine.Read(parsed, name), Screen.TryTell,
                    interruption.Token);
                Json.WriteOr(parsed.GetValue(json), new TasksEstimate(count, estimate), StudyReport.Print);
                return ExitCodes.Done;
            }
            var studyFile = Path.GetFullPath(file);
            string[] program = [ThisProgram.Program.File, .. ThisProgram.Program.Before];
            string[] given = [.. engine.Given(parsed), .. endpoint.Given(parsed)];
            var request = new SlurmRequest
            {
                Tasks = count,
                AtOnce = parsed.GetValue(atOnce),
                Folder = Path.GetFullPath(parsed.GetValue(folder) ?? "slurm"),
                Output = results,
                Ask =
                [
                    .. program, "study", "--from", studyFile, .. given, "--shard", SlurmScripts.Piece, "--out", SlurmScripts.PieceFile,
                ],
                Conclude =
                [
                    [.. program, "merge", "--out", results, SlurmScripts.PieceFiles],
                    [.. program, "study", "--from", studyFile, "--out", results, .. given],
                    [.. program, "report", results, "--out",
                        Path.GetFullPath(parsed.GetValue(page) ?? Path.ChangeExtension(results, ".html"))],
                ],
                Directives =
                [
                    .. s_directives.Zip(directives).Where(d => parsed.GetValue(d.Second) is not null)
                        .Select(d => (d.First.Name, parsed.GetValue(d.Second)!)),
                    .. (parsed.GetValue(more) ?? []).Select(Further),
                ],
                WorkingFolder = Environment.CurrentDirectory,
            };
            Require(request);
            var jobs = SlurmJobs.Write(request);
            if (parsed.GetValue(submit))
                jobs = await jobs.SubmitAsync(interruption.Token);
            Json.WriteOr(parsed.GetValue(json), jobs, SlurmReport.Print);
            return ExitCodes.Done;
        });
        return command;
    }

    static Option<string?> Text(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    static (string Name, string Value) Further(string given) => given.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } value]
        ? (name, value) : throw new UsageException($"--sbatch takes NAME=VALUE, as qos=long, not {given}.");

    static void Require(SlurmRequest request)
    {
        foreach (var (name, value) in request.Directives.Where(d => !SlurmScripts.CanName(d.Name) || !SlurmScripts.CanName(d.Value)))
            throw new UsageException($"{name}={value}: Slurm's directives take {SlurmScripts.OneWordIs}.");
        if (!SlurmScripts.CanName(request.Folder))
            throw new UsageException($"{request.Folder} stands in Slurm's directives, which take {SlurmScripts.OneWordIs}. Name another "
                + "--folder.");
    }
}
