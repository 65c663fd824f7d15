using System.Diagnostics;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Tasks;

/// <summary>What a job will cost a model.</summary>
/// <param name="Asking">How it asks, in words.</param>
/// <param name="Questions">Questions of the job.</param>
/// <param name="NotAsked">Of these, how many cannot be asked, by reason.</param>
/// <param name="Prompts">Prompts of the others.</param>
/// <param name="UnsharedTokens">Tokens of all prompts.</param>
/// <param name="Tokens">Tokens to be decoded: what prompts share is decoded once. Texts count as if none ended by itself.</param>
public sealed record JobEstimate(
    string Asking, int Questions, IReadOnlyDictionary<string, int> NotAsked, long Prompts, long UnsharedTokens, long Tokens)
{
    /// <summary>Tokens per second in a probe of its own, where it writes; null for that of the first job.</summary>
    public double? TokensPerSecond { get; init; }
}

/// <summary>What several jobs will cost a model.</summary>
/// <param name="Jobs">In the order of the jobs.</param>
/// <param name="TokensPerSecond">Decoded tokens per second in a short probe on prompts of the first job.</param>
public sealed record JobEstimates(IReadOnlyList<JobEstimate> Jobs, double TokensPerSecond);

/// <summary>Builds, tokenises and plans every prompt of some jobs, and decodes a few of the first for the rate.</summary>
/// <param name="Jobs">One or more.</param>
public sealed record EstimateTask(IReadOnlyList<AskingJob> Jobs) : ModelTask<JobEstimates>
{
    const int ProbeQuestions = 24, WrittenProbeQuestions = 8;

    private protected override JobEstimates Result(ModelAtWork at)
    {
        var all = Works();
        var rate = Rate(at, all[0]);
        return new([.. all.Select(work => Of(at, work))], rate);
    }

    /// <summary>The jobs' work, each survey loaded once.</summary>
    internal IReadOnlyList<AskingWork> Works()
    {
        Dictionary<string, Survey> surveys = [];
        return [.. Jobs.Select(job => AskingWork.Of(
            job, surveys.TryGetValue(job.Survey, out var known) ? known : surveys[job.Survey] = SurveySource.Load(job.Survey)))];
    }

    /// <summary>Makes every prompt of some work and adds up what they cost.</summary>
    /// <param name="work">What is asked.</param>
    /// <param name="prepare">Makes questions' prompts.</param>
    /// <param name="cost">Tokens of a batch's prompts, one or more: of all, and of what is to be decoded.</param>
    /// <param name="cancellation">Ends it early.</param>
    internal static JobEstimate Count(AskingWork work, Func<AskingWork, IReadOnlyList<Question>, PromptBatch> prepare,
        Func<IReadOnlyList<TokenizedPrompt>, (long Unshared, long Decoded)> cost, CancellationToken cancellation)
    {
        long prompts = 0, unshared = 0, tokens = 0;
        Dictionary<string, int> notAsked = [];
        foreach (var questions in work.Batches)
        {
            var batch = prepare(work, questions);
            cancellation.ThrowIfCancellationRequested();
            foreach (var unasked in batch.Unasked)
                notAsked[unasked.Reason] = notAsked.GetValueOrDefault(unasked.Reason) + 1;
            if (batch.Prompts.Count == 0)
                continue;
            var (all, decoded) = cost(batch.Prompts);
            (prompts, unshared, tokens) = (prompts + batch.Prompts.Count, unshared + all, tokens + decoded);
        }
        return new(work.Design.Describe(), work.Questions.Count, notAsked, prompts, unshared, tokens);
    }

    /// <summary>The prompts of a few questions, for the rate.</summary>
    /// <param name="work">What is asked.</param>
    /// <param name="prepare">Makes questions' prompts.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InputException">None of them can be asked.</exception>
    internal static IReadOnlyList<TokenizedPrompt> Probe(
        AskingWork work, Func<AskingWork, IReadOnlyList<Question>, PromptBatch> prepare, CancellationToken cancellation)
    {
        var few = work.Design.Choice.Reading == AnswerReading.Written ? WrittenProbeQuestions : ProbeQuestions;
        var batch = prepare(work, SeededSample.Of(work.Questions, few, AskingJob.DefaultSeed));
        cancellation.ThrowIfCancellationRequested();
        return batch.Prompts.Count > 0 ? batch.Prompts
            : throw new InputException("The survey has no question that can be asked so.");
    }

    static JobEstimate Of(ModelAtWork at, AskingWork work)
    {
        var estimate = Count(work, Prepare(at), Planned, at.Cancellation);
        // A token that is written takes a decode that few share: another rate altogether.
        return work.Design.Choice.Reading == AnswerReading.Written && estimate.Prompts > 0
            ? estimate with { TokensPerSecond = Rate(at, work) } : estimate;

        (long, long) Planned(IReadOnlyList<TokenizedPrompt> prompts)
        {
            var plan = PlannedBatch.Of(at.Model, work.Job, at.Shape, prompts);
            return (plan.UnsharedTokens, plan.Tokens);
        }
    }

    static Func<AskingWork, IReadOnlyList<Question>, PromptBatch> Prepare(ModelAtWork at) =>
        (work, questions) => PromptBatch.Prepare(at.Model, work.Design, questions, at.Cancellation);

    static double Rate(ModelAtWork at, AskingWork work)
    {
        var writes = work.Design.Choice.Reading == AnswerReading.Written;
        var plan = PlannedBatch.Of(at.Model, work.Job, at.Shape, Probe(work, Prepare(at), at.Cancellation));
        using var scorer = plan.Open(new(Arithmetic.Usual, at.Threads));
        // Once to warm up, once to time; texts take long enough not to need it.
        if (!writes)
            Decode();
        var start = Stopwatch.GetTimestamp();
        Decode();
        return plan.Tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;

        void Decode()
        {
            foreach (var scores in scorer.Score(null, at.Cancellation))
                _ = scores.Count;
        }
    }
}
