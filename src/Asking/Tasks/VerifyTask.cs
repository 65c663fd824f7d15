using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>All prompts' scores as one way of computing gives them.</summary>
/// <param name="Way">Which way, in words.</param>
/// <param name="PlanSha256">Identifies its decodes.</param>
/// <param name="Scores">By prompt key.</param>
public sealed record ComputedSample(string Way, string PlanSha256, IReadOnlyList<PromptScore> Scores);

/// <summary>The same prompts computed in several ways.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Unasked">Questions that cannot be asked.</param>
public sealed record VerifySample(IReadOnlyList<PromptItem> Asked, IReadOnlyList<UnaskedQuestion> Unasked)
{
    /// <summary>Each prompt alone, in F32. Null, like the others, where there are no prompts.</summary>
    public ComputedSample? Exact { get; init; }

    /// <summary>As a run does it.</summary>
    public ComputedSample? Run { get; init; }

    /// <summary>As a run does it, under another plan.</summary>
    public ComputedSample? Other { get; init; }

    /// <summary>As a run does it, once more.</summary>
    public ComputedSample? Again { get; init; }

    /// <summary>Each prompt alone with the same weights in F32; null where they are so already, or where there is no room.</summary>
    public ComputedSample? Float { get; init; }

    /// <summary>Why there is no <see cref="Float"/>; null where there is.</summary>
    public string? WhyNoFloat { get; init; }
}

/// <summary>
/// Computes all prompts that a source was opened for exactly, as a run does it twice, under another plan, and with the weights in F32.
/// </summary>
public sealed record VerifyTask : ModelTask<VerifySample>
{
    /// <summary>Whether the weights are computed in F32 too, which takes a copy of them.</summary>
    public bool InFloat { get; init; } = true;

    internal override bool CanBeParted => true;

    internal override VerifySample Joined(IReadOnlyList<VerifySample> parts)
    {
        return WithNumbers(parts[0] with
        {
            Exact = Of(p => p.Exact),
            Run = Of(p => p.Run),
            Other = Of(p => p.Other),
            Again = Of(p => p.Again),
            Float = Of(p => p.Float),
        });

        ComputedSample? Of(Func<VerifySample, ComputedSample?> way) => way(parts[0]) is not { } first ? null
            : first with { Scores = [.. parts.Select(way).OfType<ComputedSample>().SelectMany(c => c.Scores).OrderBy(s => s.Key)] };
    }

    private protected override VerifySample Result(ModelAtWork at)
    {
        var batch = PromptBatch.Prepare(at.Model, at.Work.Design, at.Work.Questions, at.Cancellation);
        at.Cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            return new([], batch.Unasked);
        var shape = at.Shape;
        // A copy of the weights in F32 is the largest thing here, so one model alone has it.
        var whyNoFloat = !InFloat ? "it was not asked for" : Part is { Number: > 0 } ? "another part has it"
            : FloatWeights.WhyNot(at.Model);
        return new(batch.Asked, batch.Unasked)
        {
            Exact = Computed("exact", DecodePlan.OneByOne(batch.Prompts), precise: true),
            Run = Computed("as a run", DecodePlan.Packed(batch.Prompts, shape), precise: false),
            Other = Computed("another plan",
                DecodePlan.Packed(batch.Prompts, shape with { DecodeTokens = shape.DecodeTokens / 2, Height = 0 }), precise: false),
            Again = Computed("as a run", DecodePlan.Packed(batch.Prompts, shape), precise: false),
            Float = whyNoFloat is null ? FloatWeights.With(at, OfFloat) : null,
            WhyNoFloat = whyNoFloat,
        };

        ComputedSample OfFloat(Model model) => Compute(model, "float", DecodePlan.OneByOne(batch.Prompts), precise: true, part: null);

        ComputedSample Computed(string way, DecodePlan plan, bool precise) => Compute(at.Model, way, plan, precise, Part);

        ComputedSample Compute(Model model, string way, DecodePlan plan, bool precise, TaskPart? part)
        {
            var mine = TaskPart.Keys(part, plan.Groups());
            using var scorer = new PromptScorer(model, plan, new(precise, at.Threads));
            PromptScore[] scores = [.. scorer.Score(key => !mine(key), at.Cancellation).SelectMany(s => s).OrderBy(s => s.Key)];
            at.Cancellation.ThrowIfCancellationRequested();
            return new(way, plan.Sha256, scores);
        }
    }

    // By key. A prompt behind which a model gives no numbers cannot be compared; what the others say, it does not touch.
    static VerifySample WithNumbers(VerifySample all)
    {
        ComputedSample[] ways = [.. new[] { all.Exact, all.Run, all.Other, all.Again, all.Float }.OfType<ComputedSample>()];
        var problems = all.Asked.Select((_, key) => ways.Select(w => w.Scores[key].Problem).FirstOrDefault(p => p is not null)).ToList();
        if (problems.TrueForAll(p => p is null))
            return all;
        return all with
        {
            Unasked = [.. all.Unasked, .. all.Asked.Zip(problems).Where(p => p.Second is not null)
                .Select(p => new UnaskedQuestion(p.First.SourceRow, p.Second!))],
            Exact = Of(all.Exact),
            Run = Of(all.Run),
            Other = Of(all.Other),
            Again = Of(all.Again),
            Float = Of(all.Float),
        };

        ComputedSample? Of(ComputedSample? way) => way is null ? null
            : way with { Scores = [.. way.Scores.Where((_, key) => problems[key] is null)] };
    }
}
