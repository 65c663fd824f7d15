using System.Diagnostics;
using Jint;

namespace LocalOpinions.Engine.Chat;

/// <summary>
/// Ends a script that has run for too long and been computed for too long: a busy machine gives it little of both in a second, and a
/// template that is fine must not be refused for that.
/// </summary>
/// <param name="longest">The most, of the clock's time as of the process' processor time.</param>
sealed class ProcessorTimeLimit(TimeSpan longest) : Constraint
{
    // Asking for the process' times takes a microsecond, as some statements do.
    const int StatementsBetweenLooks = 1 << 10;

    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly TimeSpan _before = Environment.CpuUsage.TotalTime;
    int _statements;

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">It has run too long.</exception>
    public override void Check()
    {
        if (++_statements % StatementsBetweenLooks == 0 && _clock.Elapsed > longest && Environment.CpuUsage.TotalTime - _before > longest)
            throw new TimeoutException();
    }

    /// <summary>The limit is for all that is done with a template, not for each call.</summary>
    public override void Reset()
    {
    }
}
