using System.Diagnostics;
using System.Threading.Channels;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Remote;

/// <summary>Asks a server, with many requests under way.</summary>
/// <remarks>
/// A server may be ended and another model begun in its place at any moment. So answers are held back until a probe that is sent after the
/// last of them is answered as it was at the start.
/// </remarks>
/// <param name="reader">Asks one prompt.</param>
/// <param name="proof">What the server showed of itself.</param>
/// <param name="times">Where the time is added up.</param>
sealed class RemoteAsking(IRemoteReader reader, ServerProof proof, EngineTimes times)
{
    // A probe costs as much as a short prompt, and perhaps its neighbours' place in a cache.
    static readonly TimeSpan s_unproven = TimeSpan.FromSeconds(4);
    static readonly TimeSpan s_lastProof = TimeSpan.FromSeconds(3);

    /// <summary>How many of the server's caches are used.</summary>
    public required int Slots { get; init; }

    /// <summary>Requests under way for each.</summary>
    public required int PerSlot { get; init; }

    /// <summary>Whether the server has more than one, and lets itself be told which.</summary>
    public required bool HasSlots { get; init; }

    /// <summary>As <see cref="RemoteModel.MostUnproven"/>.</summary>
    public required int MostUnproven { get; init; }

    /// <summary>Asks prompts, yielding scores as they are proven.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="cancellation">Ends the stream early, without an exception.</param>
    /// <exception cref="EndpointException">The server does not answer, or has another model now.</exception>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(IEnumerable<TokenizedPrompt> prompts, CancellationToken cancellation)
    {
        var scores = Channel.CreateUnbounded<PromptScore>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = AskAsync(prompts, scores.Writer, stop);
        try
        {
            List<PromptScore> unproven = [];
            var (since, decoded) = (Stopwatch.GetTimestamp(), reader.Decoded);
            var more = true;
            while (more)
            {
                more = Take(scores.Reader, unproven, since);
                if (unproven.Count == 0)
                    continue;
                if (!Prove(cancellation))
                    yield break;
                var now = Stopwatch.GetElapsedTime(since);
                times.Add(new(reader.Decoded - decoded, now, now, TimeSpan.Zero, TimeSpan.Zero, []));
                yield return unproven;
                (unproven, since, decoded) = ([], Stopwatch.GetTimestamp(), reader.Decoded);
            }
            // What ended the asking, if anything did, when what came before it is stored.
            if (!cancellation.IsCancellationRequested)
                asking.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            asking.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        }
    }

    /// <summary>Asks one prompt, which the server is to compute anew.</summary>
    /// <exception cref="EndpointException">The server does not answer.</exception>
    public Task<PromptScore> AskAloneAsync(TokenizedPrompt prompt, CancellationToken cancellation) =>
        reader.ReadAsync(prompt, new(SlotOf(0), Anew: true), cancellation);

    int? SlotOf(int slot) => HasSlots ? slot : null;

    /// <summary>Takes scores until there are enough or it has been long enough.</summary>
    /// <returns>False when there are no more.</returns>
    bool Take(ChannelReader<PromptScore> scores, List<PromptScore> into, long since)
    {
        while (true)
        {
            while (into.Count < MostUnproven && scores.TryRead(out var score))
                into.Add(score);
            var left = s_unproven - Stopwatch.GetElapsedTime(since);
            if (into.Count > 0 && (into.Count >= MostUnproven || left <= TimeSpan.Zero))
                return true;
            var more = scores.WaitToReadAsync().AsTask();
            if (into.Count > 0 && Task.WhenAny(more, Task.Delay(left)).GetAwaiter().GetResult() != more)
                return true;
            if (!more.GetAwaiter().GetResult())
                return false;
        }
    }

    /// <returns>False when it was interrupted, and the server did not answer soon enough.</returns>
    bool Prove(CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource();
        using var soon = cancellation.Register(() => end.CancelAfter(s_lastProof));
        try
        {
            proof.RequireSameAsync(end.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    async Task AskAsync(IEnumerable<TokenizedPrompt> prompts, ChannelWriter<PromptScore> scores, CancellationTokenSource stop)
    {
        var queue = new RemoteQueue(prompts, Slots);
        var asking = Enumerable.Range(0, Slots * PerSlot).Select(i => Task.Run(() => AskAsync(queue, i % Slots, scores, stop))).ToList();
        try
        {
            await Task.WhenAll(asking);
        }
        finally
        {
            scores.Complete();
        }
    }

    async Task AskAsync(RemoteQueue queue, int slot, ChannelWriter<PromptScore> scores, CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && queue.Next(slot) is { } prompt)
                await scores.WriteAsync(await reader.ReadAsync(prompt, new(SlotOf(slot), Anew: false), stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted, or another request failed for good.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
