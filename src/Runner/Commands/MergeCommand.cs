using System.CommandLine;
using LocalOpinions.Asking.Merging;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class MergeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Results files, for example of several machines; they are only read.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out", "-o")
        {
            Description = "The results file that takes them all in; made if absent, added to if there.",
            Required = true,
        };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new Command("merge", """
            Bring results files together: models, surveys, runs and answers that are the same are stored once.
            In whatever order and however often: the result is the same. Files that contradict each other are refused.

            Example:
              localopinions merge monday.duckdb tuesday.duckdb --out all.duckdb
            """) { files, output, quiet, json };
        command.SetAction(parsed =>
        {
            var job = new MergeJob(parsed.GetRequiredValue(files), parsed.GetRequiredValue(output));
            if (job.Contradiction() is { } why)
                throw new UsageException(why);
            var merged = job.Execute(TerminalMonitor.Create(parsed.GetValue(quiet) || parsed.GetValue(json)));
            if (parsed.GetValue(json))
                Json.Write(merged);
            else
                merged.ToList().ForEach(m => Console.Out.WriteLine(
                    Screen.Clean($"{m.Path}: {m.Runs:N0} runs, {m.NewRuns:N0} of them new; {m.NewAnswers:N0} new answers")));
            return ExitCodes.Done;
        });
        return command;
    }
}
