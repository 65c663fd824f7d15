using System.Diagnostics;

namespace LocalOpinions.Asking.Running;

/// <summary>How far a long job is, counted by whoever stores its results. Thread-safe.</summary>
/// <param name="unit">What is counted.</param>
public sealed class WorkProgress(string unit = "answers")
{
    readonly Lock _timing = new();
    readonly Stopwatch _clock = new();
    long _done, _all, _tokens;

    /// <summary>What is done of what is expected.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>What is expected in all.</summary>
    public long All => Volatile.Read(ref _all);

    /// <summary>The tokens of what is done, shared ones counted for each.</summary>
    public long Tokens => Volatile.Read(ref _tokens);

    /// <summary>Time at work, in seconds.</summary>
    public double Seconds
    {
        get
        {
            lock (_timing)
                return _clock.Elapsed.TotalSeconds;
        }
    }

    /// <summary>Says how much there is to do.</summary>
    public void Expect(long all) => Volatile.Write(ref _all, all);

    /// <summary>Work begins, or goes on.</summary>
    public void Start()
    {
        lock (_timing)
            _clock.Start();
    }

    /// <summary>Counts what was done.</summary>
    public void Add(int done, long tokens)
    {
        Interlocked.Add(ref _done, done);
        Interlocked.Add(ref _tokens, tokens);
    }

    /// <summary>Work pauses, or has ended.</summary>
    public void Stop()
    {
        lock (_timing)
            _clock.Stop();
    }

    /// <summary>In a line: how much is done, at which rate, and how long the rest takes at that rate.</summary>
    public string Describe()
    {
        var seconds = Math.Max(Seconds, 1e-3);
        var rate = Done / seconds;
        var left = rate > 0 ? Duration(TimeSpan.FromSeconds((All - Done) / rate)) + " left" : "measuring";
        var tokens = Tokens > 0 ? $", {Tokens / seconds:N0} tokens/s" : "";
        return $"{Done:N0}/{All:N0} {unit}, {rate:N1}/s{tokens}, {left}";
    }

    /// <summary>A time in the two units that say enough.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Ceiling(time.TotalSeconds):N0} s",
        { TotalMinutes: < 60 } => $"{time.Minutes} min {time.Seconds:D2} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:D2} min",
    };
}
