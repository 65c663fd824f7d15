using System.CommandLine;
using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class MeasuresCommand
{
    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var run = Options.Whole("--run", "A run, by number. Default: the last that is no control.");
        var against = Options.Whole("--against",
            "Another run of the same survey: by how much the run is nearer to people than that one, as a tuned model than its base.");
        var measure = MeasuresOption.One();
        var json = Options.Json();
        var command = new Command("measures", """
            What studies that followed report of a run: nearness by every stored measure, evenness over countries and refusals
            (SynthBench), the score by how much people agree (SimBench), steerability and consistency (OpinionQA), how alike models
            answer, a tuned model against its base, and what a model writes beside its probabilities. 'score --measures all' stores the measures beside the similarity.

            Examples:
              localopinions measures results.duckdb
              localopinions measures results.duckdb --run 2 --against 1 --measure total_variation
            """) { file, run, against, measure, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var chosen = RunChoice.One(results, parsed.GetValue(run));
            var other = parsed.GetValue(against) is { } wanted ? RunChoice.One(results, wanted) : null;
            if (other is not null && (other.RunId == chosen.RunId || other.SurveyId != chosen.SurveyId))
                throw new UsageException(other.RunId == chosen.RunId ? $"--against names run {other.RunId} itself; name another run."
                    : $"Runs {chosen.RunId} and {other.RunId} are of different surveys: they cannot be held against each other.");
            var found = MeasuredRun.Of(results, chosen.RunId);
            var name = parsed.GetValue(measure)!;
            if (found.Measures.All(m => m.Measure != name))
                throw new UsageException($"{name} is not stored of run {chosen.RunId}. 'localopinions score {results.FullPath} "
                    + $"--measures {name}' stores it.");
            var differences = other is null ? [] : MeasuredRun.Against(results, chosen.RunId, other.RunId);
            if (parsed.GetValue(json))
                Json.Write(new { run = chosen, measured = found, against = other, differences });
            else
                MeasuresTables.Print(chosen, found, other, differences, name);
            return ExitCodes.Done;
        });
        return command;
    }
}
