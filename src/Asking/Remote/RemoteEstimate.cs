using System.Diagnostics;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Remote;

/// <summary>
/// What jobs will cost a server: every prompt is made and tokenised there, and a few of the first job are asked for the rate. What its
/// caches share shows in the rate, and not in the tokens.
/// </summary>
/// <param name="prepare">Makes questions' prompts.</param>
/// <param name="ask">Asks some, as a run does, and says how many it was answered.</param>
sealed class RemoteEstimate(
    Func<PromptDesign, IReadOnlyList<Question>, PromptBatch> prepare, Func<IReadOnlyList<TokenizedPrompt>, int> ask)
{
    const int ProbeQuestions = 24;

    /// <exception cref="InputException">No question of the first job's sample can be asked.</exception>
    /// <exception cref="Endpoints.EndpointException">The server does not answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public JobEstimates Of(IReadOnlyList<AskingJob> jobs, CancellationToken cancellation)
    {
        Dictionary<string, Survey> surveys = [];
        List<AskingWork> all = [.. jobs.Select(job => AskingWork.Of(
            job, surveys.TryGetValue(job.Survey, out var known) ? known : surveys[job.Survey] = SurveySource.Load(job.Survey)))];
        var rate = Rate(all[0], cancellation);
        return new([.. all.Select(work => Of(work, cancellation))], rate);
    }

    JobEstimate Of(AskingWork work, CancellationToken cancellation)
    {
        long prompts = 0, tokens = 0;
        Dictionary<string, int> notAsked = [];
        foreach (var questions in work.Batches)
        {
            var batch = prepare(work.Design, questions);
            cancellation.ThrowIfCancellationRequested();
            foreach (var unasked in batch.Unasked)
                notAsked[unasked.Reason] = notAsked.GetValueOrDefault(unasked.Reason) + 1;
            (prompts, tokens) = (prompts + batch.Prompts.Count, tokens + batch.Prompts.Sum(p => (long)p.UnsharedTokens));
        }
        return new(work.Design.Describe(), work.Questions.Count, notAsked, prompts, tokens, tokens);
    }

    double Rate(AskingWork work, CancellationToken cancellation)
    {
        var some = SeededSample.Of(work.Questions, ProbeQuestions, AskingJob.DefaultSeed);
        var batch = prepare(work.Design, some);
        cancellation.ThrowIfCancellationRequested();
        if (batch.Prompts.Count == 0)
            throw new InputException("The survey has no question that can be asked so.");
        var start = Stopwatch.GetTimestamp();
        ask(batch.Prompts);
        cancellation.ThrowIfCancellationRequested();
        return batch.Prompts.Sum(p => (long)p.UnsharedTokens) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
