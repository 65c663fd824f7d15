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
/// <param name="ask">Asks some, as a run does, and says how many it was answered.</param>
sealed class RemoteEstimate(
    Func<AskingWork, IReadOnlyList<Question>, PromptBatch> prepare, Func<IReadOnlyList<TokenizedPrompt>, int> ask)
{
    /// <exception cref="Analysis.InputException">No question of the first job's sample can be asked.</exception>
    /// <exception cref="Endpoints.EndpointException">The server does not answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public JobEstimates Of(EstimateTask task, CancellationToken cancellation)
    {
        var all = task.Works();
        var some = EstimateTask.Probe(all[0], prepare, cancellation);
        var start = Stopwatch.GetTimestamp();
        ask(some);
        cancellation.ThrowIfCancellationRequested();
        var rate = Tokens(some).Unshared / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new([.. all.Select(work => EstimateTask.Count(work, prepare, Tokens, cancellation))], rate);
    }

    static (long Unshared, long Decoded) Tokens(IReadOnlyList<TokenizedPrompt> prompts)
    {
        var tokens = prompts.Sum(p => (long)p.UnsharedTokens);
        return (tokens, tokens);
    }
}
