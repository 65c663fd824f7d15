using System.Diagnostics;
using LocalOpinions.Asking.Running;
using LocalOpinions.Hub;
using Spectre.Console;

namespace LocalOpinions.Runner.Terminal;

/// <summary>How far a download is, shown on a terminal; elsewhere as a line a minute.</summary>
sealed class TransferProgress(PullProgress progress, long? bytes)
{
    static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(500);

    readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Waits for the work, showing it on standard error if a person may be watching there.</summary>
    public async Task ShowAsync(Task work, bool quiet)
    {
        if (!quiet && !Console.IsErrorRedirected)
        {
            await Screen.Error.Progress().AutoClear(true)
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("starting", maxValue: Math.Max(1, bytes ?? 0));
                    bar.IsIndeterminate = bytes is null;
                    while (!work.IsCompleted)
                    {
                        bar.Value = progress.Bytes;
                        bar.Description = Markup.Escape(Describe(_clock.Elapsed.TotalSeconds));
                        await Task.WhenAny(work, Task.Delay(s_refresh));
                    }
                });
        }
        await LogLines.DescribeAsync(() => Describe(_clock.Elapsed.TotalSeconds), work);
    }

    internal string Describe(double seconds)
    {
        if (progress.Note.Length > 0)
            return Screen.Clean(progress.Note);
        var rate = progress.Received / Math.Max(seconds, 1e-3);
        var left = bytes is null ? "" : rate > 0
            ? $", {WorkProgress.Duration(TimeSpan.FromSeconds((bytes.Value - progress.Bytes) / rate))} left" : ", measuring";
        return $"{progress.File}: {Size(progress.Bytes)}{(bytes is null ? "" : $"/{Size(bytes.Value)}")}, {rate / 1e6:N1} MB/s{left}";
    }

    internal static string Size(long bytes) => bytes >= 1_000_000_000 ? $"{bytes / 1e9:N2} GB" : $"{bytes / 1e6:N1} MB";
}
