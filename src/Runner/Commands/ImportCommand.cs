using System.CommandLine;
using LocalOpinions.Asking.Importing;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class ImportCommand
{
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
        var json = Options.Json();
        var command = new Command("import", """
            Store and score option probabilities that another program measured, so that they stand beside one's own.

            Example:
              localopinions import published.csv --survey global_opinions.csv --out results.duckdb
            """) { file, survey, output, json };
        command.SetAction(parsed =>
        {
            var runs = new ImportJob(parsed.GetRequiredValue(file), parsed.GetRequiredValue(survey), parsed.GetRequiredValue(output))
                .Execute();
            if (parsed.GetValue(json))
            {
                Json.Write(runs);
                return ExitCodes.Done;
            }
            foreach (var run in runs)
            {
                var way = run.PromptedCountry is null ? run.Condition : $"{run.Condition}, {run.PromptedCountry}";
                Console.Out.WriteLine(Screen.Clean($"run {run.RunId}: {run.Model}, {way}: {run.Answers:N0} answers, "
                    + $"{(run.NewAnswers == run.Answers ? "all" : $"{run.NewAnswers:N0}")} of them new"));
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
