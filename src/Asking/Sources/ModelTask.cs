using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Sources;

/// <summary>How far a task is.</summary>
/// <param name="Done">How many more of whatever it counts are done.</param>
/// <param name="Tokens">Their tokens.</param>
public sealed record TaskProgress(int Done, long Tokens)
{
    /// <summary>How many there are in all, from a task that finds that out itself; 0 otherwise.</summary>
    public int Expected { get; init; }

    /// <summary>From a task that classifies texts: the one that is done, so that it can be stored before the others are.</summary>
    public ClassifiedText? Classified { get; init; }
}

/// <summary>From a task that classifies texts: what a model says of one.</summary>
/// <param name="Place">The text's place among those of the task.</param>
/// <param name="Option">The place of the most probable option; null where none of them, or several, is more probable.</param>
/// <param name="Probability">Its probability among the choices.</param>
/// <param name="OffMenu">The probability of anything else.</param>
/// <param name="Problem">Why nothing is said; null where something is.</param>
public sealed record ClassifiedText(int Place, int? Option, double Probability, double OffMenu, string? Problem);

/// <summary>
/// Something besides a run's answers that needs the model itself. It is done where the model is, in this process or in a worker's, so it
/// holds nothing but plain values, and so does its result.
/// </summary>
public abstract record ModelTask
{
    // Tasks are known to workers by name, so there are none but those of this room.
    private protected ModelTask()
    {
    }

    /// <summary>Which part of the work is done, where several share it; null for all of it.</summary>
    public TaskPart? Part { get; init; }

    internal abstract object Do(ModelAtWork at);
}

/// <summary>A task with a result.</summary>
/// <typeparam name="T">The result's type.</typeparam>
public abstract record ModelTask<T> : ModelTask where T : class
{
    private protected ModelTask()
    {
    }

    /// <summary>Whether several models can share the work, each doing a part of it.</summary>
    internal virtual bool CanBeParted => false;

    /// <summary>The result of all parts; the same as if one model had done it all.</summary>
    /// <param name="parts">In the order of their numbers.</param>
    internal virtual T Joined(IReadOnlyList<T> parts) => parts.Single();

    internal sealed override object Do(ModelAtWork at) => Part is null ? Joined([Result(at)]) : Result(at);

    private protected abstract T Result(ModelAtWork at);
}

/// <summary>What a task has to work with.</summary>
sealed record ModelAtWork
{
    /// <summary>llama.cpp.</summary>
    public required EngineRuntime Runtime { get; init; }

    /// <summary>The model.</summary>
    public required Model Model { get; init; }

    /// <summary>What the source was opened for.</summary>
    public required AskingWork Work { get; init; }

    /// <summary>The limits of a decode.</summary>
    public required PlanShape Shape { get; init; }

    /// <summary>Native threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The rate that is measured during runs; null where none is.</summary>
    public required Engine.Decoding.PromptRate? Rate { get; init; }

    /// <summary>Told how far the task is.</summary>
    public required Action<TaskProgress> Progress { get; init; }

    /// <summary>Ends it early; it then throws <see cref="OperationCanceledException"/>.</summary>
    public required CancellationToken Cancellation { get; init; }
}
