using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Workers;

/// <summary>The engine in this process.</summary>
sealed class LocalEngine : IPromptEngine
{
    // Questions from which on a few decodes to choose the threads do not matter.
    const int LongRun = 500;

    readonly Model _model;
    readonly RunRequest _request;
    readonly IReadOnlyList<Question> _questions;
    readonly List<IReadOnlyList<Question>> _batches;
    readonly Lock _lock = new();
    readonly Dictionary<int, (IReadOnlyList<TokenizedPrompt> Prompts, DecodePlan Plan)> _plans = [];
    readonly PromptRate? _probe;
    (int Batch, PromptScorer Scorer)? _open;

    LocalEngine(EngineRuntime runtime, Model model, RunRequest request, IReadOnlyList<Question> questions, int? threads)
    {
        (_model, _request, _questions) = (model, request, questions);
        _batches = [.. PromptBatch.Cut(questions, request.Asking)];
        var chosen = threads ?? (questions.Count >= LongRun ? ThreadChoice.Measure(model, Environment.ProcessorCount) : Environment.ProcessorCount);
        var shape = PlanShape.For(model);
        Facts = new(
            model.Header.Architecture, model.Description, model.Parameters, model.Header.Quantisation, model.Vocabulary.Size, model.ContextLength,
            runtime.Build, runtime.DeviceName, runtime.Devices[0].Description, $"{shape.DecodeTokens}/{shape.Prompts}/{shape.Prefixes}/{shape.Height}/{shape.Rows}/{shape.PrefixTokens}", chosen);
        _probe = request.Probe ? new(model, DecodePlan.Ubatch, chosen) : null;
    }

    public EngineFacts Facts { get; }

    public EngineTimes Times { get; } = new();

    /// <summary>Loads the model.</summary>
    /// <param name="threads">Native threads; null to choose.</param>
    /// <exception cref="EngineException">It cannot be used; the message names the file and says why.</exception>
    public static LocalEngine Load(EngineRuntime runtime, ModelFile file, ModelHeader header, RunRequest request, IReadOnlyList<Question> questions, Placement placement, int? threads)
    {
        var model = Model.Load(runtime, file, header, placement);
        try
        {
            return new(runtime, model, request, questions, threads);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The decodes of prompts as a run has them.</summary>
    public static DecodePlan Plan(Model model, IReadOnlyCollection<TokenizedPrompt> prompts, bool exact) => exact ? DecodePlan.OneByOne(prompts) : DecodePlan.Packed(prompts, PlanShape.For(model));

    public Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation) => Task.Run(() => Plan(batch, [], null, cancellation), CancellationToken.None);

    /// <param name="leaveOut">Survey rows that are not to be looked at.</param>
    /// <param name="before">Told each row before it is tokenised, one after the other; null to tokenise on all cores.</param>
    public BatchPlan Plan(int batch, IReadOnlyList<int> leaveOut, Action<int>? before, CancellationToken cancellation)
    {
        var questions = leaveOut.Count == 0 ? _batches[batch] : [.. _batches[batch].Where(q => !leaveOut.Contains(q.SourceRow))];
        if (before is not null)
        {
            foreach (var question in questions)
            {
                before(question.SourceRow);
                PromptBatch.Prepare(_model, _request.Asking, [question], cancellation);
            }
        }
        var prepared = PromptBatch.Prepare(_model, _request.Asking, questions, cancellation);
        if (prepared.Prompts.Count == 0)
            return new(batch, [], prepared.Unasked, [], "", 0, 0);
        var plan = Plan(_model, prepared.Prompts, _request.Exact);
        lock (_lock)
            _plans[batch] = (prepared.Prompts, plan);
        return new(batch, prepared.Asked, prepared.Unasked, plan.Groups(), plan.Sha256, plan.Tokens, plan.UnsharedTokens);
    }

    public IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation) => Score(plan.Batch, answered, null, cancellation);

    /// <param name="decoding">Told the prompts of each decode before it begins.</param>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(int batch, Predicate<int> answered, Action<IReadOnlyList<int>>? decoding, CancellationToken cancellation)
    {
        if (_open is { } open && open.Batch != batch)
            Close();
        // Shares of one batch are scored one after the other in one context.
        _open ??= (batch, new PromptScorer(_model, PlanOf(batch).Plan, new(_request.Exact, Facts.Threads, _probe, Times)));
        return _open.Value.Scorer.Score(answered, cancellation, decoding);
    }

    /// <summary>Each prompt in a decode of its own.</summary>
    public IEnumerable<IReadOnlyList<PromptScore>> ScoreAlone(int batch, IReadOnlyList<int> keys, Action<IReadOnlyList<int>> decoding, CancellationToken cancellation)
    {
        foreach (var prompt in PlanOf(batch).Prompts.IntersectBy(keys, p => p.Key))
        {
            var plan = Plan(_model, [prompt], _request.Exact);
            using var scorer = new PromptScorer(_model, plan, new(_request.Exact, Facts.Threads, null, Times));
            foreach (var scores in scorer.Score(null, cancellation, decoding))
                yield return scores;
        }
    }

    public bool HasPlan(int batch, string sha256)
    {
        lock (_lock)
            return _plans.TryGetValue(batch, out var known) && known.Plan.Sha256 == sha256;
    }

    public Task<ExactSample> SampleAsync()
    {
        // Two contexts need not be there at once.
        Close();
        return Task.FromResult(NoiseFloorJob.Sample(_model, _request.Asking, _questions, Facts.Threads));
    }

    public Task<IReadOnlyList<double>> MeasureAsync(int repetitions) =>
        Task.FromResult<IReadOnlyList<double>>(_probe is null ? [] : [.. Enumerable.Range(0, repetitions).Select(_ => _probe.Measure())]);

    public EngineIncidents TakeIncidents() => EngineIncidents.None;

    public ValueTask DisposeAsync()
    {
        Close();
        _probe?.Dispose();
        _model.Dispose();
        return ValueTask.CompletedTask;
    }

    (IReadOnlyList<TokenizedPrompt> Prompts, DecodePlan Plan) PlanOf(int batch)
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
