using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Local;

/// <summary>How a model file is loaded.</summary>
/// <param name="Placement">Where its layers go.</param>
/// <param name="Threads">Native threads; null to choose.</param>
/// <param name="Ubatch">Tokens per decode; null to choose.</param>
/// <param name="Contexts">Contexts that take turns; null to choose.</param>
/// <param name="Probe">Whether llama.cpp's own prompt rate is timed between decodes.</param>
sealed record LoadChoice(Placement Placement, int? Threads, int? Ubatch, int? Contexts, bool Probe);

/// <summary>A model file in this process.</summary>
sealed class GgufSource : IAnswerSource
{
    /// <summary>What sources of this kind are called.</summary>
    public const string Kind = "gguf";

    // Questions from which on a few decodes to choose the threads do not matter.
    const int LongRun = 500;

    readonly EngineRuntime _runtime;
    readonly Model _model;
    readonly AskingWork _work;
    readonly PlanShape _shape;
    readonly int? _contexts;
    readonly Lock _lock = new();
    readonly Dictionary<int, PlannedBatch> _plans = [];
    readonly Func<Task<string>> _sha256;
    readonly PromptRate? _rate;
    (int Batch, IPromptScorer Scorer)? _open;

    GgufSource(EngineRuntime runtime, Model model, AskingWork work, LoadChoice load, Func<Task<string>> sha256)
    {
        (_runtime, _model, _work, _sha256) = (runtime, model, work, sha256);
        var chosen = load.Threads
            ?? (work.Questions.Count >= LongRun ? ThreadChoice.Measure(model, Environment.ProcessorCount) : ThreadChoice.Usual(model));
        _shape = PlanShape.For(model, load.Ubatch);
        _contexts = load.Contexts;
        Facts = new()
        {
            Architecture = model.Header.Architecture,
            Description = model.Description,
            Parameters = model.Parameters,
            Quantisation = model.Header.Quantisation,
            VocabularySize = model.Vocabulary.Size,
            ContextLength = model.ContextLength,
            Build = runtime.Build,
            Device = runtime.DeviceName,
            ComputesOn = DevicesOf(runtime, load.Placement.Gpu),
            Machine = runtime.Devices[0].Description,
            PlanShape = $"{_shape.DecodeTokens}/{_shape.Prompts}/{_shape.Prefixes}/{_shape.Height}/{_shape.Rows}/{_shape.PrefixTokens}",
            Threads = chosen,
            Warnings = model.Warnings,
            HasChat = model.Header.ChatTemplate is { Length: > 0 },
            Chat = ChatOf(model.File, model.Header, work.Design, model.Vocabulary.Start),
        };
        _rate = load.Probe ? new(model, DecodePlan.Ubatch, chosen) : null;
    }

    /// <summary>What a model file can do, wherever it is loaded.</summary>
    public static SourceAbilities OfFiles { get; } = new()
    {
        WholeOffMenu = true,
        Plan = true,
        ExactSample = true,
        Float = true,
        Rate = true,
        Writing = true,
        Generation = true,
    };

    public SourceFacts Facts { get; }

    public SourceAbilities Abilities => OfFiles;

    public EngineTimes Times { get; } = new();

    /// <summary>Loads the model.</summary>
    /// <param name="runtime">llama.cpp.</param>
    /// <param name="file">The model.</param>
    /// <param name="work">What is to be asked.</param>
    /// <param name="load">How to load it.</param>
    /// <param name="sha256">The file's hash, for whoever asks for it.</param>
    /// <exception cref="Engine.EngineException">It cannot be used; the message names the file and says why.</exception>
    public static GgufSource Load(EngineRuntime runtime, ModelFile file, AskingWork work, LoadChoice load, Func<Task<string>> sha256)
    {
        var model = Model.Load(runtime, file, ModelHeader.Read(file), load.Placement);
        try
        {
            return new(runtime, model, work, load, sha256);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Which model a file is.</summary>
    public static SourceIdentity Identity(ModelFile file, string sha256) => new(Kind, sha256, file.Name, file.Path, file.Bytes);

    /// <summary>The model's own layout, as far as a design needs it; null where it lays turns out as text.</summary>
    /// <param name="file">The model.</param>
    /// <param name="header">What its file says of itself.</param>
    /// <param name="design">How it is asked.</param>
    /// <param name="start">The start token that its vocabulary puts first by itself; null for none.</param>
    public static ChatLayout? ChatOf(ModelFile file, ModelHeader header, PromptDesign design, string? start) =>
        ChatLayout.Of(design, choice => header.ChatFormat(file, choice), start);

    public async Task<SourceIdentity> IdentifyAsync() => Identity(_model.File, await _sha256());

    public Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation) =>
        Task.Run(() => Plan(batch, [], null, cancellation), CancellationToken.None);

    /// <param name="batch">Its place among the work's batches.</param>
    /// <param name="leaveOut">Survey rows that are not to be looked at.</param>
    /// <param name="before">Told each row before it is tokenised, one after the other; null to tokenise on all cores.</param>
    /// <param name="cancellation">Gives a plan of nothing.</param>
    public BatchPlan Plan(int batch, IReadOnlyList<int> leaveOut, Action<int>? before, CancellationToken cancellation)
    {
        var questions = leaveOut.Count == 0
            ? _work.Batches[batch]
            : [.. _work.Batches[batch].Where(q => !leaveOut.Contains(q.SourceRow))];
        if (before is not null)
        {
            foreach (var question in questions)
            {
                before(question.SourceRow);
                PromptBatch.Prepare(_model, _work.Design, [question], cancellation);
            }
        }
        var prepared = PromptBatch.Prepare(_model, _work.Design, questions, cancellation);
        if (prepared.Prompts.Count == 0)
            return BatchPlan.Nothing(batch, prepared.Unasked);
        var plan = PlannedBatch.Of(_model, _work.Job, _shape, prepared.Prompts);
        lock (_lock)
            _plans[batch] = plan;
        return new(batch, prepared.Asked, prepared.Unasked, plan.Groups, plan.Sha256, plan.Tokens, plan.UnsharedTokens);
    }

    public IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation) =>
        Score(plan.Batch, answered, null, singly: false, cancellation);

    /// <param name="batch">Its place among the work's batches.</param>
    /// <param name="answered">Prompts that need no score.</param>
    /// <param name="decoding">Told the context and the prompts of each decode before it begins.</param>
    /// <param name="singly">Whether no two decodes are to be under way at once.</param>
    /// <param name="cancellation">Ends the stream early.</param>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(
        int batch, Predicate<int> answered, Action<int, IReadOnlyList<int>>? decoding, bool singly,
        CancellationToken cancellation)
    {
        if (_open is { } open && open.Batch != batch)
            Close();
        // Shares of one batch are scored one after the other in one context.
        var options = new ScorerOptions(_work.Job.Arithmetic, Facts.Threads, _rate, Times) { Contexts = _contexts };
        _open ??= (batch, PlanOf(batch).Open(options));
        return _open.Value.Scorer.Score(answered, cancellation, decoding, singly);
    }

    /// <summary>Each prompt in a decode of its own.</summary>
    public IEnumerable<IReadOnlyList<PromptScore>> ScoreAlone(
        int batch, IReadOnlyList<int> keys, Action<int, IReadOnlyList<int>> decoding, CancellationToken cancellation)
    {
        foreach (var prompt in PlanOf(batch).Prompts.IntersectBy(keys, p => p.Key))
        {
            using var scorer = PlannedBatch.Of(_model, _work.Job, _shape, [prompt])
                .Open(new(_work.Job.Arithmetic, Facts.Threads, null, Times) { Contexts = 1 });
            foreach (var scores in scorer.Score(null, cancellation, decoding))
                yield return scores;
        }
    }

    public bool HasPlan(int batch, string sha256)
    {
        lock (_lock)
            return _plans.TryGetValue(batch, out var known) && known.Sha256 == sha256;
    }

    public Task<T> RunAsync<T>(ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation) where T : class =>
        Task.Run(() => (T)Run(task, done => progress?.Report(done), cancellation), CancellationToken.None);

    public object Run(ModelTask task, Action<TaskProgress> progress, CancellationToken cancellation)
    {
        // Two contexts need not be there at once.
        Close();
        return task.Do(new()
        {
            Runtime = _runtime,
            Model = _model,
            Work = _work,
            Shape = _shape,
            Threads = Facts.Threads,
            Rate = _rate,
            Progress = progress,
            Cancellation = cancellation,
        });
    }

    public SourceIncidents TakeIncidents() => SourceIncidents.None;

    public ValueTask DisposeAsync()
    {
        Close();
        _rate?.Dispose();
        _model.Dispose();
        return ValueTask.CompletedTask;
    }

    static string DevicesOf(EngineRuntime runtime, int? gpu)
    {
        var gpus = runtime.Devices.Where(d => d.IsGpu).Select((d, i) => $"{runtime.DeviceName}:{i} ({d.Description})").ToList();
        return gpus.Count == 0 ? runtime.DeviceName : gpu is { } one ? gpus[one] : string.Join(", ", gpus);
    }

    PlannedBatch PlanOf(int batch)
    {
        lock (_lock)
        {
            foreach (var earlier in _plans.Keys.Where(b => b < batch).ToList())
                _plans.Remove(earlier);
            return _plans[batch];
        }
    }

    void Close()
    {
        _open?.Scorer.Dispose();
        _open = null;
    }
}
