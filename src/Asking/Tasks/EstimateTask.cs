using System.Diagnostics;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
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
        Dictionary<string, Survey> surveys = [];
        List<AskingWork> all = [.. Jobs.Select(job => AskingWork.Of(
            job, surveys.TryGetValue(job.Survey, out var known) ? known : surveys[job.Survey] = SurveySource.Load(job.Survey)))];
        var rate = Rate(at, all[0]);
        return new([.. all.Select(work => Of(at, work))], rate);
    }

    static JobEstimate Of(ModelAtWork at, AskingWork work)
    {
        long prompts = 0, unshared = 0, tokens = 0;
        Dictionary<string, int> notAsked = [];
        foreach (var questions in work.Batches)
        {
            var batch = PromptBatch.Prepare(at.Model, work.Design, questions, at.Cancellation);
            at.Cancellation.ThrowIfCancellationRequested();
            foreach (var unasked in batch.Unasked)
                notAsked[unasked.Reason] = notAsked.GetValueOrDefault(unasked.Reason) + 1;
            if (batch.Prompts.Count == 0)
                continue;
            var plan = PlannedBatch.Of(at.Model, work.Job, at.Shape, batch.Prompts);
            (prompts, unshared, tokens) = (prompts + batch.Prompts.Count, unshared + plan.UnsharedTokens, tokens + plan.Tokens);
        }
        // A token that is written takes a decode that few share: another rate altogether.
        var writes = work.Design.Choice.Reading == AnswerReading.Written && prompts > 0;
        return new(work.Design.Describe(), work.Questions.Count, notAsked, prompts, unshared, tokens)
        {
            TokensPerSecond = writes ? Rate(at, work) : null,
        };
    }

    static double Rate(ModelAtWork at, AskingWork work)
    {
        var writes = work.Design.Choice.Reading == AnswerReading.Written;
        var some = SeededSample.Of(work.Questions, writes ? WrittenProbeQuestions : ProbeQuestions, AskingJob.DefaultSeed);
        var batch = PromptBatch.Prepare(at.Model, work.Design, some, at.Cancellation);
        at.Cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            throw new InputException("The survey has no question that can be asked so.");
        var plan = PlannedBatch.Of(at.Model, work.Job, at.Shape, batch.Prompts);
        using var scorer = plan.Open(new(Precise: false, at.Threads));
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
