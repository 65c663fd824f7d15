using System.Diagnostics;
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
/// <param name="ask">Asks some, as a run of that work does.</param>
sealed class RemoteEstimate(
    Func<AskingWork, IReadOnlyList<Question>, PromptBatch> prepare, Action<AskingWork, IReadOnlyList<TokenizedPrompt>> ask)
{
    /// <exception cref="Analysis.InputException">No question of the first job's sample can be asked.</exception>
    /// <exception cref="Endpoints.EndpointException">The server does not answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public JobEstimates Of(EstimateTask task, CancellationToken cancellation)
    {
        var all = task.Works();
        var rate = Rate(all[0]);
        return new([.. all.Select(Estimate)], rate);

        JobEstimate Estimate(AskingWork work)
        {
            var estimate = EstimateTask.Count(work, prepare, Tokens, cancellation);
            // Texts take another time altogether.
            return work.Design.Choice.Reading == AnswerReading.Written && estimate.Prompts > 0
                ? estimate with { TokensPerSecond = Rate(work) } : estimate;
        }

        double Rate(AskingWork work)
        {
            var some = EstimateTask.Probe(work, prepare, cancellation);
            var start = Stopwatch.GetTimestamp();
            ask(work, some);
            cancellation.ThrowIfCancellationRequested();
            return Tokens(some).Unshared / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    static (long Unshared, long Decoded) Tokens(IReadOnlyList<TokenizedPrompt> prompts)
    {
        var tokens = prompts.Sum(p => (long)p.UnsharedTokens);
        return (tokens, tokens);
    }
}
