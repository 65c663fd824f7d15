using System.Diagnostics;
using LocalOpinions.Common;

namespace LocalOpinions.Endpoints;

/// <summary>When to ask again after failures that may pass, and when to give up; shared by all requests to one server.</summary>
sealed class Outages(ServerPatience patience, Action<string> warn)
{
    const string Kept = "what was answered is stored";

    readonly Lock _lock = new();
    long _lastReply;
    bool _told;

    /// <summary>Whether the server ever replied: one that was never reached will not be there a second later either.</summary>
    public bool Reached => Volatile.Read(ref _lastReply) != 0;

    /// <summary>Notes a reply.</summary>
    public void Replied()
    {
        Volatile.Write(ref _lastReply, Stopwatch.GetTimestamp());
        // Told once per outage, not once per request.
        Volatile.Write(ref _told, false);
    }

    /// <summary>Waits before a request is repeated.</summary>
    /// <param name="failure">How it failed.</param>
    /// <param name="failures">How often it has, this time included.</param>
    /// <param name="first">When it did so first.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EndpointException">The failure, when it is one too many.</exception>
    public async Task AfterAsync(EndpointException failure, int failures, long first, CancellationToken cancellation)
    {
        var othersReply = Volatile.Read(ref _lastReply) > first;
        if (othersReply ? failures >= patience.MostFailures : Stopwatch.GetElapsedTime(first) >= patience.Outage)
            throw new EndpointException(failure.Kind, Backoff.GivenUp(failure.Message, failures, Kept), failure);
        if (failure.RetryAfter > patience.Outage)
            throw new EndpointException(failure.Kind, Backoff.AsksToWait(failure.Message, failure.RetryAfter.Value, Kept), failure);
        var pause = Backoff.After(failures, patience.FirstPause, patience.LongestPause, failure.RetryAfter);
        // A little apart, so that requests which failed together do not come back together. Real chance, and of no seed: it decides when a
        // request is sent again, and no number.
        if (failure.RetryAfter is null)
            pause *= 0.75 + Random.Shared.NextDouble() / 2;
        Tell($"{failure.Message} It is asked again until it answers, for {patience.Outage.TotalMinutes:N0} minutes at most.");
        await Task.Delay(pause, cancellation);
    }

    void Tell(string message)
    {
        lock (_lock)
        {
            if (_told)
                return;
            _told = true;
        }
        warn(message);
    }
}
