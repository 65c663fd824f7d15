using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Analysis.References;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class ControlsCommand
{
    const int DefaultOracles = 3;

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var oracle = new Option<string[]>("--oracle")
        {
            Description =
                $"Countries, by their survey label, whose answers an oracle copies. Default: the {DefaultOracles} with the most questions.",
            HelpName = "COUNTRY...",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = Options.Json();
        var command = new Command("controls", """
            Score answerers whose results are known beforehand, by the same code as models: one who finds every option equally
            likely, and oracles, who answer what one country's people answered. An oracle's similarity to its country must be exactly 1.

            Examples:
              localopinions controls results.duckdb
              localopinions controls results.duckdb --oracle Germany "S. Korea"
            """) { file, oracle, json };
        command.SetAction(parsed =>
        {
            using var results = ExistingFile.Open(parsed.GetRequiredValue(file));
            var outcomes = Surveys(results).SelectMany(s =>
                Chosen(results, s, parsed.GetValue(oracle) ?? []).Select(a => ReferenceRun.Execute(results, s.SurveyId, a))).ToList();
            Json.WriteOr(parsed.GetValue(json), outcomes, Print);
            return outcomes.TrueForAll(o => o.AsTheorySays)
                ? ExitCodes.Done
                : throw new InvalidOperationException(
                    "a control does not come out as theory says, so no number of this file can be trusted");
        });
        return command;
    }

    static IReadOnlyList<StoredSurvey> Surveys(ResultsFile results) =>
        results.Read<StoredSurvey>("SELECT survey_id, name FROM surveys ORDER BY survey_id");

    static IEnumerable<ReferenceAnswerer> Chosen(ResultsFile results, StoredSurvey survey, string[] oracles)
    {
        var countries = ReferenceRun.Countries(results, survey.SurveyId);
        if (oracles.FirstOrDefault(o => !countries.Contains(o)) is { } unknown)
            throw new UsageException(
                $"{survey.Name} holds no answers of a country labelled \"{unknown}\". Its labels are: {string.Join(", ", countries)}.");
        var copied = oracles.Length > 0 ? oracles.Distinct() : countries.Take(DefaultOracles);
        return [ReferenceAnswerer.Uniform, .. copied.Select(c => new ReferenceAnswerer(c))];
    }

    static void Print(List<ReferenceOutcome> outcomes)
    {
        if (outcomes.Count == 0)
        {
            Screen.Say("There is no survey in this file yet: ask one with localopinions run.");
            return;
        }
        var table = new TextTable(new("run", ColumnKind.Number), "answerer", new("questions", ColumnKind.Number),
            new("pairs", ColumnKind.Number), new("as\ntheory\nsays"), new("similarity to\nits country", ColumnKind.Number),
            new("rank", ColumnKind.Number), new("largest\nerror", ColumnKind.Number));
        foreach (var o in outcomes)
        {
            table.Add($"{o.RunId}", o.Answerer, $"{o.N:N0}", $"{o.Pairs:N0}", o.AsTheorySays ? "yes" : "NO",
                o.OwnSimilarityBits is { } own ? $"{own:R}" : "-", o.OwnRank is { } rank ? $"{rank}" : "-", $"{o.LargestError:R}");
        }
        table.Write();
        Screen.Say("largest error: of the stored divergences, for uniform against the survey's own uniform line, for an oracle "
            + "against 0 for its country.");
    }

    sealed record StoredSurvey(int SurveyId, string Name);
}
