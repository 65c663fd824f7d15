namespace LocalOpinions.Engine;

/// <summary>A stretch of tokens that is decoded once: the rest of one prompt, or a prefix that several prompts share.</summary>
sealed class Segment
{
    readonly int _end;

    public Segment(TokenizedPrompt prompt, int start, int end, IReadOnlyList<Segment> children)
    {
        (Prompt, Start, _end, Children, FirstKey) = (prompt, start, end, children, children.Count == 0 ? prompt.Key : int.MaxValue);
        foreach (var child in children)
        {
            child.Parent = this;
            Height = Math.Max(Height, child.Height + 1);
            FirstKey = Math.Min(FirstKey, child.FirstKey);
        }
    }

    /// <summary>The prompt whose tokens these are; for a shared prefix, one of those that share it.</summary>
    public TokenizedPrompt Prompt { get; }

    /// <summary>The position of the first token, which is also the number of tokens that stand before it in the cache.</summary>
    public int Start { get; set; }

    public int Length => _end - Start;

    public ReadOnlySpan<int> Tokens => Prompt.Tokens.AsSpan(Start, Length);

    /// <summary>The shared prefix before it; null at position 0.</summary>
    public Segment? Parent { get; private set; }

    /// <summary>What goes on from here; none for a prompt's rest.</summary>
    public IReadOnlyList<Segment> Children { get; }

    public bool IsLeaf => Children.Count == 0;

    public int Height { get; }

    /// <summary>The smallest key below: what puts segments into an order that does not depend on how the prompts came.</summary>
    public int FirstKey { get; }

    /// <summary>The sequence it is decoded on, once planned.</summary>
    public int Sequence { get; set; }
}

/// <summary>Finds the token prefixes worth sharing.</summary>
static class PrefixTrie
{
    // In units of one decoded token, on the careful side for a CPU, where a copy costs some 10 microseconds and a token milliseconds.
    const int CopyCost = 1;
    const int PrefixCost = 8;

    /// <summary>The prompts as a forest; a prefix is a node of its own only where sharing it saves more than it costs.</summary>
    /// <param name="prompts">At least one, keys unique, none empty.</param>
    /// <param name="height">The most shared prefixes on the way to a prompt's rest.</param>
    public static IReadOnlyList<Segment> Build(IEnumerable<TokenizedPrompt> prompts, int height)
    {
        TokenizedPrompt[] sorted = [.. prompts];
        Array.Sort(sorted, static (a, b) => a.Tokens.AsSpan().SequenceCompareTo(b.Tokens) is var order and not 0 ? order : a.Key.CompareTo(b.Key));
        return Build(sorted, 0, height);
    }

    // Children first, since only they tell how many branches a prefix would have.
    static List<Segment> Build(ReadOnlySpan<TokenizedPrompt> sorted, int depth, int height)
    {
        if (sorted.Length == 1)
            return [new(sorted[0], depth, sorted[0].Tokens.Length, [])];

        // A prompt's last token is always its own: its logits are the answer.
        var shortest = int.MaxValue;
        foreach (var prompt in sorted)
            shortest = Math.Min(shortest, prompt.Tokens.Length);
        var shared = Math.Min(sorted[0].Tokens.AsSpan().CommonPrefixLength(sorted[^1].Tokens), shortest - 1);

        List<Segment> children = [];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = from + 1;
            if (sorted[from].Tokens.Length > shared + 1)
            {
                while (to < sorted.Length && sorted[to].Tokens[shared] == sorted[from].Tokens[shared])
                    to++;
            }
            children.AddRange(Build(sorted[from..to], shared, height));
        }
        children.Sort(static (a, b) => a.FirstKey.CompareTo(b.FirstKey));
        var length = shared - depth;
        if (length == 0)
            return children;
        if ((children.Count - 1) * length > children.Count * CopyCost + PrefixCost && children.Max(c => c.Height) < height)
            return [new(sorted[0], depth, shared, children)];
        foreach (var child in children)
            child.Start = depth;
        return children;
    }
}
