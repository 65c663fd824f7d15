using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Asking.Running;

/// <summary>Has a source do a task while somebody watches.</summary>
static class WatchedTasks
{
    /// <param name="monitor">Shown how far it is.</param>
    /// <param name="source">Who does it.</param>
    /// <param name="task">What is done.</param>
    /// <param name="things">What the task counts, in the plural.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="expected">How many there are; 0 where the task finds that out.</param>
    public static async Task<T> DoAsync<T>(
        this IWorkMonitor monitor, IAnswerSource source, ModelTask<T> task, string things, CancellationToken cancellation, int expected = 0)
        where T : class
    {
        var progress = new WorkProgress(things);
        if (expected > 0)
            progress.Expect(expected);
        progress.Start();
        var doing = source.RunAsync(task, new TaskCounter(progress), cancellation);
        await monitor.WatchAsync(progress, doing);
        return await doing;
    }
}
