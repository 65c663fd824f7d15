namespace LocalOpinions.Engine.Planning;

/// <summary>One llama_decode call: segments on consecutive sequences, each behind what its parent's decodes left in the cache.</summary>
/// <param name="parent">The decode that holds the shared prefixes; null for one in an emptied cache.</param>
/// <param name="segments">The segments; all leaves, or all shared prefixes.</param>
/// <param name="padding">Throw-away tokens on one further sequence.</param>
sealed class PlannedDecode(PlannedDecode? parent, IReadOnlyList<Segment> segments, int padding)
{
    public PlannedDecode? Parent { get; } = parent;

    public IReadOnlyList<Segment> Segments { get; } = segments;

    public int Padding { get; } = padding;

    /// <summary>The first of its segments' consecutive sequences.</summary>
    public int FirstSequence { get; } = parent is null ? 0 : parent.FirstSequence + parent.Segments.Count;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Tokens of the segments, without the padding.</summary>
    public int Tokens { get; } = segments.Sum(s => s.Length);

    /// <summary>Rows of logits that it gives.</summary>
    public int Rows { get; } = segments.Sum(s => s.Rows);

    /// <summary>Cells in use once this is decoded.</summary>
    public int Cells => Tokens + Padding + Below;

    /// <summary>Sequences in use while this is decoded.</summary>
    public int Sequences => FirstSequence + Segments.Count + (Padding > 0 ? 1 : 0);

    public bool IsLeaf => Segments[0].IsLeaf;

    // The padding of a prefix's decode is removed before its branches come.
    int Below { get; } = parent is null ? 0 : parent.Cells - parent.Padding;
}
