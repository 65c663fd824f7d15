using System.CommandLine;
using LocalOpinions.Asking.Drafting;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class TranslateDraftCommand
{
    public static Command Create()
    {
        var survey = new Argument<string>("survey") { Description = SurveyArgument.Description };
        var model = Options.Model();
        var language = Options.Language("The language to translate into, a tag of BCP 47 such as tr or pt-BR.");
        language.Required = true;
        var output = new OutputOption(new Option<string?>("--out", "-o") { Description = "The CSV file to write.", Required = true });
        var limit = Options.Whole("--limit", "Draft only the survey's first N questions; the sheet holds all.");
        var engine = new ModelOptions(several: true);
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new CheckedCommand("draft", """
            Let a model draft the translations in a translator's sheet (CSV). A draft is a machine's until a person has checked it: the
            column draft marks it.

            Example:
              localopinions translate draft my-survey.yaml -m ./model.gguf --language tr -o sheet.csv
            """) { survey, model, language };
        output.AddTo(command);
        command.Add(limit);
        engine.AddTo(command);
        command.Add(quiet);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var (source, tag) = (parsed.GetRequiredValue(survey), parsed.GetRequiredValue(language)!);
            var sheet = output.Read(parsed);
            DraftJob.Require(source, tag);
            var outcome = await new DraftJob(new()
            {
                Model = engine.Read(parsed, parsed.GetRequiredValue(model)),
                Survey = source,
                Language = tag,
                Output = sheet,
                Limit = parsed.GetValue(limit),
                Monitor = TerminalMonitor.Create(parsed.GetValue(quiet) || parsed.GetValue(json)),
            }).ExecuteAsync(interruption.Token);
            Json.WriteOr(parsed.GetValue(json), outcome, o => Print(o, source));
            return ExitCodes.Done;
        });
        return command;
    }

    static void Print(DraftOutcome outcome, string survey)
    {
        Console.Out.WriteLine(Screen.Clean($"{outcome.File}: {outcome.Drafted:N0} of {outcome.Texts:N0} texts drafted in "
            + $"{outcome.Language} by {outcome.Model} ({outcome.Layout} layout)"));
        foreach (var empty in outcome.Empty)
            Console.Out.WriteLine(Screen.Clean($"  left empty: {empty.Texts:N0}, {empty.Reason} (first: {empty.First})"));
        if (outcome.Empty.Count > 0)
            Console.Out.WriteLine("Fill in what was left empty, or empty a question's other texts too to leave it out.");
        Console.Out.WriteLine("These are a machine's drafts. Have a person check each, or import them as what they are:");
        Console.Out.WriteLine(Screen.Clean(
            $"  localopinions translate import \"{outcome.File}\" \"{survey}\" --language {outcome.Language} --provenance machine "
                + $"--translator \"{outcome.Translator}\" -o \"{Path.ChangeExtension(outcome.File, "yaml")}\""));
    }
}
