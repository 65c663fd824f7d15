using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>The rows of logits that one decode gave, copied out so that the next decode need not wait for their reader.</summary>
sealed class DecodedLogits(int rows, int vocabularySize)
{
    readonly float[] _logits = new float[(long)rows * vocabularySize];

    public PlannedDecode? Decode { get; private set; }

    /// <summary>The rows go by segment, and within a segment by position.</summary>
    public ReadOnlySpan<float> Row(int i) => _logits.AsSpan(i * vocabularySize, vocabularySize);

    public void CopyFrom(DecodeContext context, PlannedDecode decode, int threads)
    {
        Decode = decode;
        context.CopyRows(_logits, threads);
    }
}

/// <summary>
/// The one thread that owns the native context. It decodes a plan's leaves, and before them what they branch from, at most one ahead of
/// their reader.
/// </summary>
sealed class EngineThread : IDisposable
{
    readonly DecodeContext _context;
    readonly IEnumerable<PlannedDecode> _leaves;
    readonly EngineTimes _times;
    readonly PromptRate? _probe;
    readonly int _readers;
    readonly BlockingCollection<DecodedLogits> _decoded = new(1), _free = new(2);
    readonly CancellationTokenSource _stop;
    readonly Thread _thread;
    ExceptionDispatchInfo? _failure;

    public EngineThread(DecodeContext context, IEnumerable<PlannedDecode> leaves, int rows, int vocabularySize, EngineTimes times,
        PromptRate? probe, int readers, CancellationToken cancellation)
    {
        (_context, _leaves, _times, _probe, _readers) = (context, leaves, times, probe, readers);
        _free.Add(new(rows, vocabularySize), CancellationToken.None);
        _free.Add(new(rows, vocabularySize), CancellationToken.None);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _thread = new(Work) { Name = "engine", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The decodes as they come; each is the reader's until it asks for the next.</summary>
    public IEnumerable<DecodedLogits> Decoded()
    {
        foreach (var logits in _decoded.GetConsumingEnumerable())
        {
            yield return logits;
            _free.Add(logits);
        }
        _failure?.Throw();
    }

    /// <summary>Stops the thread, within a decode where the device allows it, and waits for its end.</summary>
    public void Dispose()
    {
        // A context that was told to abort decodes nothing more: only where there is something left to stop.
        if (!_decoded.IsAddingCompleted)
            _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _decoded.Dispose();
        _free.Dispose();
    }

    void Work()
    {
        using var abort = _stop.Token.Register(_context.Abort);
        var began = Stopwatch.GetTimestamp();
        var probed = began;
        try
        {
            foreach (var leaf in _leaves)
            {
                foreach (var decode in _context.Prepare(leaf))
                {
                    // Before the decode, not after: what waits for the reader is only ever one decode.
                    var logits = decode.Rows > 0 ? _free.Take(_stop.Token) : null;
                    var (start, tokens) = (Stopwatch.GetTimestamp(), _context.DecodedTokens);
                    if (!_context.Decode(decode))
                        return;
                    _times.AddDecode(_context.DecodedTokens - tokens, Stopwatch.GetElapsedTime(start));
                    if (logits is null)
                        continue;
                    logits.CopyFrom(_context, decode, _readers);
                    _decoded.Add(logits, _stop.Token);
                }
                if (_probe is not null && Stopwatch.GetElapsedTime(probed) > _times.ProbeInterval)
                {
                    var probe = Stopwatch.GetTimestamp();
                    var rate = _probe.Measure();
                    probed = Stopwatch.GetTimestamp();
                    _times.AddProbe(rate, Stopwatch.GetElapsedTime(probe, probed));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while waiting for the reader.
        }
        catch (Exception e)
        {
            // The reader throws it, behind the decodes that came before.
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            _times.AddTotal(Stopwatch.GetElapsedTime(began));
            _decoded.CompleteAdding();
        }
    }
}
