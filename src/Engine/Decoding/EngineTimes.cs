namespace LocalOpinions.Engine.Decoding;

/// <summary>Engine times as plain numbers, to be added up elsewhere.</summary>
public sealed record EngineTimesSnapshot(long Tokens, TimeSpan Total, TimeSpan Decoding, TimeSpan Probing, TimeSpan Reading,
    IReadOnlyList<double> Probes);

/// <summary>Where the engine's time went. Read it when nothing is being scored.</summary>
public sealed class EngineTimes
{
    readonly List<double> _probes = [];

    /// <summary>Tokens decoded, without padding.</summary>
    public long Tokens { get; internal set; }

    /// <summary>From the first decode to the last, on the engine's thread.</summary>
    public TimeSpan Total { get; internal set; }

    /// <summary>Inside llama.cpp's decode call.</summary>
    public TimeSpan Decoding { get; internal set; }

    /// <summary>Timing llama.cpp's own rate in between; part of <see cref="Total"/>.</summary>
    public TimeSpan Probing { get; internal set; }

    /// <summary>Reading labels from logits, on the reader's thread beside the engine's.</summary>
    public TimeSpan Reading { get; internal set; }

    /// <summary>The share of the engine's thread, probing apart, that was spent in decode calls: 0 to 1.</summary>
    public double BusyShare => Total > Probing ? Decoding / (Total - Probing) : 0;

    /// <summary>llama.cpp's own prompt rates in tokens per second, taken between decodes.</summary>
    public IReadOnlyList<double> Probes => _probes;

    internal TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The times as they are now.</summary>
    public EngineTimesSnapshot Snapshot() => new(Tokens, Total, Decoding, Probing, Reading, [.. _probes]);

    /// <summary>What was added since an earlier moment.</summary>
    public EngineTimesSnapshot Since(EngineTimesSnapshot earlier) =>
        new(Tokens - earlier.Tokens, Total - earlier.Total, Decoding - earlier.Decoding, Probing - earlier.Probing,
            Reading - earlier.Reading, [.. _probes.Skip(earlier.Probes.Count)]);

    /// <summary>Adds the times of another engine.</summary>
    public void Add(EngineTimesSnapshot other)
    {
        Tokens += other.Tokens;
        Total += other.Total;
        Decoding += other.Decoding;
        Probing += other.Probing;
        Reading += other.Reading;
        _probes.AddRange(other.Probes);
    }

    internal void AddProbe(double rate) => _probes.Add(rate);
}
