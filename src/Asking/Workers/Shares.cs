using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Workers;

/// <summary>Parts a plan's decodes into shares, each for one worker: decodes that branch from the same prefixes stay together.</summary>
static class Shares
{
    // Enough that workers of unequal speed end at about the same time.
    const int PerWorker = 8;

    /// <param name="groups">The plan's decodes in order.</param>
    /// <param name="workers">How many share the work; one gets everything at once.</param>
    public static IReadOnlyList<IReadOnlyList<DecodeGroup>> Of(IReadOnlyList<DecodeGroup> groups, int workers)
    {
        var smallest = workers == 1 ? int.MaxValue : Math.Max(1, groups.Sum(g => g.Keys.Length) / (workers * PerWorker));
        List<IReadOnlyList<DecodeGroup>> shares = [];
        List<DecodeGroup> share = [];
        var size = 0;
        foreach (var group in groups)
        {
            if (size >= smallest && share[^1].Root != group.Root)
            {
                shares.Add(share);
                (share, size) = ([], 0);
            }
            share.Add(group);
            size += group.Keys.Length;
        }
        if (share.Count > 0)
            shares.Add(share);
        return shares;
    }
}
