using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Sources;

/// <summary>A part of a task's work. What is decoded together stays together, so that parts come out as the whole would.</summary>
/// <param name="Number">Which, from 0.</param>
/// <param name="Of">How many there are.</param>
public sealed record TaskPart(int Number, int Of)
{
    /// <summary>Which prompts are a part's: groups in a row, so that few parts decode the same prefixes.</summary>
    /// <param name="part">The part; null for all of the work.</param>
    /// <param name="groups">The prompts of all decodes: every part sees the same.</param>
    /// <param name="cost">What a prompt costs beside those of other groups, by its group's place; null where all cost the same.</param>
    internal static Predicate<int> Keys(TaskPart? part, IReadOnlyList<DecodeGroup> groups, Func<int, long>? cost = null)
    {
        if (part is null)
            return _ => true;
        long[] costs = [.. groups.Select((g, i) => g.Keys.Length * (cost?.Invoke(i) ?? 1))];
        HashSet<int> keys = [];
        var (all, before) = (costs.Sum(), 0L);
        foreach (var (i, group) in groups.Index())
        {
            if (before * part.Of / all == part.Number)
                keys.UnionWith(group.Keys);
            before += costs[i];
        }
        return keys.Contains;
    }
}
