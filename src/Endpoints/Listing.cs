namespace LocalOpinions.Endpoints;

/// <summary>The most probable tokens behind a prompt, by number or by text, and perhaps one more that a server sampled.</summary>
/// <param name="values">The log-probability of each.</param>
/// <param name="most">How many were asked for.</param>
sealed class Listing<TKey>(IReadOnlyDictionary<TKey, double> values, int most)
    where TKey : notnull
{
    // What rounding may leave of a sum of probabilities that is 1.
    const double Rounding = 1e-6;
    // So few may well be as probable as each other.
    const int Few = 5;

    readonly Lazy<double> _bound = new(() => BoundOf(values.Values, most));

    /// <summary>What is wrong with it whatever was asked, as what the server does; null for nothing.</summary>
    public string? Problem => values.Count < Few ? null
        : values.Values.All(v => v == 0) ? ServerProof.Zeros
        : values.Values.Max() - values.Values.Min() < 1e-6 ? ServerProof.AllAlike
        : values.Values.Sum(Math.Exp) > 1.001 ? ServerProof.TooMuch : null;

    /// <summary>The log-probabilities of some tokens; of what is not listed the most that it can be.</summary>
    /// <param name="wanted">The tokens.</param>
    /// <param name="promptTokens">As <see cref="NextTokens.PromptTokens"/>.</param>
    public NextTokens Find(IReadOnlyList<TKey> wanted, int? promptTokens)
    {
        var found = new double[wanted.Count];
        var bounds = new HashSet<int>();
        for (var i = 0; i < found.Length; i++)
        {
            if (values.TryGetValue(wanted[i], out found[i]))
                continue;
            found[i] = _bound.Value;
            bounds.Add(i);
        }
        return Floor.Bounded(new(found, promptTokens) { Bounds = bounds }, Floor.NoLog);
    }

    // No more than the least of the most probable, and no more than these leave over.
    static double BoundOf(IEnumerable<double> listed, int most)
    {
        List<double> top = [.. listed.OrderDescending().Take(most)];
        return top.Count == 0 ? 0 : Math.Min(top[^1], Math.Log(Math.Max(0, 1 - top.Sum(Math.Exp)) + Rounding));
    }
}
