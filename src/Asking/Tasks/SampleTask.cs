using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A small sample of prompts, each decoded by itself in F32.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Scores">One per prompt; none where nothing could be sampled.</param>
public sealed record ExactSample(IReadOnlyList<PromptItem> Asked, IReadOnlyList<PromptScore> Scores);

/// <summary>Scores a seeded sample of all prompts exactly: questions are drawn first, then one of each question's prompts.</summary>
public sealed record SampleTask : ModelTask<ExactSample>
{
    const int FewestPrompts = 4, MostPrompts = 32, OneOf = 64;

    // By itself each option's number takes a dozen decodes.
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
        if (prompts.Length == 0)
            return new([], []);
        using var scorer = new PromptScorer(at.Model, DecodePlan.OneByOne(prompts), new(Precise: true, at.Threads));
        PromptScore[] scores = [.. scorer.Score(null, at.Cancellation).SelectMany(s => s).Where(s => s.Problem is null)];
        at.Cancellation.ThrowIfCancellationRequested();
        return new(batch.Asked, scores);
    }
}
