namespace LocalOpinions.Endpoints;

/// <summary>The most probable tokens behind a prompt, by number or by text, and perhaps one more that a server sampled.</summary>
/// <param name="values">The log-probability of each.</param>
/// <param name="most">How many were asked for.</param>
sealed class Listing<TKey>(IReadOnlyDictionary<TKey, double> values, int most)
    where TKey : notnull
{
    // What rounding may leave of a sum of probabilities that is 1.
    const double Rounding = 1e-6;

    readonly Lazy<double> _bound = new(() => BoundOf(values.Values, most));

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
