using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>Hands a plan's leaves to several engines, in the plan's order; those that branch from the same decode together.</summary>
/// <param name="leaves">The leaves, in the plan's order.</param>
sealed class LeafQueue(IEnumerable<PlannedDecode> leaves)
{
    // As many branch from one decode in the conditions with the most countries; of more, each engine decodes what they branch from once.
    const int MostTogether = 16;

    readonly Queue<PlannedDecode> _left = new(leaves);

    /// <summary>Some leaves for one engine; none when all are taken. Thread-safe.</summary>
    public IReadOnlyList<PlannedDecode> Take()
    {
        List<PlannedDecode> taken = [];
        lock (_left)
        {
            while (taken.Count < MostTogether && _left.TryPeek(out var leaf) && (taken.Count == 0 || IsBeside(leaf, taken[0])))
                taken.Add(_left.Dequeue());
        }
        return taken;
    }

    static bool IsBeside(PlannedDecode leaf, PlannedDecode other) => leaf.Parent is { } parent && parent == other.Parent;
}
