using LocalOpinions.Common;

namespace LocalOpinions.Hub;

/// <summary>When to ask again after a failure that may pass, and when to give up.</summary>
sealed class Retry(PullProgress progress, Func<TimeSpan, CancellationToken, Task> wait)
{
    const int MostFailures = 6;
    const string Kept = "what came is kept";
    static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);
    static readonly TimeSpan s_firstBackoff = TimeSpan.FromSeconds(1), s_longestBackoff = TimeSpan.FromSeconds(30);

    int _failures;

    public async Task<T> RunAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (PullException e) when (e.IsTransient)
            {
                await AfterAsync(e, cancellation);
            }
        }
    }

    /// <summary>Forgets earlier failures: enough came since.</summary>
    public void Succeeded() => _failures = 0;

    /// <summary>Waits as long as the server asks, or twice as long as the last time.</summary>
    /// <exception cref="PullException">The failure, when it is one too many.</exception>
    public async Task AfterAsync(PullException failure, CancellationToken cancellation)
    {
        if (++_failures >= MostFailures)
            throw new PullException(failure.Kind, Backoff.GivenUp(failure.Message, _failures, Kept), failure);
        if (failure.RetryAfter > s_longestWait)
            throw new PullException(failure.Kind, Backoff.AsksToWait(failure.Message, failure.RetryAfter.Value, Kept), failure);
        var pause = Backoff.After(_failures, s_firstBackoff, s_longestBackoff, failure.RetryAfter);
        progress.Wait($"{failure.Message} Asks again in {Math.Ceiling(pause.TotalSeconds):N0} s.");
        await wait(pause, cancellation);
    }
}
