using System.CommandLine;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Checks;
using Spectre.Console;

namespace LocalOpinions.Runner.Commands;

static class SurveysCommand
{
    const int RowsShown = 12;

    public static Command Create()
    {
        var survey = new Argument<string?>("survey")
        {
            Description = SurveyArgument.Description + " Without it: sample.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var part = new PartOptions();
        var json = Options.Json();
        var command = new Command("surveys", """
            Read a survey and say what is in it: questions, sources, countries, options, and every oddity with its rows.

            Examples:
              localopinions surveys global_opinions.csv
              localopinions surveys sample --json
              localopinions surveys global_opinions.csv --part held-out --split country:0.25:1
              localopinions surveys new my-survey.yaml
              localopinions surveys convert human_resp/American_Trends_Panel_W27 -o wave-27.yaml
              localopinions surveys schema > survey.schema.json
            """) { survey, json, SurveyFileCommands.New(), SurveyFileCommands.Convert(), SurveyFileCommands.Schema() };
        part.AddTo(command);
        command.SetAction(parsed =>
        {
            var whole = SurveySource.Load(parsed.GetValue(survey) ?? SurveySource.Sample);
            var loaded = part.Read(parsed) is { } wanted ? wanted.Of(whole) : whole;
            if (parsed.GetValue(json))
                Json.Write(new { loaded.Name, loaded.Sha256, loaded.Notice, Summary = SurveySummary.Of(loaded), loaded.Oddities });
            else
                Print(loaded);
            return ExitCodes.Done;
        });
        return command;
    }

    static void Print(Survey survey)
    {
        var summary = SurveySummary.Of(survey);
        Console.Out.WriteLine(Screen.Clean($"{survey.Name} (SHA-256 {survey.Sha256})"));
        if (survey.Notice is { } notice)
            Console.Out.WriteLine(Screen.Clean(notice));
        Console.Out.WriteLine($"{summary.Questions:N0} questions, {summary.Countries.Count:N0} countries or groups, {summary.Pairs:N0} "
            + $"pairs of question and country ({summary.UsablePairs:N0} with data)\n");
        PrintCounts("source", summary.Sources.Select(c => (c.Key, c.Value)));
        PrintCounts("number of options", summary.OptionCounts.Select(c => (c.Key.ToString(), c.Value)));
        PrintCounts("kind of options", survey.Questions.Select(Kind).CountBy(k => k).OrderByDescending(k => k.Value)
            .Select(k => (k.Key, k.Value)));
        PrintCounts("country", summary.Countries.Select(c => (c.Key, c.Value)));
        if (survey.Oddities.Count == 0)
        {
            Console.Out.WriteLine("No oddities.");
            return;
        }
        var table = new TextTable(
            new("oddity", ColumnKind.Prose), new("count", ColumnKind.Number), new("rows (0-based)", ColumnKind.Prose));
        foreach (var oddity in survey.Oddities)
            table.Add(oddity.Description, $"{oddity.Count:N0}", Rows(oddity.Rows));
        table.Write();
        Console.Out.WriteLine("All rows of every oddity: --json.");
    }

    static string Kind(Question question) => question.Kinds.Contains(OptionKind.Ordered) ? "ordered"
        : question.Kinds.Contains(OptionKind.Nominal) ? "nominal" : "order not known";

    static void PrintCounts(string name, IEnumerable<(string Name, int Count)> counts)
    {
        Console.Out.WriteLine($"questions by {name}:");
        Screen.Out.Write(new Padder(new Text(Screen.Clean(string.Join(", ", counts.Select(c => $"{c.Name}: {c.Count:N0}")))),
            new Padding(2, 0, 0, 1)));
    }

    static string Rows(IReadOnlyList<int> rows) => string.Join(", ", rows.Take(RowsShown))
        + (rows.Count > RowsShown ? $", … ({rows.Count:N0} rows)" : "");
}
