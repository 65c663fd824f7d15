using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>All prompts' scores as one way of computing gives them.</summary>
/// <param name="Way">Which way, in words: one of <see cref="VerifyTask"/>'s names.</param>
/// <param name="PlanSha256">Identifies its decodes.</param>
/// <param name="Scores">By prompt key.</param>
public sealed record ComputedSample(string Way, string PlanSha256, IReadOnlyList<PromptScore> Scores);

/// <summary>The same prompts computed in several ways.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Unasked">Questions that cannot be asked.</param>
/// <param name="Ways">The ways, each with all prompts; none where there are no prompts.</param>
public sealed record VerifySample(
    IReadOnlyList<PromptItem> Asked, IReadOnlyList<UnaskedQuestion> Unasked, IReadOnlyList<ComputedSample> Ways)
{
    /// <summary>Why there is no <see cref="VerifyTask.Float"/>; null where there is.</summary>
    public string? WhyNoFloat { get; init; }

    /// <summary>One of the ways; null where it was not computed.</summary>
    public ComputedSample? By(string way) => Ways.FirstOrDefault(w => w.Way == way);
}

/// <summary>Computes all prompts that a source was opened for in several ways, which differ by one thing each.</summary>
public sealed record VerifyTask : ModelTask<VerifySample>
{
    /// <summary>Each prompt alone, with an F32 cache and without flash attention.</summary>
    public const string Exact = "exact";

    /// <summary>Each prompt alone, with a run's F16 cache and without flash attention.</summary>
    public const string HalfCache = "F16 cache";

    /// <summary>Each prompt alone, with a run's F16 cache and flash attention.</summary>
    public const string OneByOne = "one by one";

    /// <summary>As a run does it: packed, with shared prefixes.</summary>
    public const string AsRun = "as a run";

    /// <summary>As a run does it, once more.</summary>
    public const string Again = "as a run, again";

    /// <summary>As a run does it, but in half as large decodes that share nothing.</summary>
    public const string OtherPlan = "another plan";

    /// <summary>Each prompt alone with the same weights in F32, with an F32 cache and without flash attention.</summary>
    public const string Float = "float";

    /// <summary>Whether only <see cref="Exact"/> and <see cref="AsRun"/> are computed.</summary>
    public bool Briefly { get; init; }

    internal override bool CanBeParted => true;

    internal override VerifySample Joined(IReadOnlyList<VerifySample> parts) => WithNumbers(parts[0] with
    {
        Ways = [.. parts[0].Ways.Select(way => way with
        {
            Scores = [.. parts.SelectMany(p => p.By(way.Way)?.Scores ?? []).OrderBy(s => s.Key)],
        })],
    });

    private protected override VerifySample Result(ModelAtWork at)
    {
        var batch = PromptBatch.Prepare(at.Model, at.Work.Design, at.Work.Questions, at.Cancellation);
        at.Cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            return new([], batch.Unasked, []);
        var (alone, packed) = (DecodePlan.OneByOne(batch.Prompts), DecodePlan.Packed(batch.Prompts, at.Shape));
        List<(string Way, DecodePlan Plan, Arithmetic Arithmetic)> ways =
            [(Exact, alone, Arithmetic.Exact), (AsRun, packed, Arithmetic.Usual)];
        if (!Briefly)
        {
            var halves = at.Shape with { DecodeTokens = at.Shape.DecodeTokens / 2, Height = 0 };
            ways.AddRange([(HalfCache, alone, Arithmetic.HalfCache), (OneByOne, alone, Arithmetic.Usual),
                (OtherPlan, DecodePlan.Packed(batch.Prompts, halves), Arithmetic.Usual), (Again, packed, Arithmetic.Usual)]);
        }
        var whyNoFloat = Briefly ? "it was not asked for" : FloatWeights.WhyNot(at.Model);
        at.Progress(new(0, 0) { Expected = ways.Sum(w => w.Plan.Groups().Count) + (whyNoFloat is null ? alone.Groups().Count : 0) });
        var computed = ways.ConvertAll(w => Computed(at.Model, w.Way, w.Plan, w.Arithmetic, Part));
        // A copy of the weights in F32 is the largest thing here, so one model alone has it.
        if (whyNoFloat is null && Part is not { Number: > 0 })
            computed.Add(FloatWeights.With(at, model => Computed(model, Float, alone, Arithmetic.Exact, part: null)));
        return new(batch.Asked, batch.Unasked, computed) { WhyNoFloat = whyNoFloat };

        ComputedSample Computed(Model model, string way, DecodePlan plan, Arithmetic arithmetic, TaskPart? part)
        {
            var mine = TaskPart.Keys(part, plan.Groups());
            using var scorer = new PromptScorer(model, plan, new(arithmetic, at.Threads));
            PromptScore[] scores = [.. scorer.Score(key => !mine(key), at.Cancellation, decoding: (_, _) => at.Progress(new(1, 0)))
                .SelectMany(s => s).OrderBy(s => s.Key)];
            at.Cancellation.ThrowIfCancellationRequested();
            return new(way, plan.Sha256, scores);
        }
    }

    // By key. A prompt behind which a model gives no numbers cannot be compared; what the others say, it does not touch.
    static VerifySample WithNumbers(VerifySample all)
    {
        var problems = all.Asked.Select((_, key) => all.Ways.Select(w => w.Scores[key].Problem).FirstOrDefault(p => p is not null))
            .ToList();
        if (problems.TrueForAll(p => p is null))
            return all;
        return all with
        {
            Unasked = [.. all.Unasked, .. all.Asked.Zip(problems).Where(p => p.Second is not null)
                .Select(p => new UnaskedQuestion(p.First.SourceRow, p.Second!))],
            Ways = [.. all.Ways.Select(w => w with { Scores = [.. w.Scores.Where((_, key) => problems[key] is null)] })],
        };
    }
}
