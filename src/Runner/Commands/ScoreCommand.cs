using System.CommandLine;

namespace LocalOpinions.Runner.Commands;

static class ScoreCommand
{
    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var json = Options.Json();
        var command = new Command("score", """
            Compare the stored answers of every run with every country's answers, anew. run does this at its end.

            Example:
              localopinions score results.duckdb
            """) { file, json };
        command.SetAction(parsed =>
        {
            using var results = Options.OpenExisting(parsed.GetRequiredValue(file));
            var scored = results.Runs().Select(r => new { r.RunId, r.Model, r.Survey, r.Condition, r.Answered, Pairs = ScoreJob.Score(results, r.RunId) }).ToList();
            if (parsed.GetValue(json))
                Json.Write(scored);
            else if (scored.Count == 0)
                Console.Out.WriteLine("There is no run in this file yet: make one with localopinions run.");
            else
                scored.ForEach(r => Console.Out.WriteLine(Screen.Clean($"run {r.RunId}: {r.Model}, {r.Survey}, {r.Condition}: {r.Answered:N0} answers against {r.Pairs:N0} country distributions")));
            return ExitCodes.Done;
        });
        return command;
    }
}
