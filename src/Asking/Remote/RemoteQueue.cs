using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Remote;

/// <summary>
/// Prompts in the order in which a server's caches serve them best: those that begin alike one behind the other, and in the same slot.
/// Thread-safe.
/// </summary>
sealed class RemoteQueue
{
    // Each slot's share of the work is taken in so many pieces at least, so that all end at about the same time.
    const int PiecesPerSlot = 8;

    readonly Lock _lock = new();
    readonly Queue<List<TokenizedPrompt>> _families;
    readonly Queue<TokenizedPrompt>[] _slots;

    /// <param name="prompts">What is to be asked.</param>
    /// <param name="slots">How many caches the server has.</param>
    public RemoteQueue(IEnumerable<TokenizedPrompt> prompts, int slots)
    {
        List<TokenizedPrompt> sorted = [.. prompts];
        sorted.Sort((a, b) => a.Tokens.AsSpan().SequenceCompareTo(b.Tokens));
        _families = new(Families(sorted, Math.Max(1, sorted.Count / (slots * PiecesPerSlot))));
        _slots = [.. Enumerable.Range(0, slots).Select(_ => new Queue<TokenizedPrompt>())];
    }

    /// <summary>What a slot is asked next; null when nothing is left.</summary>
    public TokenizedPrompt? Next(int slot)
    {
        lock (_lock)
        {
            if (_slots[slot].Count == 0 && _families.TryDequeue(out var family))
                family.ForEach(_slots[slot].Enqueue);
            return _slots[slot].TryDequeue(out var prompt) ? prompt : null;
        }
    }

    /// <summary>Parts prompts where neighbours share less than half, or where there are enough of them.</summary>
    static IEnumerable<List<TokenizedPrompt>> Families(List<TokenizedPrompt> sorted, int most)
    {
        List<TokenizedPrompt> family = [];
        foreach (var prompt in sorted)
        {
            if (family.Count >= most
                || (family.Count > 0 && prompt.Tokens.AsSpan().CommonPrefixLength(family[^1].Tokens) < prompt.Tokens.Length / 2))
            {
                yield return family;
                family = [];
            }
            family.Add(prompt);
        }
        if (family.Count > 0)
            yield return family;
    }
}
