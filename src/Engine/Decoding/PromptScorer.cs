using System.Diagnostics;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Engine.Decoding;

/// <summary>How a plan is computed.</summary>
/// <param name="Arithmetic">How attention is computed.</param>
/// <param name="Threads">Native threads, 1 to <see cref="MostThreads"/>.</param>
/// <param name="Probe">If given, llama.cpp's own rate is timed with it every 30 seconds between two decodes: see
/// <see cref="EngineTimes.Probes"/>.</param>
/// <param name="Times">Where to add up the time, over several scorers; one of its own if absent.</param>
public sealed record ScorerOptions(Arithmetic Arithmetic, int Threads, PromptRate? Probe = null, EngineTimes? Times = null)
{
    /// <summary>ggml's own limit (GGML_MAX_N_THREADS); more end the process.</summary>
    public const int MostThreads = 512;

    /// <summary>Threads that copy logits and read labels beside the engine's; null for one where native threads need the processors, up to
    /// eight where a GPU computes. Scores do not depend on it.</summary>
    public int? Readers { get; init; }

    /// <summary>
    /// Contexts that take turns, 1 to <see cref="MostContexts"/>; null for one on the CPU and two where a GPU that holds the whole model
    /// has room for both. Scores do not depend on it. Whole texts are read in one.
    /// </summary>
    public int? Contexts { get; init; }

    /// <summary>More would only share the device's memory.</summary>
    public const int MostContexts = 4;
}

/// <summary>Reads the probabilities of labels, or of whole texts, from logits; nothing is sampled. One thread at a time.</summary>
public sealed class PromptScorer : IPromptScorer
{
    const int MostWithoutNumbers = 256, ChecksAlone = 4;

    readonly Model _model;
    readonly ScorerOptions _options;
    readonly DecodePlan _plan;
    readonly List<DecodeContext> _contexts;
    readonly int _vocabularySize, _readers;
    readonly PromptRate? _probe;

    /// <summary>Makes contexts just large enough for a plan.</summary>
    /// <param name="model">The model; must outlive the scorer.</param>
    /// <param name="plan">What to decode; no prompt longer than <see cref="Model.ContextLength"/>.</param>
    /// <param name="options">How to compute it.</param>
    /// <exception cref="EngineException">llama.cpp could not make the context.</exception>
    public PromptScorer(Model model, DecodePlan plan, ScorerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, ScorerOptions.MostThreads);
        (_model, _options, _plan) = (model, options, plan);
        _vocabularySize = model.Vocabulary.Size;
        _readers = options.Readers ?? SomeThreads.Beside(model.OnCpu);
        _probe = options.Probe;
        Times = options.Times ?? new();
        _contexts = TurnTaking.Contexts(model, plan, options);
    }

    /// <summary>Where the time went, summed over all calls of <see cref="Score"/>.</summary>
    public EngineTimes Times { get; }

    /// <summary>
    /// Decodes the plan on a thread for each context, yielding the scores that one decode completes at a time. A score depends on its
    /// prompt's decodes and their ancestors only, so it comes out the same when others are left out, and on whichever context.
    /// </summary>
    /// <param name="answered">Keys that need no score any more; a decode of such prompts only is left out. None if absent.</param>
    /// <param name="cancellation">Ends the enumeration early, within a decode where the device allows it. Whoever ends it early, so or by
    /// leaving the loop, needs a new scorer.</param>
    /// <param name="decoding">Told the context and the prompts of each decode before it begins, on the thread that decodes; native code may
    /// end the process within.</param>
    /// <param name="singly">Whether no two decodes are to be under way at once.</param>
    /// <remarks>
    /// Prompts without numbers come last, each asked once more alone: what has none then has a <see cref="PromptScore.Problem"/>.
    /// </remarks>
    /// <exception cref="EngineException">llama.cpp failed, or gives numbers behind none of the first prompts.</exception>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(
        Predicate<int>? answered = null, CancellationToken cancellation = default, Action<int, IReadOnlyList<int>>? decoding = null,
        bool singly = false)
    {
        var leaves = answered is null ? _plan.Leaves : _plan.Leaves.Where(l => !l.Segments.All(s => !s.Path.Serves(k => !answered(k))));
        using var engines = Start(singly ? 1 : _contexts.Count, leaves, decoding, _probe, cancellation);
        var reader = new ScoreReader(answered, _readers);
        var hasNumbers = false;
        foreach (var logits in engines.Decoded())
        {
            var start = Stopwatch.GetTimestamp();
            var scores = reader.Read(logits);
            Times.AddReading(Stopwatch.GetElapsedTime(start));
            hasNumbers = hasNumbers || scores.Count > 0;
            if (!hasNumbers && reader.WithoutNumbers.Count >= MostWithoutNumbers)
            {
                // They may owe it to what they all share with one.
                hasNumbers = reader.WithoutNumbers.Chunk(reader.WithoutNumbers.Count / ChecksAlone)
                    .Any(some => ScoreAlone(some[0], cancellation) is not null);
                if (!hasNumbers && !cancellation.IsCancellationRequested)
                    throw new EngineException(EngineError.Decode, $"The model's logits are no numbers behind the first "
                        + $"{reader.WithoutNumbers.Count:N0} prompts; its file may be damaged.");
            }
            if (scores.Count > 0)
                yield return scores;
        }
        foreach (var prompt in reader.WithoutNumbers)
        {
            if (cancellation.IsCancellationRequested)
                yield break;
            decoding?.Invoke(0, [prompt.Key]);
            yield return [ScoreAlone(prompt, cancellation) ?? PromptScore.NoNumbers(prompt)];
        }
    }

    // Beside one that spoils its decode a prompt has no numbers either; alone it has.
    PromptScore? ScoreAlone(TokenizedPrompt prompt, CancellationToken cancellation)
    {
        var plan = DecodePlan.OneByOne([prompt]);
        using var context = new DecodeContext(_model, plan, _options.Arithmetic, _options.Threads);
        using var engine = new Engines([context], Work(plan, plan.Leaves, null, null), cancellation);
        var reader = new ScoreReader(null, _readers);
        return engine.Decoded().SelectMany(reader.Read).SingleOrDefault();
    }

    /// <summary>
    /// For each prompt the natural log-probabilities of every token of the vocabulary after it, in the order of decoding; prompts without
    /// texts only.
    /// </summary>
    internal IEnumerable<(int Key, double[] LogProbabilities)> AllLogProbabilities()
    {
        using var engines = Start(1, _plan.Leaves, null, null, default);
        foreach (var logits in engines.Decoded())
        {
            for (var i = 0; i < logits.Decode!.Segments.Count; i++)
            {
                var row = logits.Row(i).ToArray();
                var total = LogSumExp.Of(row);
                yield return (logits.Decode.Segments[i].Path.Key, [.. row.Select(l => l - total)]);
            }
        }
    }

    Engines Start(int count, IEnumerable<PlannedDecode> leaves, Action<int, IReadOnlyList<int>>? decoding, PromptRate? probe,
        CancellationToken cancellation)
    {
        Action<int, PlannedDecode>? told = decoding is null ? null
            : (context, leaf) => decoding(context, [.. DecodeGroups.KeysOf(leaf)]);
        return new(_contexts[..count], Work(_plan, leaves, told, probe), cancellation);
    }

    EngineWork Work(DecodePlan plan, IEnumerable<PlannedDecode> leaves, Action<int, PlannedDecode>? decoding, PromptRate? probe) => new()
    {
        Leaves = new(leaves),
        Rows = plan.MostRows,
        VocabularySize = _vocabularySize,
        InPlace = _model.OnCpu,
        Times = Times,
        Readers = _readers,
        Decoding = decoding,
        Pause = new(probe, Times),
    };

    /// <inheritdoc/>
    public void Dispose() => _contexts.ForEach(c => c.Dispose());
}
