using System.CommandLine;
using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class YardsticksCommand
{
    const int CountriesShown = 15, MostRespondents = 1_000_000;

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var run = Options.Whole("--run", "A run, by number. Default: the last that is no control.");
        var respondents = Options.Whole("--respondents",
            $"People asked, where the survey does not say. Default: {Yardstick.DefaultRespondents:N0}.", MostRespondents, least: 2);
        var all = new Option<bool>("--all")
        {
            Description = $"Show all countries; without it the {CountriesShown} with the most questions.",
        };
        var json = Options.Json();
        var command = new Command("yardsticks", """
            What a run's similarity is worth: the same number, on the same questions, for a uniform answerer, one who is sure of the
            world's most frequent option, the average of the other countries, the nearest one, a second sample of the same people,
            and a model that knows exactly what they think.

            Examples:
              localopinions yardsticks results.duckdb
              localopinions yardsticks results.duckdb --run 2 --respondents 800 --all
            """) { file, run, respondents, all, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var chosen = RunChoice.One(results, parsed.GetValue(run));
            var found = Yardsticks.Of(
                results, chosen.SurveyId, chosen.RunId, parsed.GetValue(respondents) ?? Yardstick.DefaultRespondents);
            if (parsed.GetValue(json))
                Json.Write(new { run = chosen, yardsticks = found });
            else
                Print(chosen, found, parsed.GetValue(all));
            return ExitCodes.Done;
        });
        return command;
    }

    static void Print(ComparedRun run, IReadOnlyList<Yardstick> found, bool all)
    {
        Screen.Say($"run {run.RunId}: {run.Model}, {run.Asked}\n");
        string[] numbers = ["pairs", "uniform", "majority", "the\nrun", "world's\naverage", "nearest\ncountry", "second\nsample",
            "perfect\nmodel"];
        var table = new TextTable(["country", .. numbers.Select(name => new Column(name, ColumnKind.Number))]);
        var countries = found.Skip(1).OrderByDescending(c => c.N).ToList();
        foreach (var y in countries.Take(all ? int.MaxValue : CountriesShown).Prepend(found[0]))
            table.Add(y.Country ?? "all", $"{y.N:N0}", $"{y.Uniform:F3}", $"{y.Majority:F3}", $"{y.Model:F3}", $"{y.World:F3}",
                double.IsNaN(y.Nearest) ? "" : $"{y.Nearest:F3}",
                $"{y.SecondSample:F3}", $"{y.Perfect:F3}");
        table.Write();
        if (!all && countries.Count > CountriesShown)
            Console.Out.WriteLine($"({countries.Count - CountriesShown} more: --all)");
        Screen.Say("Mean 1 - sqrt(JSD in bits) over the pairs of question and national sample that the run answered and that "
            + "another country was asked too. majority: sure of what the other countries choose most; nearest country: on the questions in "
            + "common with it; second sample, perfect model: "
            + $"what sampling alone leaves{Assumed(found[0])}.");
    }

    static string Assumed(Yardstick all) =>
        all.Assumed == 0 ? "" : $", for {all.Assumed:N0} of them with a number of respondents that the survey does not say";
}
