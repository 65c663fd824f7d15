using LocalOpinions.Engine;

namespace LocalOpinions.Runner;

/// <summary>How far one way of computing the same prompts is from another.</summary>
/// <param name="LargestCountryDifference">Of a ranked country's mean similarity over the sample.</param>
/// <param name="Swaps">Pairs of ranked countries that stand in the other order.</param>
/// <param name="SameOrder">Whether every run ranks the countries alike.</param>
sealed record WayComparison(
    string Way, string Against, string PlanSha256, double MeanProbability, double LargestProbability, double MeanLogProbability, double LargestLogProbability,
    double MeanSimilarity, double LargestSimilarity, double LargestCountryDifference, long Swaps, long Pairs, bool SameOrder);

/// <summary>What <c>verify</c> found.</summary>
/// <param name="CloserThanNoise">Pairs of ranked countries, in the exact computation, that lie closer together than the arithmetic moves a country.</param>
sealed record VerifyOutcome(
    string Model, string Survey, string Asking, string EngineBuild, string Device, int Threads, int Questions, int Prompts, int RankedCountries, int QuestionsPerRankedCountry,
    IReadOnlyList<WayComparison> Comparisons, IReadOnlyList<string> CloserThanNoise, bool Repeats);

/// <summary>Scores a seeded sample of questions exactly, as a run does it, and under another plan, and compares numbers and conclusions.</summary>
sealed class VerifyJob(string modelName, string surveyName, int size, int seed, DeviceChoice device, int threads, Asking way)
{
    const int FewestQuestionsPerCountry = 10;

    public VerifyOutcome Execute(CancellationToken cancellation)
    {
        var survey = SurveySource.Load(surveyName);
        var asking = way.For(survey, surveyName);
        var file = ModelChoice.Find(modelName);
        var runtime = EngineRuntime.Start(device.Kind);
        using var model = Model.Load(runtime, file, ModelHeader.Read(file), new(device.Index));
        var questions = NoiseFloorJob.PickSome(survey.Questions, size, new Random(seed));
        var batch = PromptBatch.Prepare(model, asking, questions, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            throw new EngineException(EngineError.Prompt, $"{survey.Name}: none of the {questions.Count} questions sampled can be asked of this model: {batch.Unasked[0].Reason}");

        var shape = PlanShape.For(model);
        var exact = Compute("exact", DecodePlan.OneByOne(batch.Prompts), precise: true);
        var run = Compute("as a run", DecodePlan.Packed(batch.Prompts, shape), precise: false);
        var other = Compute("another plan", DecodePlan.Packed(batch.Prompts, shape with { DecodeTokens = shape.DecodeTokens / 2, Height = 0 }), precise: false);
        var again = Compute("as a run", DecodePlan.Packed(batch.Prompts, shape), precise: false);

        var counts = questions.SelectMany(q => q.Humans).GroupBy(h => h.Country).ToDictionary(g => g.Key, g => g.Count());
        var ranked = counts.Where(c => c.Value >= FewestQuestionsPerCountry).Select(c => c.Key).Order().ToList();
        var answers = new SampleAnswers(batch, questions, asking.Templates.Count, ranked);
        var comparisons = new[] { (run, exact), (other, exact), (run, other) }.Select(p => answers.Compare(p.Item1, p.Item2)).ToList();
        return new(
            file.Name, survey.Name, asking.Describe(), runtime.Build, runtime.DeviceName, threads, questions.Count - batch.Unasked.Count, batch.Prompts.Count, ranked.Count, FewestQuestionsPerCountry,
            comparisons, answers.CloserThan(comparisons[0].LargestCountryDifference, exact), run.Scores.Zip(again.Scores, (a, b) => a.LogProbabilities.AsSpan().SequenceEqual(b.LogProbabilities)).All(same => same));

        ComputedSample Compute(string way, DecodePlan plan, bool precise)
        {
            using var scorer = new PromptScorer(model, plan, new(precise, threads));
            var scores = new PromptScore[batch.Prompts.Count];
            foreach (var score in scorer.Score(null, cancellation).SelectMany(s => s))
                scores[score.Key] = score;
            cancellation.ThrowIfCancellationRequested();
            return new(way, plan.Sha256, scores);
        }
    }
}
