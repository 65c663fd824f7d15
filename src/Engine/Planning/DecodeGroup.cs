namespace LocalOpinions.Engine.Planning;

/// <summary>Prompts that one decode answers: the smallest piece of a plan that can be computed anywhere and comes out the same.</summary>
/// <param name="Root">Decodes with an equal number branch from the same shared prefixes, and are best computed one after the other.</param>
/// <param name="Keys">The prompts' keys; a prompt that several decodes answer is in the first of them.</param>
public sealed record DecodeGroup(int Root, int[] Keys);

/// <summary>Finds the groups of a plan.</summary>
public static class DecodeGroups
{
    /// <summary>The prompts of each decode that gives answers, in the plan's order.</summary>
    public static IReadOnlyList<DecodeGroup> Groups(this DecodePlan plan)
    {
        List<DecodeGroup> groups = [];
        var known = new HashSet<int>();
        var roots = new Dictionary<PlannedDecode, int>();
        foreach (var leaf in plan.Leaves)
        {
            int[] keys = [.. KeysOf(leaf).Where(known.Add)];
            var root = RootOf(leaf);
            roots.TryAdd(root, roots.Count);
            if (keys.Length > 0)
                groups.Add(new(roots[root], keys));
        }
        return groups;
    }

    internal static IEnumerable<int> KeysOf(PlannedDecode leaf) =>
        leaf.Segments.SelectMany(s => s.Path.Owners).Select(o => o.Prompt.Key).Distinct();

    static PlannedDecode RootOf(PlannedDecode decode)
    {
        while (decode.Parent is { } parent)
            decode = parent;
        return decode;
    }
}
