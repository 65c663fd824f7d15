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
        var people = new Option<string?>("--country")
        {
            Description = "The people, by the survey's label, whose similarity's variance is parted among questions, wordings and orders. "
                + "Default: the mean over national samples.",
            HelpName = "LABEL",
            CustomParser = result =>
            {
                var label = result.Tokens[^1].Value;
                if (string.IsNullOrWhiteSpace(label))
                    result.AddError("--country takes a label, not nothing.");
                return label;
            },
        };
        var json = Options.Json();
        var command = new Command("measures", """
            What studies that followed report of a run: nearness by every stored measure, evenness over countries and refusals
            (SynthBench), the score by how much people agree (SimBench), steerability and consistency (OpinionQA), how alike models
            answer, a tuned model against its base, and what a model writes beside its probabilities; and where a run has several orders
            or others ask the same in other wordings, how much of the similarity's variance is between questions, wordings and orders.
            'score --measures all' stores the measures beside the similarity.

            Examples:
              localopinions measures results.duckdb
              localopinions measures results.duckdb --run 2 --against 1 --measure total_variation
              localopinions measures results.duckdb --country Brazil
            """) { file, run, against, measure, people, json };
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
            var variance = WordingVariance.Of(results, chosen.RunId, parsed.GetValue(people));
            if (parsed.GetValue(json))
                Json.Write(new { run = chosen, measured = found, against = other, differences, variance });
            else
            {
                MeasuresTables.Print(chosen, found, other, differences, name);
                if (variance is not null)
                    VarianceTable.Print(variance);
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
