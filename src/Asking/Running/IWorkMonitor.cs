namespace LocalOpinions.Asking.Running;

/// <summary>Whoever watches long work: is told what happens, and shown how far it is. Members may be called from any thread.</summary>
public interface IWorkMonitor
{
    /// <summary>
    /// Something went wrong and was mended, as an engine that ended and was replaced; or is not as one may expect, as a run that is not
    /// gone on with.
    /// </summary>
    void Warn(string notice);

    /// <summary>The next part of the work begins.</summary>
    void Begin(string part);

    /// <summary>Shows progress until the work has ended, and ends as the work does: with its exception, too.</summary>
    Task WatchAsync(WorkProgress progress, Task work);
}

/// <summary>Watches and says nothing.</summary>
public sealed class SilentMonitor : IWorkMonitor
{
    SilentMonitor()
    {
    }

    /// <summary>The one that there is.</summary>
    public static SilentMonitor Instance { get; } = new();

    /// <inheritdoc/>
    public void Warn(string notice)
    {
    }

    /// <inheritdoc/>
    public void Begin(string part)
    {
    }

    /// <inheritdoc/>
    public Task WatchAsync(WorkProgress progress, Task work) => work;
}
