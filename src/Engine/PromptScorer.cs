using System.Diagnostics;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Engine;

/// <summary>How prompts are decoded.</summary>
/// <param name="Exact">
/// Each prompt alone in an emptied F32 cache without flash attention: repeatable whatever else is in the run. Otherwise
/// many prompts share a decode, with an F16 cache.
/// </param>
/// <param name="Threads">Native threads, 1 to <see cref="MostThreads"/>.</param>
public sealed record ScorerOptions(bool Exact, int Threads)
{
    /// <summary>ggml's own limit (GGML_MAX_N_THREADS); more end the process.</summary>
    public const int MostThreads = 512;
}

/// <summary>What the model gave one prompt's labels.</summary>
/// <param name="Key">The caller's name for the prompt.</param>
/// <param name="LogProbabilities">Per label the natural log of its next-token probability under the full vocabulary.</param>
/// <param name="Probabilities">The same renormalised over the labels; sums to 1.</param>
/// <param name="LabelMass">The probability of all labels together, 0 to 1; the rest is off the menu.</param>
/// <param name="Tokens">The prompt's length in tokens.</param>
/// <param name="ForcedBoundary">See <see cref="TokenizedPrompt.ForcedBoundary"/>.</param>
public sealed record PromptScore(int Key, double[] LogProbabilities, double[] Probabilities, double LabelMass, int Tokens, bool ForcedBoundary);

/// <summary>Reads label probabilities from next-token logits; nothing is sampled. One thread at a time.</summary>
public sealed class PromptScorer : IDisposable
{
    readonly List<DecodeGroup> _groups;
    readonly DecodeContext _context;
    readonly int _vocabularySize;

    /// <summary>Plans the decodes of a run and makes a context just large enough for them.</summary>
    /// <param name="model">The model; must outlive the scorer.</param>
    /// <param name="prompts">All prompts of the run; at least one, each with at least one token and no longer than <see cref="Model.ContextLength"/>.</param>
    /// <param name="options">How to decode.</param>
    /// <exception cref="EngineException">llama.cpp could not make the context.</exception>
    public PromptScorer(Model model, IReadOnlyList<TokenizedPrompt> prompts, ScorerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prompts.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, ScorerOptions.MostThreads);
        if (prompts.FirstOrDefault(p => p.Tokens.Length is 0) is { } empty)
            throw new ArgumentException($"Prompt {empty.Key} has no tokens.", nameof(prompts));
        _groups = options.Exact ? DecodePlan.OneByOne(prompts) : DecodePlan.Packed(prompts);
        _vocabularySize = model.Vocabulary.Size;
        _context = new(model, _groups, options.Exact, options.Threads);
    }

    /// <summary>Decodes everything, yielding the scores of one decode at a time.</summary>
    /// <param name="cancellation">Ends the enumeration early, within a decode where the device allows it.</param>
    /// <exception cref="EngineException">llama.cpp failed, or gave logits that are no numbers.</exception>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(CancellationToken cancellation = default)
    {
        using var registration = cancellation.Register(_context.Abort);
        foreach (var group in _groups)
        {
            if (cancellation.IsCancellationRequested || !_context.Decode(group))
                yield break;
            yield return [.. group.Prompts.Select((prompt, i) => Read(prompt, _context.Logits(group, i)))];
        }
    }

    /// <summary>llama.cpp's own prompt rate in this very context: warm decodes of 512 tokens of one sequence, as llama-bench's pp512.</summary>
    /// <param name="repetitions">Timed decodes after one that is not.</param>
    /// <returns>Tokens per second of each decode.</returns>
    public IReadOnlyList<double> ProbePromptRate(int repetitions)
    {
        // Any tokens do: only the time counts.
        int[] tokens = [.. Enumerable.Range(0, DecodePlan.Ubatch).Select(i => i % _vocabularySize)];
        var group = new DecodeGroup([new TokenizedPrompt(0, tokens, [], false)], 0);
        _context.Decode(group);
        var rates = new double[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _context.Decode(group);
            rates[i] = DecodePlan.Ubatch / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return rates;
    }

    /// <summary>The natural log-probabilities of every token of the vocabulary after a prompt that was planned.</summary>
    internal IEnumerable<double[]> AllLogProbabilities()
    {
        foreach (var group in _groups)
        {
            _context.Decode(group);
            for (var i = 0; i < group.Prompts.Count; i++)
            {
                var logits = _context.Logits(group, i).ToArray();
                var total = LogSumExp.Of(logits);
                yield return [.. logits.Select(l => l - total)];
            }
        }
    }

    static PromptScore Read(TokenizedPrompt prompt, ReadOnlySpan<float> logits)
    {
        var total = LogSumExp.Of(logits);
        if (!double.IsFinite(total))
            throw new EngineException(EngineError.Decode, $"The model's logits for prompt {prompt.Key} are no numbers; the file may be damaged.");
        var logProbabilities = new double[prompt.LabelTokens.Length];
        for (var i = 0; i < logProbabilities.Length; i++)
            logProbabilities[i] = LogSumExp.OfSet(logits, prompt.LabelTokens[i]) - total;
        var mass = LogSumExp.OfDoubles(logProbabilities);
        if (!double.IsFinite(mass))
            throw new EngineException(EngineError.Decode, $"The model gives no label of prompt {prompt.Key} any probability; the file may be damaged.");
        return new(prompt.Key, logProbabilities, [.. logProbabilities.Select(l => Math.Exp(l - mass))], Math.Min(1, Math.Exp(mass)), prompt.Tokens.Length, prompt.ForcedBoundary);
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();
}
