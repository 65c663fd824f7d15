using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Workers;

/// <summary>One place at which a worker works: when it dies, another takes its place.</summary>
/// <param name="start">Starts a worker.</param>
/// <param name="job">What it is all about.</param>
/// <param name="load">The device and threads of this place.</param>
sealed class WorkerSlot(Func<IWorker> start, JobRequest job, LoadRequest load) : IAsyncDisposable
{
    // A model that ends its process at loading does so again; but the first end may have been a want of memory.
    const int LoadAttempts = 2;

    readonly SemaphoreSlim _starting = new(1);
    IWorker? _worker;

    public int? ProcessId => _worker?.Id;

    /// <summary>The worker, started and with its model loaded.</summary>
    /// <param name="died">Told the reason of each end before loading succeeds.</param>
    /// <exception cref="EngineException">The model cannot be used, or ends the process whenever it is loaded.</exception>
    public async Task<(IWorker Worker, SourceFacts? Facts)> AliveAsync(Action<string> died)
    {
        await _starting.WaitAsync();
        try
        {
            if (_worker is { HasEnded: false } alive)
                return (alive, null);
            for (var attempt = 1; ; attempt++)
            {
                if (_worker is not null)
                    await _worker.DisposeAsync();
                _worker = start();
                try
                {
                    await _worker.SendAsync(job);
                    await ExpectAsync<HelloReply>(_worker);
                    await _worker.SendAsync(load);
                    return (_worker, (await ExpectAsync<ReadyReply>(_worker)).Facts);
                }
                catch (WorkerDiedException e)
                {
                    died($"while loading the model, {e.Reason}");
                    if (attempt == LoadAttempts)
                        throw Unusable(attempt, e.Reason);
                }
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        _starting.Dispose();
    }

    public static async Task<T> ExpectAsync<T>(IWorker worker) where T : WorkerReply =>
        await worker.ReceiveAsync() is T reply ? reply
            : throw new InvalidOperationException($"A worker gave another answer than {typeof(T).Name}.");

    // What a driver says of code that it would have to compile for its card, and cannot read.
    static EngineException Unusable(int attempts, string reason) => reason.Contains("unsupported toolchain", StringComparison.Ordinal)
        ? new(EngineError.Device, $"This build of llama.cpp has no code for this card, and the driver is older than the CUDA that could "
            + $"compile it there: install a newer driver, or use another build ({reason}).")
        {
            Remedy = EngineRemedy.NewerDriver,
        }
        : new(EngineError.ModelUnusable, $"The model cannot be used: llama.cpp ended {attempts} times while loading it ({reason}).");
}
