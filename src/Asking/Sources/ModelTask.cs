using System.Text.Json.Serialization;
using LocalOpinions.Asking.Tasks;
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

/// <summary>
/// Something besides a run's answers that needs the model itself. It is done where the model is, in this process or in a worker's, so it
/// holds nothing but plain values, and so does its result.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "task")]
[JsonDerivedType(typeof(SampleTask), "sample")]
[JsonDerivedType(typeof(RateTask), "rate")]
[JsonDerivedType(typeof(VerifyTask), "verify")]
[JsonDerivedType(typeof(WriteTask), "write")]
[JsonDerivedType(typeof(ClassifyTask), "classify")]
[JsonDerivedType(typeof(DraftTask), "draft")]
[JsonDerivedType(typeof(SharingTask), "sharing")]
[JsonDerivedType(typeof(FormatsTask), "formats")]
[JsonDerivedType(typeof(EstimateTask), "estimate")]
public abstract record ModelTask
{
    // Tasks are known to workers by name, so there are none but those of this room.
    private protected ModelTask()
    {
    }

    internal abstract object Do(ModelAtWork at);
}

/// <summary>A task with a result.</summary>
/// <typeparam name="T">The result's type.</typeparam>
public abstract record ModelTask<T> : ModelTask where T : class
{
    private protected ModelTask()
    {
    }

    internal sealed override object Do(ModelAtWork at) => Result(at);

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
