using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Store;

// Asks a model the first questions of the embedded survey in the study's own way, stores its answers and scores them.
var job = new RunJob(new()
{
    Model = new GgufModel(ModelFile.Find(args[0], [])),
    Job = new AskingJob { Survey = "sample", Design = DesignChoice.Default, Limit = 5 },
    Output = "results.duckdb",
});
var outcome = await job.ExecuteAsync(CancellationToken.None);
Console.WriteLine($"{outcome.Model}: {outcome.Answered} prompts answered");

// Whose answers are most like the model's? 1 is the same, 0 has nothing in common.
using var results = ResultsFile.OpenReadOnly(outcome.File);
foreach (var country in CountryRanking.Of(results, outcome.Runs[0].RunId).Take(10))
    Console.WriteLine($"{country.SimilarityBits:F4} {country.Country} ({country.N} questions)");
