using System.Diagnostics;
using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What sharing gains in time: the same texts read with it, and with every text behind a prompt of its own.</summary>
/// <param name="Tokens">Decoded with sharing.</param>
/// <param name="OwnTokens">Decoded without; a domain prompt and a text that several questions have in common count once here too.</param>
/// <param name="QuestionsPerSecond">With sharing; the median.</param>
/// <param name="OwnQuestionsPerSecond">Without; the median.</param>
/// <param name="Ratio">The median ratio of the two.</param>
sealed record SharingGain(int Questions, long Tokens, long OwnTokens, double QuestionsPerSecond, double OwnQuestionsPerSecond, double Ratio)
{
    const int MostQuestions = 24, Repetitions = 3;

    /// <summary>Decodes a seeded sample both ways, in turns, so that a machine that drifts drifts for both; each is packed into full decodes.</summary>
    /// <returns>Null where no question of the sample can be asked.</returns>
    public static SharingGain? Measure(Model model, Asking asking, IReadOnlyList<Question> questions, int threads, CancellationToken cancellation)
    {
        var some = NoiseFloorJob.PickSome(questions, MostQuestions, new Random(RunRequest.DefaultSeed));
        var batch = PromptBatch.Prepare(model, asking, some, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            return null;
        var shape = PlanShape.For(model);
        List<TokenizedPrompt> parted = [.. Parted(batch.Prompts)];
        List<(double Shared, double Own)> seconds = [];
        var (tokens, ownTokens) = (0L, 0L);
        for (var i = 0; i < Repetitions; i++)
            seconds.Add((Time(batch.Prompts, shape, ref tokens), Time(parted, shape with { Height = 0 }, ref ownTokens)));
        var asked = some.Count - batch.Unasked.Count;
        return new(
            asked, tokens, ownTokens, asked / RunJob.Median([.. seconds.Select(s => s.Shared)]), asked / RunJob.Median([.. seconds.Select(s => s.Own)]),
            RunJob.Median([.. seconds.Select(s => s.Own / s.Shared)]));

        // A plan of its own each time: reading texts uses one up.
        double Time(IReadOnlyCollection<TokenizedPrompt> prompts, PlanShape shape, ref long tokens)
        {
            var plan = DecodePlan.Packed(prompts, shape);
            tokens = plan.Tokens;
            using var scorer = new PromptScorer(model, plan, new(Precise: false, threads));
            var start = Stopwatch.GetTimestamp();
            var scored = scorer.Score(null, cancellation).Sum(s => s.Count);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cancellation.ThrowIfCancellationRequested();
            return scored == prompts.Count ? seconds : throw new InvalidOperationException($"{scored} of {prompts.Count} prompts were scored.");
        }
    }

    /// <summary>A prompt for each text, as a tool that shares nothing puts them.</summary>
    static IEnumerable<TokenizedPrompt> Parted(IReadOnlyList<TokenizedPrompt> prompts) => prompts
        .SelectMany(p => p.Texts!.Tokens.Select((text, i) => p with { Texts = p.Texts with { Tokens = [text], Bytes = [p.Texts.Bytes[i]] } }))
        .Select((p, key) => p with { Key = key });
}
