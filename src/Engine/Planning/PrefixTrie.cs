namespace LocalOpinions.Engine.Planning;

/// <summary>A stretch of tokens that is decoded once: the rest of one prompt, or a prefix that several prompts share.</summary>
sealed class Segment
{
    readonly int _end;

    public Segment(TokenPath path, int start, int end, IReadOnlyList<Segment> children)
    {
        (Path, Start, _end, Children) = (path, start, end, children);
        (FirstKey, FirstRow) = children.Count == 0 ? (path.Key, path.FirstRow) : (int.MaxValue, int.MaxValue);
        foreach (var child in children)
        {
            child.Parent = this;
            Height = Math.Max(Height, child.Height + 1);
            FirstKey = Math.Min(FirstKey, child.FirstKey);
            FirstRow = Math.Min(FirstRow, child.FirstRow);
        }
    }

    /// <summary>The path whose tokens these are; for a shared prefix, one of those that share it.</summary>
    public TokenPath Path { get; }

    /// <summary>The position of the first token, which is also the number of tokens that stand before it in the cache.</summary>
    public int Start { get; set; }

    public int Length => _end - Start;

    public ReadOnlySpan<int> Tokens => Path.Tokens.AsSpan(Start, Length);

    /// <summary>The position from which on logits are read.</summary>
    public int FirstRow { get; }

    /// <summary>How many of its tokens give a row of logits: its last ones.</summary>
    public int Rows => Math.Max(0, _end - Math.Max(Start, FirstRow));

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

    /// <summary>The paths that go through it.</summary>
    public IEnumerable<TokenPath> Paths => IsLeaf ? [Path] : Children.SelectMany(c => c.Paths);
}

/// <summary>Finds the token prefixes worth sharing.</summary>
static class PrefixTrie
{
    // In units of one decoded token. A copy itself costs some 10 microseconds where a token costs milliseconds; but what branches off small
    // prefixes leaves more decodes that are not full: with 1 the same survey took 2 % longer on a CPU.
    const int CopyCost = 3;
    const int PrefixCost = 8;

    /// <summary>The paths as a forest; a prefix is a node of its own only where sharing it saves more than it costs.</summary>
    /// <param name="paths">At least one, none empty.</param>
    /// <param name="height">The most shared prefixes on the way to a path's rest.</param>
    public static IReadOnlyList<Segment> Build(IEnumerable<TokenPath> paths, int height)
    {
        TokenPath[] sorted = [.. paths];
        Array.Sort(sorted, static (a, b) =>
            a.Tokens.AsSpan().SequenceCompareTo(b.Tokens) is var order and not 0 ? order
            : a.Key != b.Key ? a.Key.CompareTo(b.Key)
            : a.FirstRow.CompareTo(b.FirstRow));
        return Build(sorted, 0, height);
    }

    // Children first, since only they tell how many branches a prefix would have.
    static List<Segment> Build(ReadOnlySpan<TokenPath> sorted, int depth, int height)
    {
        if (sorted.Length == 1)
            return [new(sorted[0], depth, sorted[0].Tokens.Length, [])];

        // A path's last token is always its own: its logits are read.
        var shortest = int.MaxValue;
        foreach (var path in sorted)
            shortest = Math.Min(shortest, path.Tokens.Length);
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
