using System.Diagnostics;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Engine.Decoding;

/// <summary>How a plan is computed.</summary>
/// <param name="Precise">F32 cache and no flash attention. With <see cref="DecodePlan.OneByOne"/> an answer then depends on its own prompt
/// alone, to the last bit.</param>
/// <param name="Threads">Native threads, 1 to <see cref="MostThreads"/>.</param>
/// <param name="Probe">If given, llama.cpp's own rate is timed with it every 30 seconds between two decodes: see
/// <see cref="EngineTimes.Probes"/>.</param>
/// <param name="Times">Where to add up the time, over several scorers; one of its own if absent.</param>
public sealed record ScorerOptions(bool Precise, int Threads, PromptRate? Probe = null, EngineTimes? Times = null)
{
    /// <summary>ggml's own limit (GGML_MAX_N_THREADS); more end the process.</summary>
    public const int MostThreads = 512;

    /// <summary>Threads that copy logits and read labels beside the engine's; null for one where native threads need the processors, up to
    /// eight where a GPU computes. Scores do not depend on it.</summary>
    public int? Readers { get; init; }
}

/// <summary>Reads the probabilities of labels, or of whole texts, from logits; nothing is sampled. One thread at a time.</summary>
public sealed class PromptScorer : IDisposable
{
    readonly DecodePlan _plan;
    readonly DecodeContext _context;
    readonly int _vocabularySize, _readers;
    readonly PromptRate? _probe;

    /// <summary>Makes a context just large enough for a plan.</summary>
    /// <param name="model">The model; must outlive the scorer.</param>
    /// <param name="plan">What to decode; no prompt longer than <see cref="Model.ContextLength"/>.</param>
    /// <param name="options">How to compute it.</param>
    /// <exception cref="EngineException">llama.cpp could not make the context.</exception>
    public PromptScorer(Model model, DecodePlan plan, ScorerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, ScorerOptions.MostThreads);
        _plan = plan;
        _vocabularySize = model.Vocabulary.Size;
        _readers = options.Readers ?? SomeThreads.Beside(model.OnCpu);
        _probe = options.Probe;
        Times = options.Times ?? new();
        _context = new(model, plan, options.Precise, options.Threads);
    }

    /// <summary>Where the time went, summed over all calls of <see cref="Score"/>.</summary>
    public EngineTimes Times { get; }

    /// <summary>
    /// Decodes the plan on a thread of its own, yielding the scores that one decode completes at a time. A score depends on its prompt's
    /// decodes and their ancestors only, so it comes out the same when others are left out.
    /// </summary>
    /// <param name="answered">Keys that need no score any more; a decode of such prompts only is left out. None if absent.</param>
    /// <param name="cancellation">Ends the enumeration early, within a decode where the device allows it. Whoever ends it early, so or by
    /// leaving the loop, needs a new scorer.</param>
    /// <param name="decoding">Told the prompts of each decode before it begins, on the engine's thread; native code may end the process
    /// within.</param>
    /// <exception cref="EngineException">llama.cpp failed, or gave logits that are no numbers.</exception>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(
        Predicate<int>? answered = null, CancellationToken cancellation = default, Action<IReadOnlyList<int>>? decoding = null)
    {
        var leaves = answered is null ? _plan.Leaves : _plan.Leaves.Where(l => !l.Segments.All(s => !s.Path.Serves(k => !answered(k))));
        if (decoding is not null)
            leaves = leaves.Select(leaf => Told(leaf, decoding));
        using var engine = new EngineThread(_context, leaves, _plan.MostRows, _vocabularySize, Times, _probe, _readers, cancellation);
        var reader = new ScoreReader(answered, _readers);
        foreach (var logits in engine.Decoded())
        {
            var start = Stopwatch.GetTimestamp();
            var scores = reader.Read(logits);
            Times.AddReading(Stopwatch.GetElapsedTime(start));
            if (scores.Count > 0)
                yield return scores;
        }
    }

    /// <summary>
    /// For each prompt the natural log-probabilities of every token of the vocabulary after it, in the order of decoding; prompts without
    /// texts only.
    /// </summary>
    internal IEnumerable<(int Key, double[] LogProbabilities)> AllLogProbabilities()
    {
        using var engine = new EngineThread(_context, _plan.Leaves, _plan.MostRows, _vocabularySize, Times, null, _readers, default);
        foreach (var logits in engine.Decoded())
        {
            for (var i = 0; i < logits.Decode!.Segments.Count; i++)
            {
                var row = logits.Row(i).ToArray();
                var total = LogSumExp.Of(row);
                yield return (logits.Decode.Segments[i].Path.Key, [.. row.Select(l => l - total)]);
            }
        }
    }

    static PlannedDecode Told(PlannedDecode leaf, Action<IReadOnlyList<int>> decoding)
    {
        decoding([.. DecodeGroups.KeysOf(leaf)]);
        return leaf;
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();
}
