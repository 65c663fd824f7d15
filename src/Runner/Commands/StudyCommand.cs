using System.CommandLine;
using System.Text;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Commands;

static class StudyCommand
{
    public static Command Create()
    {
        var from = new Option<string?>("--from")
        {
            Description = "A study file (JSON) to run, instead of the options that declare one.",
            HelpName = "FILE",
        };
        var models = new Option<string[]>("--model", "-m")
        {
            Description = "GGUF files, or names of models.",
            HelpName = "MODEL...",
            AllowMultipleArgumentsPerToken = true,
        };
        var declare = new StudyOptions();
        var output = new Option<string>("--out", "-o")
        {
            Description = "The results file. Default: results.duckdb.",
            DefaultValueFactory = _ => "results.duckdb",
        };
        var save = new OutputOption(new Option<string?>("--save")
        {
            Description = "Also write the study to a file, from which it can be repeated with --from.",
            HelpName = "FILE",
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Run nothing: print prompts, tokens and expected time of every part." };
        var engine = new ModelOptions(several: true);
        var shard = Options.Shard();
        var endpoint = new EndpointOptions();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new CheckedCommand("study", """
            Repeat the published study on any models: whose opinions do their answers resemble, does naming a country move them to it,
            does the language, and how much of that is the order of options, the wording, or nothing. Runs every part and its controls,
            stores and prints what was found. An interrupted study goes on when called again.

            Examples:
              localopinions study --model SmolLM2-135M-Instruct.Q4_1 --survey global_opinions.csv --dry-run
              localopinions study --model a.gguf b.gguf --survey global_opinions.csv --out results.duckdb --save study.json
              localopinions study --from study.json --out results.duckdb
              localopinions study --from study.json --shard 3/16 --out shard-3.duckdb
              localopinions study --imported "their model" --survey global_opinions.csv --out results.duckdb
              localopinions study card results.duckdb
            """) { from, models };
        declare.AddTo(command);
        command.Add(output);
        save.AddTo(command);
        command.Add(dryRun);
        engine.AddTo(command);
        command.Add(shard);
        endpoint.AddTo(command, engine.All);
        command.Add(quiet);
        command.Add(json);
        command.Add(StudySlurmCommand.Create());
        command.Add(Card());
        command.Add(Schema());
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var declared = declare.Given(parsed) || parsed.GetResult(models) is not null;
            var study = parsed.GetValue(from) switch
            {
                { } when declared => throw new UsageException(
                    "--from takes the whole study from its file; leave the options that declare one out."),
                { } file => StudyFile.Read(file),
                null => Declared(declare.Read(parsed, parsed.GetValue(models) ?? [])),
            };
            if (save.IsNamed(parsed))
            {
                study = await DeclaredFiles.PinAsync(
                    study, parsed.GetRequiredValue(output), name => ModelOf(name, null), interruption.Token);
                var declaration = Encoding.UTF8.GetBytes(StudyFile.Write(study));
                save.ReadIfNamed(parsed, also: parsed.GetRequiredValue(output), declaration)!.Write(declaration);
            }
            var monitor = TerminalMonitor.Create(parsed.GetValue(quiet) || parsed.GetValue(json));
            if (parsed.GetValue(dryRun))
            {
                var estimate = await StudyEstimate.OfAsync(study, parsed.GetRequiredValue(output), name => ModelOf(name, null),
                    monitor.Warn, interruption.Token);
                Json.WriteOr(parsed.GetValue(json), estimate, StudyReport.Print);
                return ExitCodes.Done;
            }
            var machine = new StudyMachine(parsed.GetRequiredValue(output), ModelOf, monitor) { Shard = parsed.GetValue(shard) };
            var outcome = await new StudyJob(study, machine).ExecuteAsync(interruption.Token);
            Json.WriteOr(parsed.GetValue(json), outcome, StudyReport.Print);
            return outcome.Interrupted ? ExitCodes.Interrupted : ExitCodes.Done;

            IAskedModel ModelOf(string name, int? threads)
            {
                if (endpoint.Model(parsed, name) is { } served)
                    return served;
                var model = engine.Read(parsed, name);
                return model with { Threads = model.Threads ?? threads };
            }
        });
        return command;
    }

    // Declared by options: what cannot be done is a mistake of theirs and of no file.
    static StudyDeclaration Declared(StudyDeclaration study)
    {
        try
        {
            return StudyFile.Checked(study, "study");
        }
        catch (InputException e)
        {
            throw new UsageException(e.Message);
        }
    }

    static Command Card()
    {
        var file = Options.ResultsArgument();
        var id = Options.Whole("--study", "Which study of the file. Default: the last.");
        var output = new OutputOption(
            new Option<string?>("--out", "-o") { Description = "Where to write it. Default: standard output.", HelpName = "FILE" });
        var command = new Command("card", """
            Write one page (Markdown) about a study: what was asked and how, what was found, and every convention and caveat with its
            numbers.

            Example:
              localopinions study card results.duckdb -o card.md
            """) { file, id };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = output.ReadIfNamed(parsed);
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var card = StudyCard.Of(results, parsed.GetValue(id));
            if (target is not null)
                target.WritePage(card);
            else
                Console.Out.Write(card);
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Schema()
    {
        var command = new Command("schema", """
            Print the JSON Schema of study files.

            Example:
              localopinions study schema > study.schema.json
            """);
        command.SetAction(_ =>
        {
            Console.Out.Write(StudyFile.Schema());
            return ExitCodes.Done;
        });
        return command;
    }
}
