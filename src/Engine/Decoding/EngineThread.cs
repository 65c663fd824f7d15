using System.Collections.Concurrent;
using System.Diagnostics;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>What the engines of one plan have in common.</summary>
sealed record EngineWork
{
    /// <summary>What is to be decoded.</summary>
    public required LeafQueue Leaves { get; init; }

    /// <summary>The most rows of one decode.</summary>
    public required int Rows { get; init; }

    /// <summary>Numbers of a row.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Whether rows are read where llama.cpp leaves them.</summary>
    public required bool InPlace { get; init; }

    /// <summary>Where the time is added up.</summary>
    public required EngineTimes Times { get; init; }

    /// <summary>Threads that copy rows.</summary>
    public required int Readers { get; init; }

    /// <summary>Told the engine's number and each leaf before its decode.</summary>
    public Action<int, PlannedDecode>? Decoding { get; init; }

    /// <summary>When llama.cpp's own rate is timed.</summary>
    public required ProbePause Pause { get; init; }
}

/// <summary>
/// The one thread that owns a native context. It decodes leaves, and before them what they branch from, at most one ahead of their reader.
/// </summary>
sealed class EngineThread
{
    readonly int _number;
    readonly DecodeContext _context;
    readonly EngineWork _work;
    readonly BlockingCollection<DecodedLogits> _decoded, _free = new(2);
    readonly CancellationToken _stop;
    readonly Action<Exception?> _ended;
    readonly Thread _thread;

    /// <param name="number">Its own, from 0.</param>
    /// <param name="context">Its context.</param>
    /// <param name="work">What it shares.</param>
    /// <param name="decoded">Where it puts what it decoded.</param>
    /// <param name="ended">Told its end, and why where it failed.</param>
    /// <param name="stop">Ends it, within a decode where the device allows it.</param>
    public EngineThread(int number, DecodeContext context, EngineWork work, BlockingCollection<DecodedLogits> decoded,
        Action<Exception?> ended, CancellationToken stop)
    {
        (_number, _context, _work, _decoded, _ended, _stop) = (number, context, work, decoded, ended, stop);
        for (var i = 0; i < (work.InPlace ? 1 : 2); i++)
            _free.Add(new(work.Rows, work.VocabularySize, work.InPlace, _free), CancellationToken.None);
        _thread = new(Work) { Name = "engine", IsBackground = true };
        _thread.Start();
    }

    public void Join()
    {
        _thread.Join();
        _free.Dispose();
    }

    void Work()
    {
        using var abort = _stop.Register(_context.Abort);
        Exception? failure = null;
        _work.Times.Begin(Stopwatch.GetTimestamp());
        try
        {
            while (_work.Leaves.Take() is { Count: > 0 } leaves)
            {
                foreach (var leaf in leaves)
                {
                    _work.Decoding?.Invoke(_number, leaf);
                    if (!_context.Prepare(leaf).All(Decode))
                        return;
                    _work.Pause.ProbeIfDue();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop while waiting for the reader.
        }
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            _work.Times.End(Stopwatch.GetTimestamp());
            _ended(failure);
        }
    }

    /// <returns>False where it was stopped.</returns>
    bool Decode(PlannedDecode decode)
    {
        // Before the decode, not after: what waits for the reader is only ever one decode, and a decode overwrites the rows of the last.
        var logits = decode.Rows > 0 || _work.InPlace ? _free.Take(_stop) : null;
        if (!_work.Pause.Outside(() => Timed(decode)))
            return false;
        if (decode.Rows > 0)
        {
            logits!.TakeFrom(_context, decode, _work.Readers);
            _decoded.Add(logits, _stop);
        }
        else
        {
            logits?.Free();
        }
        return true;
    }

    bool Timed(PlannedDecode decode)
    {
        var tokens = _context.DecodedTokens;
        _work.Times.BeginDecode(Stopwatch.GetTimestamp());
        try
        {
            return _context.Decode(decode);
        }
        finally
        {
            _work.Times.EndDecode(Stopwatch.GetTimestamp(), _context.DecodedTokens - tokens);
        }
    }
}
