using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Asking.Workers;

/// <summary>A worker ended without being asked to: killed, or by an assertion in native code.</summary>
sealed class WorkerDiedException(string reason) : Exception($"a worker ended: {reason}")
{
    /// <summary>How it ended, as "SIGABRT: ggml.c:1: GGML_ASSERT(...) failed".</summary>
    public string Reason { get; } = reason;
}

/// <summary>The runner's end of a conversation with one worker.</summary>
interface IWorker : IAsyncDisposable
{
    /// <summary>Its process.</summary>
    int Id { get; }

    /// <summary>The survey row that it said it would tokenise, if that was the last thing it said.</summary>
    int? LastRow { get; }

    bool HasEnded { get; }

    /// <exception cref="WorkerDiedException">It has ended.</exception>
    Task SendAsync(WorkerRequest request);

    /// <returns>False where it has ended.</returns>
    Task<bool> TrySendAsync(WorkerRequest request);

    /// <summary>The next reply other than a plan.</summary>
    /// <exception cref="WorkerDiedException">It has ended.</exception>
    /// <exception cref="Engine.EngineException">It failed, and said why.</exception>
    Task<WorkerReply> ReceiveAsync();

    /// <summary>Has a batch planned; may be asked while another is scored.</summary>
    /// <exception cref="WorkerDiedException">It has ended.</exception>
    /// <exception cref="Engine.EngineException">It failed, and said why.</exception>
    Task<BatchPlan> PlanAsync(PlanRequest request);
}
