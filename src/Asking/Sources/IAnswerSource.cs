using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Sources;

/// <summary>A model that can be asked. It says what is wrong with it before anything slow begins, and opens a source of answers.</summary>
public interface IAskedModel
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Bytes of its file, by which models' costs are compared; 0 where there is none.</summary>
    long Bytes => 0;

    /// <summary>The most prompts of a batch that suit it.</summary>
    int MostPrompts => Prompts.PromptBatch.MostPrompts;

    /// <summary>Tells what can be told without loading it.</summary>
    /// <param name="design">How it is to be asked.</param>
    /// <exception cref="Engine.EngineException">It cannot be used, or not be asked so.</exception>
    void Require(Prompts.PromptDesign design);

    /// <summary>Tells it from every other, as <see cref="SourceIdentity.Fingerprint"/>; may take as long as reading a file.</summary>
    /// <param name="cancellation">Ends it early.</param>
    Task<string> FingerprintAsync(CancellationToken cancellation);

    /// <summary>Whether two fingerprints are of the same model; those of a served one differ by the noise of arithmetic.</summary>
    /// <param name="known">One that was noted.</param>
    /// <param name="fingerprint">What <see cref="FingerprintAsync"/> gave, or a run of the model stored.</param>
    bool IsSame(string known, string fingerprint) => known.Equals(fingerprint, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The same under the fingerprint that it had elsewhere, where it still is that model: so pieces that several processes ask of a
    /// served one, each into a file of its own, are one model's.
    /// </summary>
    /// <param name="fingerprint">The one that was noted; null for none.</param>
    IAskedModel KnownAs(string? fingerprint) => this;

    /// <summary>Opens a source for prompts.</summary>
    /// <param name="work">What is to be asked.</param>
    /// <param name="context">What the opening may need to know.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="Engine.EngineException">The model or the device cannot be used.</exception>
    Task<IAnswerSource> OpenAsync(AskingWork work, SourceContext context, CancellationToken cancellation);
}

/// <summary>What the opening of a source may need to know.</summary>
/// <param name="Known">Fingerprints of models that have done their work here before, and so need no watching.</param>
/// <param name="Warn">Told in words what went wrong and was mended.</param>
public sealed record SourceContext(Func<IReadOnlySet<string>> Known, Action<string> Warn)
{
    /// <summary>Every model of whom there are answers here, by name and fingerprint.</summary>
    public Func<IReadOnlyList<(string Name, string Fingerprint)>> Stored { get; init; } = () => [];

    /// <summary>Nothing is known, and nobody is told.</summary>
    public static SourceContext None { get; } = new(() => new HashSet<string>(), _ => { });
}

/// <summary>What answers prompts, batch by batch: a model in this process, in children of it, or elsewhere.</summary>
/// <remarks>One caller at a time, but that a batch may be planned while another is scored.</remarks>
public interface IAnswerSource : IAsyncDisposable
{
    /// <summary>What a run stores and tells of it.</summary>
    SourceFacts Facts { get; }

    /// <summary>What it can do.</summary>
    SourceAbilities Abilities { get; }

    /// <summary>Where its time went; complete when nothing is being scored.</summary>
    EngineTimes Times { get; }

    /// <summary>What makes it the one that it is: a run's key holds this.</summary>
    Task<SourceIdentity> IdentifyAsync();

    /// <summary>Lays a batch of questions out and plans how they are asked.</summary>
    /// <param name="batch">Its place among <see cref="AskingWork.Batches"/>.</param>
    /// <param name="cancellation">Gives a plan of nothing, early.</param>
    Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation);

    /// <summary>Asks what has no answer yet, yielding scores as they come; those that were asked together, together.</summary>
    /// <param name="plan">From <see cref="PlanAsync"/>.</param>
    /// <param name="answered">Prompts, by key, that need no score.</param>
    /// <param name="cancellation">Ends the stream early, without an exception.</param>
    IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation);

    /// <summary>Does something where the model is.</summary>
    /// <param name="task">What.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="NotSupportedException">This kind of source cannot do it: see <see cref="Abilities"/>.</exception>
    Task<T> RunAsync<T>(ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation) where T : class;

    /// <summary>Whatever was noticed since the last call: engines that ended, and the prompts set aside for it.</summary>
    SourceIncidents TakeIncidents();
}

/// <summary>What makes a source of answers the one that it is.</summary>
/// <param name="Kind">How it answers: "gguf" for a model file in llama.cpp.</param>
/// <param name="Fingerprint">Tells it from every other: of a model file the SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Place">Where it was found: a path, an address.</param>
/// <param name="Bytes">The size of its file; 0 where there is none.</param>
public sealed record SourceIdentity(string Kind, string Fingerprint, string Name, string Place, long Bytes);

/// <summary>What a kind of source can do.</summary>
public sealed record SourceAbilities
{
    /// <summary>Whether the probability outside all labels is known as it is; else only a bound of it.</summary>
    public bool WholeOffMenu { get; init; }

    /// <summary>Whether answers depend on a plan, which is then part of a run.</summary>
    public bool Plan { get; init; }

    /// <summary>
    /// Whether it can score prompts one by one as exactly as it computes anything, which is what the noise floor is measured against.
    /// </summary>
    public bool ExactSample { get; init; }

    /// <summary>Whether it can also compute with its weights in F32.</summary>
    public bool Float { get; init; }

    /// <summary>Whether its own prompt rate can be measured.</summary>
    public bool Rate { get; init; }

    /// <summary>Whether it can write on from the prompts it was opened for: to look at, and in runs of written answers.</summary>
    public bool Writing { get; init; }

    /// <summary>Whether it can write whatever is wanted of it.</summary>
    public bool Generation { get; init; }
}

/// <summary>What is asked of a source before it is told to do something.</summary>
static class AnswerSources
{
    /// <summary>Makes sure that a source can write on from its prompts.</summary>
    /// <param name="source">The source.</param>
    /// <param name="name">What people call it.</param>
    /// <exception cref="Engine.EngineException">It cannot.</exception>
    public static void RequireWriting(this IAnswerSource source, string name) => Require(source.Abilities.Writing, name, "");

    /// <summary>Makes sure that a source can write whatever is wanted.</summary>
    /// <inheritdoc cref="RequireWriting"/>
    public static void RequireGeneration(this IAnswerSource source, string name) =>
        Require(source.Abilities.Generation, name, ": texts are those of model files only");

    static void Require(bool can, string name, string why)
    {
        if (!can)
            throw new Engine.EngineException(Engine.EngineError.ModelUnusable, $"{name} can be asked for probabilities, but not to write"
                + $"{why}.");
    }
}

/// <summary>What a run stores and tells of a source and the model in it.</summary>
public sealed record SourceFacts
{
    /// <summary>For example "llama"; "unknown" where nobody says.</summary>
    public required string Architecture { get; init; }

    /// <summary>One line about the model.</summary>
    public required string Description { get; init; }

    /// <summary>Number of weights; 0 where nobody says.</summary>
    public long Parameters { get; init; }

    /// <summary>For example "Q4_1"; "unknown" where nobody says.</summary>
    public required string Quantisation { get; init; }

    /// <summary>Number of tokens; 0 where nobody says.</summary>
    public int VocabularySize { get; init; }

    /// <summary>Longest context in tokens; 0 where nobody says.</summary>
    public int ContextLength { get; init; }

    /// <summary>Names everything in the inference library that numbers depend on.</summary>
    public required string Build { get; init; }

    /// <summary>What computes, for example "cpu".</summary>
    public required string Device { get; init; }

    /// <summary>Which devices compute, as "cuda:0 (NVIDIA H100)" or "cpu"; empty where nobody says.</summary>
    public string ComputesOn { get; init; } = "";

    /// <summary>A line about the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>The limits of a decode, as they stand in a run's plan; empty where there is none.</summary>
    public string PlanShape { get; init; } = "";

    /// <summary>Number type of a cache that is another's to choose, or "unknown"; null for the engine's own.</summary>
    public string? KvType { get; init; }

    /// <summary>Native threads of each engine.</summary>
    public int Threads { get; init; }

    /// <summary>How many engines share the work, each in a process of its own; 0 for the one in this process.</summary>
    public int Workers { get; init; }

    /// <summary>What is wrong with the model although it can be asked, in words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the model has a chat layout of its own.</summary>
    public bool HasChat { get; init; }

    /// <summary>That layout, where prompts are asked in it.</summary>
    public Prompts.ChatLayout? Chat { get; init; }
}

/// <summary>One batch, ready to be asked.</summary>
/// <param name="Batch">Its place among <see cref="AskingWork.Batches"/>.</param>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Unasked">Questions that cannot be asked.</param>
/// <param name="Groups">The prompts of each decode.</param>
/// <param name="Sha256">Identifies every decode; empty where there is nothing to decode.</param>
/// <param name="Tokens">Tokens to decode.</param>
/// <param name="UnsharedTokens">Tokens of all prompts.</param>
public sealed record BatchPlan(
    int Batch, IReadOnlyList<Prompts.PromptItem> Asked, IReadOnlyList<Prompts.UnaskedQuestion> Unasked, IReadOnlyList<DecodeGroup> Groups,
    string Sha256, long Tokens, long UnsharedTokens)
{
    /// <summary>A batch of which nothing is to be asked.</summary>
    public static BatchPlan Nothing(int batch, IReadOnlyList<Prompts.UnaskedQuestion> unasked) => new(batch, [], unasked, [], "", 0, 0);
}

/// <summary>A prompt of the batch last scored that no engine survived.</summary>
/// <param name="Key">The prompt.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record SetAsidePrompt(int Key, string Reason);

/// <summary>Engines that ended before their time.</summary>
/// <param name="Ends">The reason of each.</param>
/// <param name="SetAside">Prompts that were left out for it.</param>
public sealed record SourceIncidents(IReadOnlyList<string> Ends, IReadOnlyList<SetAsidePrompt> SetAside)
{
    /// <summary>Nothing happened.</summary>
    public static SourceIncidents None { get; } = new([], []);
}
