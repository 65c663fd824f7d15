using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace LocalOpinions.Scoring.Simd;

/// <summary>ln Σ exp(x), computed as m + ln Σ exp(x − m) with m the largest x, so that nothing overflows.</summary>
/// <remarks>Safe for any input: nothing, or −∞ throughout, gives −∞; a +∞ gives +∞; a NaN gives NaN, whatever else there is.</remarks>
public static class LogSumExp
{
    // 8 KB of doubles: the buffer stays in the first-level cache.
    const int BlockLength = 1024;

    /// <summary>The natural logarithm of the sum of exponentials of a vocabulary's logits. Nothing is allocated.</summary>
    /// <param name="logits">Any number of values; the arithmetic is in double.</param>
    /// <returns>The normaliser: logit − result is the natural log of a token's probability.</returns>
    [SkipLocalsInit]
    public static double Of(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
            return double.NegativeInfinity;
        var max = TensorPrimitives.Max(logits);
        if (!float.IsFinite(max))
            return max;

        Span<double> buffer = stackalloc double[BlockLength];
        var sum = 0.0;
        while (!logits.IsEmpty)
        {
            var block = buffer[..Math.Min(BlockLength, logits.Length)];
            TensorPrimitives.ConvertTruncating<float, double>(logits[..block.Length], block);
            TensorPrimitives.Subtract(block, (double)max, block);
            TensorPrimitives.Exp(block, block);
            sum += TensorPrimitives.Sum<double>(block);
            logits = logits[block.Length..];
        }
        return max + Math.Log(sum);
    }

    /// <summary>The same over some of the logits, such as those of the tokens that a label can start with.</summary>
    /// <param name="logits">A vocabulary's logits.</param>
    /// <param name="tokens">Places in it, each once: one that stands there twice counts twice.</param>
    /// <returns>Less <see cref="Of(ReadOnlySpan{float})"/>, the natural log of the set's probability.</returns>
    /// <exception cref="IndexOutOfRangeException">A token is outside the vocabulary.</exception>
    public static double OfSet(ReadOnlySpan<float> logits, ReadOnlySpan<int> tokens)
    {
        var max = double.NegativeInfinity;
        foreach (var token in tokens)
            max = Math.Max(max, logits[token]); // a NaN stays
        if (!double.IsFinite(max))
            return max;
        var sum = 0.0;
        foreach (var token in tokens)
            sum += Math.Exp(logits[token] - max);
        return max + Math.Log(sum);
    }

    /// <summary>The same over a handful of values, such as the log-probabilities of a label's tokens.</summary>
    /// <param name="logs">Any number of natural logs.</param>
    public static double OfDoubles(ReadOnlySpan<double> logs)
    {
        if (logs.IsEmpty)
            return double.NegativeInfinity;
        var max = TensorPrimitives.Max(logs);
        if (!double.IsFinite(max))
            return max;
        var sum = 0.0;
        foreach (var log in logs)
            sum += Math.Exp(log - max);
        return max + Math.Log(sum);
    }
}
