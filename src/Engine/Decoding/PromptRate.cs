using System.Diagnostics;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>
/// llama.cpp's own prompt rate, by llama-bench's protocol: decodes of one sequence in an emptied cache, after one that is not timed.
/// </summary>
/// <remarks>It has a context of its own, so it can be asked in the midst of a run, between two decodes. One thread at a time.</remarks>
public sealed class PromptRate : IDisposable
{
    readonly DecodeContext _context;
    readonly DecodePlan _plan;

    /// <summary>Makes the context and decodes once to warm up.</summary>
    /// <param name="model">The model; must outlive this.</param>
    /// <param name="tokens">Tokens per decode: 512 for pp512. More than 512 are one ubatch too.</param>
    /// <param name="threads">Native threads.</param>
    public PromptRate(Model model, int tokens, int threads)
    {
        // Any tokens do: only the time counts.
        var prompt = new TokenizedPrompt(0, [.. Enumerable.Range(0, tokens).Select(i => i % model.Vocabulary.Size)], [], false);
        _plan = DecodePlan.OneByOne([prompt], Math.Max(tokens, DecodePlan.Ubatch));
        _context = new(model, _plan, Arithmetic.Usual, threads);
        try
        {
            Decode();
        }
        catch
        {
            _context.Dispose();
            throw;
        }
    }

    /// <summary>Times one decode.</summary>
    /// <returns>Tokens per second.</returns>
    public double Measure()
    {
        var start = Stopwatch.GetTimestamp();
        Decode();
        return _plan.Tokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    void Decode() => _context.Decode(_context.Prepare(_plan.Leaves[0]).Single());

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();
}
