using LocalOpinions.Asking.Running;

namespace LocalOpinions.Runner.Terminal;

/// <summary>A line a minute of a long command, for logs: whoever reads one sees that it is at work, and how far it is.</summary>
sealed class LogLines : IDisposable
{
    static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    // These wait for others, and a worker's standard error is its parent's to read.
    static readonly string[] s_waiting = ["serve", "sql", "worker"];

    // A program runs one command, and that does one thing after the other.
    static Func<string>? s_now;

    readonly string _command;
    readonly TimeProvider _clock;
    readonly long _begun;
    readonly Action<string> _write;
    readonly ITimer _timer;

    internal LogLines(string command, TimeProvider clock, Action<string> write)
    {
        (_command, _clock, _begun, _write) = (command, clock, clock.GetTimestamp(), write);
        _timer = clock.CreateTimer(_ => _write(Line()), null, s_every, s_every);
    }

    /// <summary>Begins them where standard error goes to a file or a pipe; null where nobody wants them.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="quiet">Whether it is to show no progress.</param>
    public static LogLines? Begin(string command, bool quiet) =>
        quiet || !Console.IsErrorRedirected || s_waiting.Contains(command) ? null : new(command, TimeProvider.System, Screen.TryTell);

    /// <summary>While the work lasts, lines say what it says of itself.</summary>
    public static async Task DescribeAsync(Func<string> describe, Task work)
    {
        s_now = describe;
        try
        {
            await work;
        }
        finally
        {
            s_now = null;
        }
    }

    public void Dispose() => _timer.Dispose();

    string Line() => s_now?.Invoke() ?? $"{_command}: at work for {WorkProgress.Duration(_clock.GetElapsedTime(_begun))}";
}
