using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A small sample of prompts, each decoded by itself in F32.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Scores">One per prompt; none where nothing could be sampled, or only for more tokens than the task may take.</param>
public sealed record ExactSample(IReadOnlyList<PromptItem> Asked, IReadOnlyList<PromptScore> Scores);

/// <summary>
/// Scores a seeded sample of all prompts exactly: questions are drawn first, then one of each question's prompts, as many as cost little
/// enough. It reports decodes.
/// </summary>
/// <param name="MostTokens">The most tokens that are decoded: by itself each option's number takes a dozen decodes of its prompt.</param>
public sealed record SampleTask(long MostTokens) : ModelTask<ExactSample>
{
    const int FewestPrompts = 4, MostPrompts = 32, OneOf = 64;

    // Of many prompts whose options' numbers are read so, fewer say enough.
    const int NumbersPerPrompt = 4;
    const int Seed = 20230628;

    private protected override ExactSample Result(ModelAtWork at)
    {
        var (design, questions) = (at.Work.Design, at.Work.Questions);
        var numbers = new SeededNumbers(Seed);
        var all = questions.Sum(q => (long)design.PromptsOf(q));
        var less = design.Choice.Reading == AnswerReading.Verbalised ? NumbersPerPrompt : 1;
        var size = (int)Math.Clamp(all / OneOf, FewestPrompts, MostPrompts) / less;
        var drawn = SeededSample.Of(questions, Math.Min(size, questions.Count), numbers);
        var batch = PromptBatch.Prepare(at.Model, design, drawn, at.Cancellation);
        at.Cancellation.ThrowIfCancellationRequested();
        TokenizedPrompt[] prompts =
            [.. batch.Prompts.GroupBy(p => batch.Asked[p.Key].SourceRow).Select(g => g.ElementAt(numbers.Next(0, g.Count())))];
        if (Affordable(prompts) is not { } plan)
            return new(prompts.Length > 0 ? batch.Asked : [], []);
        at.Progress(new(0, 0) { Expected = plan.Decodes });
        using var scorer = new PromptScorer(at.Model, plan, new(Precise: true, at.Threads));
        // Told before each decode; a prompt may take dozens.
        PromptScore[] scores = [.. scorer.Score(null, at.Cancellation, decoding: (_, _) => at.Progress(new(1, 0)))
            .SelectMany(s => s).Where(s => s.Problem is null)];
        at.Cancellation.ThrowIfCancellationRequested();
        return new(batch.Asked, scores);
    }

    /// <summary>The decodes of as many of the prompts, in their order, as have at most <see cref="MostTokens"/> together; null for none.
    /// </summary>
    internal DecodePlan? Affordable(IReadOnlyList<TokenizedPrompt> prompts)
    {
        var left = MostTokens;
        TokenizedPrompt[] some = [.. prompts.TakeWhile(p => (left -= DecodePlan.OneByOne([p]).Tokens) >= 0)];
        return some.Length > 0 ? DecodePlan.OneByOne(some) : null;
    }
}
