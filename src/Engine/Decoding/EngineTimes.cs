namespace LocalOpinions.Engine.Decoding;

/// <summary>Engine times as plain numbers, to be added up elsewhere.</summary>
public sealed record EngineTimesSnapshot(long Tokens, TimeSpan Total, TimeSpan Decoding, TimeSpan Probing, TimeSpan Reading,
    IReadOnlyList<double> Probes);

/// <summary>Where the engine's time went. Thread-safe: the engine's thread and its reader's add to it while others read.</summary>
public sealed class EngineTimes
{
    // Taken twice per decode, which is nothing beside the decode.
    readonly Lock _lock = new();
    readonly List<double> _probes = [];
    long _tokens;
    TimeSpan _total, _decoding, _probing, _reading;

    /// <summary>Tokens decoded, without padding.</summary>
    public long Tokens => Locked(t => t._tokens);

    /// <summary>From the first decode to the last, on the engine's thread.</summary>
    public TimeSpan Total => Locked(t => t._total);

    /// <summary>Inside llama.cpp's decode call.</summary>
    public TimeSpan Decoding => Locked(t => t._decoding);

    /// <summary>Timing llama.cpp's own rate in between; part of <see cref="Total"/>.</summary>
    public TimeSpan Probing => Locked(t => t._probing);

    /// <summary>Reading labels from logits, on the reader's thread beside the engine's.</summary>
    public TimeSpan Reading => Locked(t => t._reading);

    /// <summary>The share of the engine's thread, probing apart, that was spent in decode calls: 0 to 1.</summary>
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

    internal void AddDecode(long tokens, TimeSpan time)
    {
        lock (_lock)
        {
            _tokens += tokens;
            _decoding += time;
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

    internal void AddTotal(TimeSpan time)
    {
        lock (_lock)
            _total += time;
    }

    T Locked<T>(Func<EngineTimes, T> read)
    {
        lock (_lock)
            return read(this);
    }
}
