using System.CommandLine;
using LocalOpinions.Analysis.Scores;
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
        var json = Options.Json();
        var command = new Command("merge", """
            Bring results files together: models, surveys, runs and answers that are the same are stored once.
            In whatever order and however often: the result is the same. Files that contradict each other are refused.

            Example:
              localopinions merge monday.duckdb tuesday.duckdb --out all.duckdb
            """) { files, output, json };
        command.SetAction(parsed =>
        {
            var sources = parsed.GetRequiredValue(files);
            Require(sources, parsed.GetRequiredValue(output));
            var merged = ResultsFile.Fill(parsed.GetRequiredValue(output), results => Merge(results, sources));
            if (parsed.GetValue(json))
                Json.Write(merged);
            else
                merged.ToList().ForEach(m => Console.Out.WriteLine(
                    Screen.Clean($"{m.Path}: {m.Runs:N0} runs, {m.NewRuns:N0} of them new; {m.NewAnswers:N0} new answers")));
            return ExitCodes.Done;
        });
        return command;
    }

    static IReadOnlyList<MergedFile> Merge(ResultsFile results, string[] sources)
    {
        // A run that gains answers loses its scores: which measures there were is asked before.
        Measure[] measures = [.. sources.SelectMany(MeasuresOf).Concat(StoredMeasures.Of(results)).Distinct()];
        var merged = results.Merge(sources);
        if (merged.Any(m => m.HasChanged))
            results.Score(options: new() { Measures = measures });
        return merged;
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
