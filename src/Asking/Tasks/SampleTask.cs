using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A small sample of prompts, each decoded by itself: in F32, or on a server without its cache.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Scores">One per prompt; none where nothing could be sampled.</param>
public sealed record ExactSample(IReadOnlyList<PromptItem> Asked, IReadOnlyList<PromptScore> Scores);

/// <summary>
/// Scores a seeded sample of all prompts exactly: questions are drawn first, then one of each question's prompts. It reports decodes.
/// </summary>
/// <remarks>Its size follows from what is asked alone, so that a run has the same sample in one session, in many and in pieces.</remarks>
public sealed record SampleTask : ModelTask<ExactSample>
{
    const int FewestPrompts = 4, MostPrompts = 32, OneOf = 64;

    // By itself each option's number takes a dozen decodes of its prompt: a prompt, as much as asking some forty of them together.
    const int MostOfNumbers = 8, OneOfNumbers = 40;
    const int Seed = 20230628;

    internal override bool CanBeParted => true;

    internal override ExactSample Joined(IReadOnlyList<ExactSample> parts) =>
        new(parts[0].Asked, [.. parts.SelectMany(p => p.Scores).OrderBy(s => s.Key)]);

    private protected override ExactSample Result(ModelAtWork at)
    {
        var (asked, prompts) = Draw(at.Work, q => PromptBatch.Prepare(at.Model, at.Work.Design, q, at.Cancellation));
        at.Cancellation.ThrowIfCancellationRequested();
        if (prompts.Count == 0)
            return new([], []);
        var plan = DecodePlan.OneByOne(prompts);
        var mine = TaskPart.Keys(Part, plan.Groups());
        at.Progress(new(0, 0) { Expected = plan.Decodes });
        using var scorer = new PromptScorer(at.Model, plan, new(Arithmetic.Exact, at.Threads));
        // Told before each decode; a prompt may take dozens.
        PromptScore[] scores = [.. scorer.Score(key => !mine(key), at.Cancellation, decoding: (_, _) => at.Progress(new(1, 0)))
            .SelectMany(s => s).Where(s => s.Problem is null)];
        at.Cancellation.ThrowIfCancellationRequested();
        return new(asked, scores);
    }

    /// <summary>Draws the sample.</summary>
    /// <param name="work">What is asked.</param>
    /// <param name="prepare">Makes questions' prompts.</param>
    internal static (IReadOnlyList<PromptItem> Asked, IReadOnlyList<TokenizedPrompt> Prompts) Draw(
        AskingWork work, Func<IReadOnlyList<Question>, PromptBatch> prepare)
    {
        var numbers = new SeededNumbers(Seed);
        var batch = prepare(SeededSample.Of(work.Questions, Math.Min(SizeOf(work), work.Questions.Count), numbers));
        return (batch.Asked,
            [.. batch.Prompts.GroupBy(p => batch.Asked[p.Key].SourceRow).Select(g => g.ElementAt(numbers.Next(0, g.Count())))]);
    }

    /// <summary>How many prompts are sampled of some work; 0 where a single one by itself is more work than all of it.</summary>
    internal static int SizeOf(AskingWork work) =>
        SizeOf(work.Design.Choice.Reading, work.Questions.Sum(q => (long)work.Design.PromptsOf(q)));

    /// <summary>The same of so many prompts.</summary>
    internal static int SizeOf(AnswerReading reading, long prompts) => reading == AnswerReading.Verbalised
        ? (int)Math.Min(prompts / OneOfNumbers, MostOfNumbers)
        : (int)Math.Clamp(prompts / OneOf, FewestPrompts, MostPrompts);
}
