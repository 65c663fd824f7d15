using System.CommandLine;
using LocalOpinions.Asking.Importing;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class ImportCommand
{
    const int SetAsideShown = 10;

    public static Command Create()
    {
        var file = new Argument<string>("csv")
        {
            Description = "Option probabilities: a CSV file with one row per answer and option (docs/in-and-out.md).",
        };
        var survey = new Option<string>("--survey", "-s") { Description = SurveyArgument.Description, Required = true };
        var output = new Option<string>("--out", "-o")
        {
            Description = "The results file (DuckDB); made if absent, added to if there.",
            DefaultValueFactory = _ => "results.duckdb",
        };
        var policy = new PolicyOptions();
        var json = Options.Json();
        var command = new Command("import", """
            Store and score option probabilities that another program measured, so that they stand beside one's own.

            Example:
              localopinions import published.csv --survey global_opinions.csv --out results.duckdb
            """) { file, survey, output };
        policy.AddTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var outcome = new ImportJob(path, parsed.GetRequiredValue(survey), policy.Read(parsed), parsed.GetRequiredValue(output))
                .Execute();
            if (parsed.GetValue(json))
                Json.Write(outcome);
            else
                Print(path, outcome);
            return ExitCodes.Done;
        });
        return command;
    }

    static void Print(string path, ImportOutcome outcome)
    {
        foreach (var run in outcome.Runs)
        {
            var way = run.PromptedCountry is null ? run.Condition : $"{run.Condition}, {run.PromptedCountry}";
            Console.Out.WriteLine(Screen.Clean($"run {run.RunId}: {run.Model}, {way}: {run.Answers:N0} answers, "
                + $"{(run.NewAnswers == run.Answers ? "all" : $"{run.NewAnswers:N0}")} of them new"));
        }
        if (outcome.SetAside.Count == 0)
            return;
        Console.Out.WriteLine($"{outcome.SetAside.Count:N0} answers lack options or orders and were set aside:");
        foreach (var answer in outcome.SetAside.Take(SetAsideShown))
            Console.Out.WriteLine(Screen.Clean($"  {path}, line {answer.Line}: {answer.Model}, question {answer.SourceRow} lacks "
                + answer.Describe()));
        if (outcome.SetAside.Count > SetAsideShown)
            Console.Out.WriteLine($"  and {outcome.SetAside.Count - SetAsideShown:N0} more (--json lists all)");
    }
}
