using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace LocalOpinions.Engine.Decoding;

/// <summary>
/// Engine threads that share a plan: while one's decode is computed, the other's is prepared and its rows are copied, so that a device
/// seldom waits for its host.
/// </summary>
sealed class Engines : IDisposable
{
    readonly BlockingCollection<DecodedLogits> _decoded;
    readonly CancellationTokenSource _stop;
    readonly ProbePause _pause;
    readonly EngineThread[] _threads;
    ExceptionDispatchInfo? _failure;
    int _working;

    /// <param name="contexts">One for each engine.</param>
    /// <param name="work">What they share.</param>
    /// <param name="cancellation">Ends them, within a decode where the device allows it.</param>
    public Engines(IReadOnlyCollection<DecodeContext> contexts, EngineWork work, CancellationToken cancellation)
    {
        _pause = work.Pause;
        _working = contexts.Count;
        _decoded = new(contexts.Count);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _threads = [.. contexts.Select((c, i) => new EngineThread(i, c, work, _decoded, Ended, _stop.Token))];
    }

    /// <summary>The decodes as they come; each is the reader's until it asks for the next.</summary>
    public IEnumerable<DecodedLogits> Decoded()
    {
        foreach (var logits in _decoded.GetConsumingEnumerable())
        {
            yield return logits;
            logits.Free();
        }
        _failure?.Throw();
    }

    /// <summary>Stops the threads, within a decode where the device allows it, and waits for their end.</summary>
    public void Dispose()
    {
        // A context that was told to abort decodes nothing more: only where there is something left to stop.
        if (!_decoded.IsAddingCompleted)
            _stop.Cancel();
        Array.ForEach(_threads, t => t.Join());
        _stop.Dispose();
        _decoded.Dispose();
        _pause.Dispose();
    }

    void Ended(Exception? failure)
    {
        // The reader throws it, behind the decodes that came before; one that fails ends the work of all.
        if (failure is not null && Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null) is null)
            _stop.Cancel();
        if (Interlocked.Decrement(ref _working) == 0)
            _decoded.CompleteAdding();
    }
}
