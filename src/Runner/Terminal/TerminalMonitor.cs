using LocalOpinions.Asking.Running;
using Spectre.Console;

namespace LocalOpinions.Runner.Terminal;

/// <summary>Shows work on standard error: as a bar on a terminal, elsewhere as a line a minute.</summary>
sealed class TerminalMonitor : IWorkMonitor
{
    static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(500);

    readonly bool _quiet;

    TerminalMonitor(bool quiet) => _quiet = quiet;

    /// <param name="quiet">Whether to show nothing but warnings.</param>
    public static IWorkMonitor Create(bool quiet) => new TerminalMonitor(quiet);

    public void Warn(string notice) => Screen.Tell($"localopinions: {notice}");

    public void Begin(string part)
    {
        if (!_quiet)
            Screen.Tell(part);
    }

    public async Task WatchAsync(WorkProgress progress, Task work)
    {
        if (!_quiet && Console.IsErrorRedirected)
        {
            await LogLines.DescribeAsync(progress.Describe, work);
        }
        else if (!_quiet)
        {
            await Screen.Error.Progress().AutoClear(true)
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("starting", maxValue: Math.Max(1, progress.All));
                    while (!work.IsCompleted)
                    {
                        // Some work finds out on its way how much it is.
                        bar.MaxValue = Math.Max(1, progress.All);
                        bar.Value = progress.Done;
                        bar.Description = progress.Describe();
                        await Task.WhenAny(work, Task.Delay(s_refresh));
                    }
                });
        }
        await work;
    }
}
