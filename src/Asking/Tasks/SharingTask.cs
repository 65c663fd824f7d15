using System.Diagnostics;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Tasks;

/// <summary>What sharing gains in time: the same texts read with it, and with every text behind a prompt of its own.</summary>
/// <param name="Questions">Questions asked; 0 where none can be, and then nothing else is known.</param>
/// <param name="Tokens">Decoded with sharing.</param>
/// <param name="OwnTokens">Decoded without; a domain prompt and a text that several questions have in common count once here too.</param>
/// <param name="QuestionsPerSecond">With sharing; the median.</param>
/// <param name="OwnQuestionsPerSecond">Without; the median.</param>
/// <param name="Ratio">The median ratio of the two.</param>
public sealed record SharingGain(
    int Questions, long Tokens, long OwnTokens, double QuestionsPerSecond, double OwnQuestionsPerSecond, double Ratio);

/// <summary>
/// Decodes a seeded sample of option texts both ways, in turns, so that a machine that drifts drifts for both; each is packed into full
/// decodes.
/// </summary>
public sealed record SharingTask : ModelTask<SharingGain>
{
    const int MostQuestions = 24, Repetitions = 3;

    private protected override SharingGain Result(ModelAtWork at)
    {
        var some = SeededSample.Of(at.Work.Questions, MostQuestions, AskingJob.DefaultSeed);
        var batch = PromptBatch.Prepare(at.Model, at.Work.Design, some, at.Cancellation);
        at.Cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            return new(0, 0, 0, 0, 0, 0);
        var shape = at.Shape;
        List<TokenizedPrompt> parted = [.. Parted(batch.Prompts)];
        List<(double Shared, double Own)> seconds = [];
        var (tokens, ownTokens) = (0L, 0L);
        for (var i = 0; i < Repetitions; i++)
            seconds.Add((Time(batch.Prompts, shape, ref tokens), Time(parted, shape with { Height = 0 }, ref ownTokens)));
        var asked = some.Count - batch.Unasked.Count;
        return new(
            asked, tokens, ownTokens, asked / Median.Of(seconds.Select(s => s.Shared)), asked / Median.Of(seconds.Select(s => s.Own)),
            Median.Of(seconds.Select(s => s.Own / s.Shared)));

        // A plan of its own each time: reading texts uses one up.
        double Time(IReadOnlyCollection<TokenizedPrompt> prompts, PlanShape shape, ref long tokens)
        {
            var plan = DecodePlan.Packed(prompts, shape);
            tokens = plan.Tokens;
            using var scorer = new PromptScorer(at.Model, plan, new(Arithmetic.Usual, at.Threads));
            var start = Stopwatch.GetTimestamp();
            var scored = scorer.Score(null, at.Cancellation).Sum(s => s.Count);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            at.Cancellation.ThrowIfCancellationRequested();
            return scored == prompts.Count
                ? seconds
                : throw new InvalidOperationException($"{scored} of {prompts.Count} prompts were scored.");
        }
    }

    /// <summary>A prompt for each text, as a tool that shares nothing puts them.</summary>
    static IEnumerable<TokenizedPrompt> Parted(IReadOnlyList<TokenizedPrompt> prompts) => prompts
        .SelectMany(p => p.Texts!.Tokens
            .Select((text, i) => p with { Texts = p.Texts with { Tokens = [text], Bytes = [p.Texts.Bytes[i]] } }))
        .Select((p, key) => p with { Key = key });
}
