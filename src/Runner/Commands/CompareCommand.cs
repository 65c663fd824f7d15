using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Commands;

static class CompareCommand
{
    const int CountriesShown = 15;

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var runs = Options.WholeNumbers("--run", "Runs to compare, by number; differences are against the first. "
            + "Default: all of the file's last survey that are no controls.", "N...");
        var all = new Option<bool>("--all")
        {
            Description = $"Show all countries; without it the {CountriesShown} with the most questions.",
        };
        var countries = new Option<string[]>("--country")
        {
            Description = "Compare countries as one run has them (--run, else the last that is no control): two or more with each other, "
                + "one with all others; each pair on the questions that both were asked.",
            HelpName = "NAME...",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = Options.Json();
        var command = new Command("compare", """
            Put runs side by side on the questions that all of them answered: own runs, and answers imported from other tools. Each
            similarity stands in all three conventions that go by this name, with the paired difference and its interval.

            Examples:
              localopinions compare results.duckdb
              localopinions compare results.duckdb --run 1 4 --all
              localopinions compare results.duckdb --run 1 --country Germany Brazil Japan
            """) { file, runs, countries, all, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            if (parsed.GetValue(countries) is { Length: > 0 } named)
            {
                var run = RunChoice.One(results, Single(parsed.GetValue(runs) ?? []));
                if (CountryComparison.Unknown(results, run, named) is { } unknown)
                    throw new UsageException($"The survey has no national sample of {unknown}; 'localopinions sql {results.FullPath} "
                        + "\"select distinct country from country_similarity\"' lists what it has.");
                var contrasts = CountryComparison.Of(results, run, named);
                Json.WriteOr(parsed.GetValue(json), contrasts, c => CountryTable.Print(c, parsed.GetValue(all)));
                return ExitCodes.Done;
            }
            var comparison = RunComparison.Of(results, Chosen(results, parsed.GetValue(runs) ?? []));
            if (parsed.GetValue(json))
                Json.Write(comparison);
            else
                Print(comparison, parsed.GetValue(all));
            return ExitCodes.Done;
        });
        return command;
    }

    static int? Single(int[] wanted) => wanted.Length <= 1 ? wanted.Cast<int?>().FirstOrDefault()
        : throw new UsageException("--country compares countries as one run has them: name one with --run.");

    static List<ComparedRun> Chosen(ResultsFile results, int[] wanted)
    {
        var known = RunChoice.Known(results, wanted);
        List<ComparedRun> chosen = wanted.Length > 0
            ? [.. wanted.Distinct().Select(w => known.First(r => r.RunId == w))]
            : [.. known.Where(r => r.SurveyId == known[^1].SurveyId && !r.IsControl)];
        if (chosen.Count < 2)
            throw wanted.Length > 0 ? new UsageException("--run takes two runs or more, of one survey.")
                : new InputException($"There is nothing to compare in {results.FullPath}: it takes two runs of one survey.");
        return chosen.Select(r => r.SurveyId).Distinct().Count() == 1
            ? chosen
            : throw new UsageException($"Runs {string.Join(", ", chosen.Select(r => r.RunId))} are of different surveys: similarities to "
                + $"people who were asked other questions cannot be compared.");
    }

    static void Print(RunComparison comparison, bool all)
    {
        foreach (var run in comparison.Runs)
            Screen.Say($"run {run.RunId}: {run.Model}, {run.Asked}{(run.Origin == "import" ? " (imported)" : "")}");
        Screen.Say($"\n{comparison.Questions:N0} questions that all of them answered\n");
        var countries = comparison.Countries.GroupBy(c => c.Country).OrderByDescending(c => c.First().N).ToList();
        string[] numbers = ["n", "run", "1 - sqrt(JSD)\nbits", "\nnats", "1 - JSD\nbits", "difference\nin bits", "95 %"];
        var table = new TextTable(["country", .. numbers.Select(name => new Column(name, ColumnKind.Number)), "nearer than\nthe first"]);
        foreach (var s in countries.Take(all ? int.MaxValue : CountriesShown).SelectMany(c => c))
        {
            table.Add(s.Country, $"{s.N:N0}", $"{s.RunId}", $"{s.Bits:F3}", $"{s.Nats:F3}", $"{s.Divergence:F3}",
                double.IsNaN(s.Difference) ? "" : FindingText.Signed(s.Difference),
                FindingText.Interval(s.Low, s.High), s.Verdict ?? "");
        }
        table.Write();
        if (!all && countries.Count > CountriesShown)
            Console.Out.WriteLine($"({countries.Count - CountriesShown} more: --all)");
        Screen.Say("One and the same answers give all three numbers: compare published figures with the column of their "
            + "convention. Intervals and verdicts as in study.");
    }
}
