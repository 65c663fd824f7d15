namespace LocalOpinions.Hub;

/// <summary>When to ask again after a failure that may pass, and when to give up.</summary>
sealed class Retry(PullProgress progress, Func<TimeSpan, CancellationToken, Task> wait)
{
    const int MostFailures = 6;
    static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);
    static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(30);

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
            throw new PullException(failure.Kind, $"{failure.Message} Given up after {_failures} failures in a row; what came is kept, "
                + $"run the same command later to go on.", failure);
        if (failure.RetryAfter > s_longestWait)
            throw new PullException(failure.Kind, $"{failure.Message} It asks to wait {failure.RetryAfter.Value.TotalMinutes:N0} minutes; "
                + $"what came is kept, run the same command then.", failure);
        var pause = failure.RetryAfter ?? TimeSpan.FromSeconds(Math.Min(s_longestBackoff.TotalSeconds, Math.Pow(2, _failures - 1)));
        progress.Wait($"{failure.Message} Asks again in {Math.Ceiling(pause.TotalSeconds):N0} s.");
        await wait(pause, cancellation);
    }
}
