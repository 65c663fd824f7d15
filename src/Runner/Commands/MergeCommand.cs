using System.CommandLine;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Running;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;
using LocalOpinions.Store.Merging;

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
            var monitor = TerminalMonitor.Create(parsed.GetValue(quiet) || parsed.GetValue(json));
            var sources = parsed.GetRequiredValue(files);
            Require(sources, parsed.GetRequiredValue(output));
            var merged = ResultsFile.Fill(parsed.GetRequiredValue(output), results => Merge(results, sources, monitor));
            if (parsed.GetValue(json))
                Json.Write(merged);
            else
                merged.ToList().ForEach(m => Console.Out.WriteLine(
                    Screen.Clean($"{m.Path}: {m.Runs:N0} runs, {m.NewRuns:N0} of them new; {m.NewAnswers:N0} new answers")));
            return ExitCodes.Done;
        });
        return command;
    }

    static IReadOnlyList<MergedFile> Merge(ResultsFile results, string[] sources, IWorkMonitor monitor)
    {
        // A run that gains answers loses its scores: which measures there were is asked before.
        Measure[] measures = [.. sources.SelectMany(MeasuresOf).Concat(StoredMeasures.Of(results)).Distinct()];
        var progress = new WorkProgress("files read");
        // Once for what contradicts, once for what comes along.
        progress.Expect(2 * sources.Length);
        progress.Start();
        var merging = Task.Run(() => results.Merge(sources, () => progress.Add(1, 0)));
        monitor.WatchAsync(progress, merging).GetAwaiter().GetResult();
        var merged = merging.GetAwaiter().GetResult();
        if (merged.Any(m => m.HasChanged) || IsUnscored(results))
            results.Score(options: new() { Measures = measures });
        return merged;
    }

    // As where an earlier merge was killed before it scored.
    static bool IsUnscored(ResultsFile results)
    {
        using var query = results.Query("SELECT 1 FROM runs WHERE run_id IN (SELECT run_id FROM answers) "
            + "AND run_id NOT IN (SELECT run_id FROM similarities) LIMIT 1");
        return query.Rows.Any();
    }

    static IReadOnlyList<Measure> MeasuresOf(string path)
    {
        using var source = ResultsFile.OpenReadOnly(path);
        return StoredMeasures.Of(source);
    }

    static void Require(string[] sources, string output)
    {
        var target = Path.GetFullPath(output);
        if (sources.FirstOrDefault(s => Path.GetFullPath(s) == target) is { } itself)
            throw new UsageException($"{itself} cannot be merged into itself. Name the other files, and {output} with --out alone.");
        if (sources.Select(Path.GetFullPath).GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            throw new UsageException($"{twice} is named twice. Name it once.");
        // Nothing is made for files that are not there.
        if (sources.FirstOrDefault(s => !File.Exists(s)) is { } absent)
            throw new FileNotFoundException($"No results file {absent}. Check the path.");
    }
}
