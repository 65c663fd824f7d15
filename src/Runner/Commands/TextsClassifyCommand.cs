using System.CommandLine;
using LocalOpinions.Asking.Classifying;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Commands;

static class TextsClassifyCommand
{
    const string Plain = "plain", Chat = "chat";

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var model = new Option<string>("--with")
        {
            Description = "The model that classifies: a GGUF file, or the name of one in models/ or in the folders of "
                + "LOCALOPINIONS_MODELS.",
            HelpName = "MODEL",
            Required = true,
        };
        var run = Options.Whole("--run", "A run with --reading written, by number. Default: the last.");
        var sheets = new Option<string[]>("--sheet")
        {
            Description = "Coded sheets to hold the classes against, as texts sheet writes them; their codes are the words of an option, "
                + "or none, several or refusal.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var layout = new Option<string?>("--layout")
        {
            Description = "How the turns are laid out. Default: chat where the model has a chat template of its own, else plain.",
        };
        layout.AcceptOnlyFromAmong(Plain, Chat);
        var date = Options.Date();
        var engine = new ModelOptions(several: true);
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new CheckedCommand("classify", """
            Ask a second model which option each text of a run with --reading written gives, by label probabilities, store its classes
            beside the rule's reading (text_classes), and say how far it agrees with the rule and with coded sheets. What has a class
            from this model is not asked again.

            Example:
              localopinions texts classify results.duckdb --with ./model.gguf
            """) { file, model, run, sheets, layout, date };
        engine.AddTo(command);
        command.Add(quiet);
        command.Add(json);
        command.Check(parsed => parsed.GetValue(date) is not null && parsed.GetValue(layout) == Plain
            ? ["--date is told to a model's chat template; leave out --layout plain, or --date."] : []);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var asked = engine.Read(parsed, parsed.GetRequiredValue(model));
            var outcome = await new ClassifyJob(new()
            {
                Model = asked,
                Results = parsed.GetRequiredValue(file),
                RunId = parsed.GetValue(run),
                Layout = (parsed.GetValue(layout) ?? OwnLayout(asked.File)) == Chat ? TurnLayout.Chat : TurnLayout.Plain,
                Date = parsed.GetValue(date),
                Sheets = parsed.GetValue(sheets) ?? [],
                Monitor = TerminalMonitor.Create(parsed.GetValue(quiet) || parsed.GetValue(json)),
            }).ExecuteAsync(interruption.Token);
            Json.WriteOr(parsed.GetValue(json), outcome, Print);
            return ExitCodes.Done;
        });
        return command;
    }

    static string OwnLayout(ModelFile model) => ModelHeader.Read(model).ChatTemplate is { Length: > 0 } ? Chat : Plain;

    static void Print(ClassifyOutcome outcome)
    {
        Screen.Say($"Run {outcome.RunId}: {outcome.Classified:N0} of {outcome.Texts:N0} texts classified by {outcome.Classifier.Name} "
            + $"({outcome.Classifier.Wording}); {outcome.AlreadyClassified:N0} had a class already.");
        foreach (var left in outcome.Unclassified)
            Screen.Say($"without a class: {left.Texts:N0}, {left.Reason}", "  ");
        if (outcome.Agreement.Count == 0)
            return;
        string[] numbers = ["texts", "questions", "alike", "kappa", "95 %"];
        var table = new TextTable(["reader", "and", .. numbers.Select(name => new Column(name, ColumnKind.Number))]);
        foreach (var a in outcome.Agreement)
        {
            table.Add(a.First, a.Second, $"{a.Texts:N0}", $"{a.Questions:N0}", $"{a.Agreement:P1}",
                double.IsNaN(a.Kappa) ? "" : $"{a.Kappa:F3}", FindingText.Interval(a.Low, a.High));
        }
        table.Write();
        Screen.Say("alike: the share of texts that both say give the same option, or none or several. kappa: Cohen's, beyond chance, "
            + "with an interval over questions. That two readers agree does not say that either is right.");
    }
}
