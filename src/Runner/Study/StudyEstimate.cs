using System.Diagnostics;
using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What one part of a study will cost for one model.</summary>
/// <param name="Questions">Questions of the part.</param>
/// <param name="NotAsked">Of these, how many cannot be asked, by reason.</param>
/// <param name="UnsharedTokens">Tokens of all prompts.</param>
/// <param name="Tokens">Tokens to be decoded: what prompts share is decoded once.</param>
/// <param name="Seconds">Expected time, at the rate of the probe.</param>
sealed record PartEstimate(string Model, string Part, string Asking, int Questions, IReadOnlyDictionary<string, int> NotAsked, long Prompts, long UnsharedTokens, long Tokens, double Seconds)
{
    public double Ceiling => Tokens > 0 ? (double)UnsharedTokens / Tokens : 1;
}

/// <summary>What a study will cost, before any of it is run.</summary>
/// <param name="TokensPerSecond">By model: decoded tokens per second in a short probe on real prompts.</param>
sealed record StudyEstimate(IReadOnlyList<PartEstimate> Parts, IReadOnlyDictionary<string, double> TokensPerSecond, int SurveyQuestions, int SurveyPairs, int UsablePairs)
{
    const int ProbeQuestions = 24;

    /// <summary>Builds, tokenises and plans every prompt of the study, and decodes a few of them for the rate.</summary>
    public static StudyEstimate Of(StudyDeclaration study, DeviceChoice device, int? threads, CancellationToken cancellation)
    {
        var loaded = SurveySource.Load(study.Survey);
        var survey = study.Policy().Apply(loaded);
        List<PartEstimate> parts = [];
        Dictionary<string, double> rates = [];
        foreach (var name in study.Models)
        {
            var file = ModelChoice.Find(name);
            using var model = Model.Load(EngineRuntime.Start(device.Kind), file, ModelHeader.Read(file), new(device.Index));
            List<StudyPart> all = [.. StudyParts.Of(study, loaded).Select(p => p with { Asking = p.Asking.For(loaded, study.Survey) })];
            rates.Add(name, Rate(model, all[0].Asking, RunRequest.Choose(survey, study.Limit, null, study.Seed), threads ?? Environment.ProcessorCount, cancellation));
            foreach (var part in all)
            {
                cancellation.ThrowIfCancellationRequested();
                parts.Add(Of(model, name, part, RunRequest.Choose(survey, study.Limit, part.Sample, study.Seed), rates[name], cancellation));
            }
        }
        return new(parts, rates, survey.Questions.Count, survey.Pairs, survey.Questions.Sum(q => q.Humans.Count));
    }

    static PartEstimate Of(Model model, string name, StudyPart part, List<Question> questions, double rate, CancellationToken cancellation)
    {
        long prompts = 0, unshared = 0, tokens = 0;
        Dictionary<string, int> notAsked = [];
        foreach (var cut in PromptBatch.Cut(questions, part.Asking))
        {
            var batch = PromptBatch.Prepare(model, part.Asking, cut, cancellation);
            cancellation.ThrowIfCancellationRequested();
            foreach (var unasked in batch.Unasked)
                notAsked[unasked.Reason] = notAsked.GetValueOrDefault(unasked.Reason) + 1;
            if (batch.Prompts.Count == 0)
                continue;
            var plan = DecodePlan.Packed(batch.Prompts, PlanShape.For(model));
            (prompts, unshared, tokens) = (prompts + batch.Prompts.Count, unshared + plan.UnsharedTokens, tokens + plan.Tokens);
        }
        return new(name, part.Name, part.Asking.Describe(), questions.Count, notAsked, prompts, unshared, tokens, tokens / rate);
    }

    static double Rate(Model model, Asking asking, List<Question> questions, int threads, CancellationToken cancellation)
    {
        var some = NoiseFloorJob.PickSome(questions, ProbeQuestions, new Random(RunRequest.DefaultSeed));
        var batch = PromptBatch.Prepare(model, asking, some, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            throw new InputException("The survey has no question that this study can ask.");
        var plan = DecodePlan.Packed(batch.Prompts, PlanShape.For(model));
        using var scorer = new PromptScorer(model, plan, new(Precise: false, threads));
        // Once to warm up, once to time.
        Decode();
        var start = Stopwatch.GetTimestamp();
        Decode();
        return plan.Tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;

        void Decode()
        {
            foreach (var scores in scorer.Score(null, cancellation))
                _ = scores.Count;
        }
    }
}
