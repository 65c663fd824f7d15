using System.CommandLine;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class StudyCommand
{
    public static Command Create()
    {
        var from = new Option<string?>("--from") { Description = "A study file (JSON) to run, instead of the options that declare one.", HelpName = "FILE" };
        var models = new Option<string[]>("--model", "-m") { Description = "GGUF files, or names of models.", HelpName = "MODEL...", AllowMultipleArgumentsPerToken = true };
        var declare = new StudyOptions();
        var output = new Option<string>("--out", "-o") { Description = "The results file. Default: results.duckdb.", DefaultValueFactory = _ => "results.duckdb" };
        var save = new Option<string?>("--save") { Description = "Also write the study to a file, from which it can be repeated with --from.", HelpName = "FILE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Run nothing: print prompts, tokens and expected time of every part." };
        var device = DeviceChoice.Option();
        var threads = Options.Threads();
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new Command("study", """
            Repeat the published study on any models: whose opinions do their answers resemble, does naming a country move them to it,
            does the language, and how much of that is the order of options, the wording, or nothing. Runs every part and its controls, stores and prints what
            was found. An interrupted study goes on when called again.

            Examples:
              localopinions study --model SmolLM2-135M-Instruct.Q4_1 --survey global_opinions.csv --dry-run
              localopinions study --model a.gguf b.gguf --survey global_opinions.csv --out results.duckdb --save study.json
              localopinions study --from study.json --out results.duckdb
              localopinions study card results.duckdb
            """) { from, models };
        declare.AddTo(command);
        foreach (var option in new Option[] { output, save, dryRun, device, threads, quiet, json })
            command.Add(option);
        command.Add(Card());
        command.Add(Schema());
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var declared = declare.Given(parsed) || parsed.GetResult(models) is not null;
            var study = parsed.GetValue(from) switch
            {
                { } when declared => throw new UsageException("--from takes the whole study from its file; leave the options that declare one out."),
                { } file => StudyFile.Read(file),
                null => StudyFile.Checked(declare.Read(parsed, parsed.GetValue(models) ?? []), "study"),
            };
            if (parsed.GetValue(save) is { } target)
                await File.WriteAllTextAsync(target, StudyFile.Write(study), interruption.Token);
            if (parsed.GetValue(dryRun))
                return Estimate(study, parsed.GetRequiredValue(device), parsed.GetValue(threads), parsed.GetValue(json), interruption.Token);
            var outcome = await new StudyJob(study, new(parsed.GetRequiredValue(output), parsed.GetRequiredValue(device), parsed.GetValue(threads), parsed.GetValue(quiet) || parsed.GetValue(json))).ExecuteAsync(interruption.Token);
            Json.WriteOr(parsed.GetValue(json), outcome, StudyReport.Print);
            return outcome.Interrupted ? ExitCodes.Interrupted : ExitCodes.Done;
        });
        return command;
    }

    static int Estimate(StudyDeclaration study, DeviceChoice device, int? threads, bool json, CancellationToken cancellation)
    {
        var estimate = StudyEstimate.Of(study, device, threads, cancellation);
        if (json)
            Json.Write(estimate);
        else
            StudyReport.Print(estimate);
        return ExitCodes.Done;
    }

    static Command Card()
    {
        var file = Options.ResultsArgument();
        var id = new Option<int?>("--study") { Description = "Which study of the file. Default: the last.", HelpName = "N", CustomParser = result => Options.Within(result, int.MaxValue) };
        var output = new Option<string?>("--out", "-o") { Description = "Where to write it. Default: standard output.", HelpName = "FILE" };
        var command = new Command("card", """
            Write one page (Markdown) about a study: what was asked and how, what was found, and every convention and caveat with its numbers.

            Example:
              localopinions study card results.duckdb -o card.md
            """) { file, id, output };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var card = StudyCard.Of(results, parsed.GetValue(id));
            if (parsed.GetValue(output) is { } path)
                File.WriteAllText(path, card);
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
