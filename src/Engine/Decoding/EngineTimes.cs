using System.Diagnostics;

namespace LocalOpinions.Engine.Decoding;

/// <summary>Engine times as plain numbers, to be added up elsewhere.</summary>
public sealed record EngineTimesSnapshot(long Tokens, TimeSpan Total, TimeSpan Decoding, TimeSpan Probing, TimeSpan Reading,
    IReadOnlyList<double> Probes);

/// <summary>
/// Where the engine's time went. Thread-safe: the engine's threads and their reader's add to it while others read. Where several contexts
/// take turns, a moment counts once, however many of them are at work in it.
/// </summary>
public sealed class EngineTimes
{
    // Taken twice per decode, which is nothing beside the decode.
    readonly Lock _lock = new();
    readonly List<double> _probes = [];
    readonly Span _engines = new(), _decodes = new();
    long _tokens;
    TimeSpan _total, _decoding, _probing, _reading;

    /// <summary>Tokens decoded, without padding.</summary>
    public long Tokens => Locked(t => t._tokens);

    /// <summary>From the first decode to the last: while any engine's thread was at work.</summary>
    public TimeSpan Total => Locked(t => t._total);

    /// <summary>While any engine was inside llama.cpp's decode call.</summary>
    public TimeSpan Decoding => Locked(t => t._decoding);

    /// <summary>Timing llama.cpp's own rate in between; part of <see cref="Total"/>.</summary>
    public TimeSpan Probing => Locked(t => t._probing);

    /// <summary>Reading labels from logits, on the reader's thread beside the engine's.</summary>
    public TimeSpan Reading => Locked(t => t._reading);

    /// <summary>
    /// The share of the time, probing apart, in which a decode was under way: 0 to 1. In the rest the device waited for its host for
    /// certain; what llama.cpp itself prepares on the host within a decode is not told apart.
    /// </summary>
    public double BusyShare => Locked(t => t._total > t._probing ? t._decoding / (t._total - t._probing) : 0);

    /// <summary>llama.cpp's own prompt rates in tokens per second, taken between decodes.</summary>
    public IReadOnlyList<double> Probes => Locked<double[]>(t => [.. t._probes]);

    internal TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The times as they are now.</summary>
    public EngineTimesSnapshot Snapshot() =>
        Locked(t => new EngineTimesSnapshot(t._tokens, t._total, t._decoding, t._probing, t._reading, [.. t._probes]));

    /// <summary>What was added since an earlier moment.</summary>
    public EngineTimesSnapshot Since(EngineTimesSnapshot earlier)
    {
        var now = Snapshot();
        return new(now.Tokens - earlier.Tokens, now.Total - earlier.Total, now.Decoding - earlier.Decoding, now.Probing - earlier.Probing,
            now.Reading - earlier.Reading, [.. now.Probes.Skip(earlier.Probes.Count)]);
    }

    /// <summary>Adds the times of another engine.</summary>
    public void Add(EngineTimesSnapshot other)
    {
        lock (_lock)
        {
            _tokens += other.Tokens;
            _total += other.Total;
            _decoding += other.Decoding;
            _probing += other.Probing;
            _reading += other.Reading;
            _probes.AddRange(other.Probes);
        }
    }

    internal void BeginDecode(long timestamp)
    {
        lock (_lock)
            _decodes.Begin(timestamp);
    }

    internal void EndDecode(long timestamp, long tokens)
    {
        lock (_lock)
        {
            _tokens += tokens;
            _decoding += _decodes.End(timestamp);
        }
    }

    internal void AddProbe(double rate, TimeSpan time)
    {
        lock (_lock)
        {
            _probes.Add(rate);
            _probing += time;
        }
    }

    internal void AddReading(TimeSpan time)
    {
        lock (_lock)
            _reading += time;
    }

    internal void Begin(long timestamp)
    {
        lock (_lock)
            _engines.Begin(timestamp);
    }

    internal void End(long timestamp)
    {
        lock (_lock)
            _total += _engines.End(timestamp);
    }

    T Locked<T>(Func<EngineTimes, T> read)
    {
        lock (_lock)
            return read(this);
    }

    // Time in which at least one of several things went on.
    sealed class Span
    {
        int _count;
        long _since;

        public void Begin(long timestamp)
        {
            if (_count++ == 0)
                _since = timestamp;
        }

        public TimeSpan End(long timestamp) => --_count == 0 ? Stopwatch.GetElapsedTime(_since, timestamp) : TimeSpan.Zero;
    }
}
