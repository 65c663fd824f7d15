using LocalOpinions.Engine;

namespace LocalOpinions.Runner.Workers;

/// <summary>What answers a run's prompts, batch by batch: the engine in this process, or in children of it.</summary>
interface IPromptEngine : IAsyncDisposable
{
    EngineFacts Facts { get; }

    EngineTimes Times { get; }

    /// <summary>Tokenises a batch of questions and plans its decodes.</summary>
    /// <param name="batch">Its place among those that <see cref="PromptBatch.Cut"/> makes of the run's questions.</param>
    Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation);

    /// <summary>Decodes what has no answer yet, yielding scores as they come; those of one decode together. Ends early when cancelled.</summary>
    IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation);

    /// <summary>Scores a small sample of the run's prompts one by one in F32.</summary>
    Task<ExactSample> SampleAsync();

    /// <summary>llama.cpp's own prompt rate, measured a number of times, in tokens per second.</summary>
    Task<IReadOnlyList<double>> MeasureAsync(int repetitions);

    /// <summary>Whatever was noticed since the last call: engines that ended, and the prompts set aside for it.</summary>
    EngineIncidents TakeIncidents();
}

/// <summary>What a run stores and tells of the engine and the model in it.</summary>
/// <param name="PlanShape">The limits of a decode, as they stand in a run's plan.</param>
/// <param name="Threads">Native threads of each engine.</param>
/// <param name="Workers">How many engines share the work, each in a process of its own; 0 for the one in this process.</param>
sealed record EngineFacts(
    string Architecture, string Description, long Parameters, string Quantisation, int VocabularySize, int ContextLength,
    string Build, string Device, string Machine, string PlanShape, int Threads, int Workers = 0);

/// <summary>One batch, ready to be decoded.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Groups">The prompts of each decode.</param>
/// <param name="Sha256">Identifies every decode; empty where there is nothing to decode.</param>
sealed record BatchPlan(int Batch, IReadOnlyList<Asked> Asked, IReadOnlyList<UnaskedQuestion> Unasked, IReadOnlyList<DecodeGroup> Groups, string Sha256, long Tokens, long UnsharedTokens);

/// <summary>A small sample of prompts, each decoded by itself in F32.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
sealed record ExactSample(IReadOnlyList<Asked> Asked, IReadOnlyList<PromptScore> Scores);

/// <summary>A prompt of the batch last scored that no engine survived.</summary>
sealed record SetAsidePrompt(int Key, string Reason);

/// <summary>Engines that ended before their time.</summary>
/// <param name="Ends">The reason of each.</param>
sealed record EngineIncidents(IReadOnlyList<string> Ends, IReadOnlyList<SetAsidePrompt> SetAside)
{
    public static EngineIncidents None { get; } = new([], []);
}
