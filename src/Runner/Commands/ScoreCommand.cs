using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class ScoreCommand
{
    const int MostResamples = 1_000_000;

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var json = Options.Json();
        var resamples = Options.Whole("--resamples",
            "Replicates of the bootstrap behind intervals and comparisons; 0 leaves both out, which is what a file of very many models "
                + "wants. Default: 10,000.", MostResamples, least: 0);
        var fewest = Options.FewestQuestions();
        var measures = MeasuresOption.Create();
        var command = new Command("score", """
            Compare the stored answers of every run with every country's answers, and the runs with each other, anew. run does
            this at its end. Also brings a file of an earlier version up to date.

            Examples:
              localopinions score results.duckdb
              localopinions score results.duckdb --resamples 0
              localopinions score results.duckdb --fewest-questions 30
              localopinions score results.duckdb --measures total_variation wasserstein
            """) { file, resamples, fewest, measures, json };
        command.SetAction(parsed =>
        {
            using var results = ExistingFile.Open(parsed.GetRequiredValue(file));
            var chosen = parsed.GetRequiredValue(measures);
            var summary = results.Score(options: new()
            {
                Resamples = parsed.GetValue(resamples) ?? new ScoreOptions().Resamples,
                FewestQuestions = parsed.GetValue(fewest),
                Measures = chosen,
            });
            var scored = results.Runs().Select(r => new
            {
                r.RunId,
                r.Model,
                r.Survey,
                r.Condition,
                r.Answered,
                Pairs = summary.Pairs[r.RunId],
                Measures = summary.Measured[r.RunId],
            }).ToList();
            if (parsed.GetValue(json) && chosen.Length == 0)
                Json.Write(scored.Select(r => new { r.RunId, r.Model, r.Survey, r.Condition, r.Answered, r.Pairs }));
            else if (parsed.GetValue(json))
                Json.Write(scored);
            else if (scored.Count == 0)
                Console.Out.WriteLine("There is no run in this file yet: make one with localopinions run.");
            else
                scored.ForEach(r => Console.Out.WriteLine(Screen.Clean($"run {r.RunId}: {r.Model}, {r.Survey}, {r.Condition}: "
                    + $"{r.Answered:N0} answers against {r.Pairs:N0} country distributions"
                    + string.Concat(r.Measures.Select(m => $"; {m.Value:N0} values of {m.Key}")))));
            if (summary.SkippedComparisons > 0)
                Console.Error.WriteLine($"{summary.Comparisons:N0} pairs of runs were compared with each other; "
                    + $"{summary.SkippedComparisons:N0} more were left out, being too many.");
            return ExitCodes.Done;
        });
        return command;
    }
}
