using System.Numerics.Tensors;
using LocalOpinions.Common;

namespace LocalOpinions.Engine.Generation;

/// <summary>How the next token is chosen.</summary>
/// <param name="Temperature">0 takes the most probable token each time; 1 samples from the model's own distribution; at least 0.</param>
/// <param name="TopP">The nucleus: the fewest tokens, most probable first, that together have at least this probability; above 0, at most
/// 1.</param>
/// <param name="Seed">The same seed, prompt and plan give the same text.</param>
public sealed record Sampling(double Temperature = 0, double TopP = 1, long Seed = 1)
{
    /// <exception cref="ArgumentOutOfRangeException">A value that no sampling can have.</exception>
    internal void Require()
    {
        if (!(Temperature >= 0 && double.IsFinite(Temperature)))
            throw new ArgumentOutOfRangeException(nameof(Temperature), Temperature, "A temperature is 0 or more.");
        if (!(TopP > 0 && TopP <= 1))
            throw new ArgumentOutOfRangeException(nameof(TopP), TopP, "A nucleus is above 0 and at most 1.");
    }
}

/// <summary>Chooses tokens for one text. Not thread-safe.</summary>
sealed class Sampler(Sampling sampling, ulong text)
{
    // A nucleus is looked for among tokens up to this much less probable than the best (in nats), then twice as much, and so on: sorting
    // all of a vocabulary would cost more than the rest.
    const double FirstReach = 8;

    readonly List<(double Weight, int Token)> _candidates = [];
    SplitMix64 _random = new(unchecked((ulong)sampling.Seed * SplitMix64.Golden ^ text));

    /// <summary>The next token after a row of logits; null where one of them is no number, as no probability is one then.</summary>
    public int? Next(ReadOnlySpan<float> logits)
    {
        // The first of equals; and the first NaN before any number.
        var best = TensorPrimitives.IndexOfMax(logits);
        return !float.IsFinite(logits[best]) ? null : sampling.Temperature == 0 ? best : Draw(logits, logits[best], _random.Share());
    }

    /// <summary>The token at a place of the cumulative distribution.</summary>
    /// <param name="logits">The row.</param>
    /// <param name="largest">Its largest value.</param>
    /// <param name="place">0 to 1, exclusive.</param>
    internal int Draw(ReadOnlySpan<float> logits, float largest, double place)
    {
        double all = 0;
        foreach (var logit in logits)
            all += Weight(logit, largest);
        var wanted = sampling.TopP * all;
        for (var reach = FirstReach; ; reach *= 2)
        {
            Gather(logits, largest, reach);
            double sum = 0;
            for (var i = 0; i < _candidates.Count; i++)
            {
                sum += _candidates[i].Weight;
                // The last one is it whatever rounding says.
                if (sum >= wanted || _candidates.Count == logits.Length && i == _candidates.Count - 1)
                    return At(i + 1, place * sum);
            }
        }
    }

    int At(int nucleus, double place)
    {
        double sum = 0;
        for (var i = 0; i < nucleus; i++)
        {
            sum += _candidates[i].Weight;
            if (place < sum)
                return _candidates[i].Token;
        }
        return _candidates[nucleus - 1].Token;
    }

    // Most probable first, the smaller id first among equals.
    void Gather(ReadOnlySpan<float> logits, float largest, double reach)
    {
        _candidates.Clear();
        var all = reach > 700;
        for (var i = 0; i < logits.Length; i++)
        {
            if (all || (logits[i] - largest) / sampling.Temperature >= -reach)
                _candidates.Add((Weight(logits[i], largest), i));
        }
        _candidates.Sort(static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Token.CompareTo(b.Token));
    }

    double Weight(float logit, float largest) => Math.Exp(((double)logit - largest) / sampling.Temperature);
}
