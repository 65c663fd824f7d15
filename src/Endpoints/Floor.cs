namespace LocalOpinions.Endpoints;

/// <summary>What stands where a server's arithmetic knows no smaller probability.</summary>
static class Floor
{
    /// <summary>The log of the smallest number in single precision.</summary>
    public const double SmallestFloat = -103.28;

    /// <summary>Below this there are no logs of probabilities, only what servers write for "none": -9999, or the least float.</summary>
    public const double NoLog = -5000;

    /// <summary>Takes values below what a server can compute for the most that they can be.</summary>
    /// <param name="next">What it gave.</param>
    /// <param name="lowest">Values below this one say no more than that.</param>
    public static NextTokens Bounded(NextTokens next, double lowest)
    {
        var low = next.LogProbabilities.Index().Where(v => v.Item < lowest).Select(v => v.Index).ToHashSet();
        return low.Count == 0 ? next : next with
        {
            LogProbabilities = [.. next.LogProbabilities.Select(v => v < lowest ? SmallestFloat : v)],
            Bounds = next.Bounds.Union(low).ToHashSet(),
        };
    }
}
