using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Workers;

/// <summary>What the runner asks of a worker: one line of JSON each, on the worker's standard input.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(JobRequest), "job")]
[JsonDerivedType(typeof(LoadRequest), "load")]
[JsonDerivedType(typeof(PlanRequest), "plan")]
[JsonDerivedType(typeof(ScoreRequest), "score")]
[JsonDerivedType(typeof(TaskRequest), "task")]
[JsonDerivedType(typeof(StopRequest), "stop")]
abstract record WorkerRequest;

/// <summary>The first request: what all others are about, with nothing left to be found or chosen.</summary>
/// <param name="ModelPath">The model's file.</param>
/// <param name="Device">Which build of llama.cpp to load.</param>
/// <param name="GpuLayers">Layers on the GPU; null for all.</param>
/// <param name="Ubatch">Tokens per decode; null to choose.</param>
/// <param name="Contexts">Contexts that take turns; null to choose.</param>
/// <param name="Probe">Whether llama.cpp's own prompt rate is timed between decodes.</param>
/// <param name="Job">What is asked.</param>
sealed record JobRequest(
    string ModelPath, DeviceKind Device, int? GpuLayers, int? Ubatch, int? Contexts, bool Probe, AskingJob Job) : WorkerRequest;

/// <summary>Loads the model.</summary>
/// <param name="Gpu">The one GPU to use, by number; null for all there are.</param>
/// <param name="Threads">Native threads; null to choose.</param>
sealed record LoadRequest(int? Gpu, int? Threads) : WorkerRequest;

/// <summary>Tokenises and plans a batch; may come while another is scored.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="LeaveOut">Survey rows that are not to be looked at.</param>
/// <param name="Singly">Whether to tokenise question by question and say which first: an engine has ended here before.</param>
sealed record PlanRequest(int Batch, IReadOnlyList<int> LeaveOut, bool Singly) : WorkerRequest;

/// <summary>Decodes some prompts of a batch.</summary>
/// <param name="Batch">The batch's number.</param>
/// <param name="LeaveOut">As of its <see cref="PlanRequest"/>.</param>
/// <param name="Keys">The prompts that need a score.</param>
/// <param name="Sha256">The plan they belong to.</param>
/// <param name="Alone">Whether to decode each by itself: an engine has ended on them together.</param>
/// <param name="Singly">Whether to decode one after the other, so that an end is one decode's: an engine has ended before.</param>
sealed record ScoreRequest(
    int Batch, IReadOnlyList<int> LeaveOut, string Sha256, IReadOnlyList<int> Keys, bool Alone, bool Singly) : WorkerRequest;

/// <summary>Does something else with the model.</summary>
sealed record TaskRequest(ModelTask Task) : WorkerRequest;

/// <summary>Ends a scoring or a task early.</summary>
sealed record StopRequest : WorkerRequest;

/// <summary>What a worker answers: one line of JSON each, on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(HelloReply), "hello")]
[JsonDerivedType(typeof(ReadyReply), "ready")]
[JsonDerivedType(typeof(WorkingReply), "working")]
[JsonDerivedType(typeof(PlannedReply), "planned")]
[JsonDerivedType(typeof(ScoredReply), "scored")]
[JsonDerivedType(typeof(DoneReply), "done")]
[JsonDerivedType(typeof(ProgressReply), "progress")]
[JsonDerivedType(typeof(ResultReply), "result")]
[JsonDerivedType(typeof(StoppedReply), "stopped")]
[JsonDerivedType(typeof(FailedReply), "failed")]
abstract record WorkerReply;

/// <summary>The first reply: llama.cpp is loaded and has found these devices.</summary>
sealed record HelloReply(IReadOnlyList<Device> Devices) : WorkerReply;

/// <summary>The model is loaded.</summary>
sealed record ReadyReply(SourceFacts Facts) : WorkerReply;

/// <summary>Said before anything that has been seen to end a process.</summary>
/// <param name="Keys">The prompts about to be decoded.</param>
/// <param name="Row">The survey row about to be tokenised.</param>
/// <param name="Context">The context in which: what it said before of the same one is done.</param>
sealed record WorkingReply(IReadOnlyList<int> Keys, int? Row, int Context = 0) : WorkerReply;

sealed record PlannedReply(BatchPlan Plan) : WorkerReply;

sealed record ScoredReply(IReadOnlyList<PromptScore> Scores) : WorkerReply;

/// <summary>The end of a scoring, complete or stopped.</summary>
sealed record DoneReply(EngineTimesSnapshot Times) : WorkerReply;

/// <summary>How far a task is.</summary>
sealed record ProgressReply(TaskProgress Progress) : WorkerReply;

/// <summary>What came of a task, as JSON of the task's own type.</summary>
sealed record ResultReply(JsonElement Result) : WorkerReply;

/// <summary>A task was ended early.</summary>
sealed record StoppedReply : WorkerReply;

/// <summary>An expected failure (with its kind) or a bug; the worker ends.</summary>
sealed record FailedReply(EngineError? Kind, string Message, EngineRemedy Remedy = EngineRemedy.None) : WorkerReply;

/// <summary>How messages look: a line each.</summary>
static class WorkerJson
{
    static readonly JsonSerializerOptions s_options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TaskNames.AddTo } },
    };

    // Doubles come out as they went in, to the last bit: the shortest text that reads back as the same number.
    public static string Write<T>(T message) => JsonSerializer.Serialize(message, s_options);

    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), s_options);

    public static T Read<T>(JsonElement element) =>
        element.Deserialize<T>(s_options) ?? throw new JsonException("An empty result.");

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, s_options) ?? throw new JsonException("An empty message.");
}
