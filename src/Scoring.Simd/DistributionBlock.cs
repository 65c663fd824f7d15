namespace LocalOpinions.Scoring.Simd;

/// <summary>
/// Many distributions over the same number of options, held as a structure of arrays: all shares of option 0, then all
/// of option 1, each array padded to whole vectors. Filled with <see cref="Add"/>, reused with <see cref="Reset"/>.
/// </summary>
/// <remarks>Any number of threads may read a block at the same time; adding and resetting need it alone.</remarks>
public sealed class DistributionBlock
{
    /// <summary>Every array's length is a multiple of this many distributions.</summary>
    internal const int Padding = 16;

    readonly float[] _shares;
    readonly double[] _selfTerms;

    DistributionBlock(int options, int capacity)
    {
        Options = options;
        Capacity = capacity;
        Stride = PaddedLength(capacity);
        _shares = new float[checked(options * Stride)];
        _selfTerms = new double[Stride];
    }

    /// <summary>The number of options of each distribution, 2 to 26.</summary>
    public int Options { get; }

    /// <summary>The number of distributions that fit.</summary>
    public int Capacity { get; }

    /// <summary>The number of distributions added since the block was created or reset.</summary>
    public int Count { get; private set; }

    int Stride { get; }

    /// <summary>Creates an empty block.</summary>
    /// <param name="options">The number of options, 2 to 26.</param>
    /// <param name="capacity">The most distributions that it will hold, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static DistributionBlock Create(int options, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, Row.MinOptions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options, Row.MaxOptions);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        return new DistributionBlock(options, capacity);
    }

    /// <summary>
    /// Adds one distribution. The entries are weights: they are divided by their sum in double and then stored as float,
    /// so shares that sum to 0.997 and percentages are both right. Nothing is allocated.
    /// </summary>
    /// <param name="weights">One weight for each option, finite and not negative, with a positive, finite sum.</param>
    /// <exception cref="ArgumentException">The weights are not a distribution, or not over this many options.</exception>
    /// <exception cref="InvalidOperationException">The block is full.</exception>
    public void Add(ReadOnlySpan<double> weights)
    {
        if (Count == Capacity)
            throw new InvalidOperationException($"The block is full: it was created for {Capacity} distributions.");
        Span<double> shares = stackalloc double[Row.MaxOptions];
        shares = shares[..Options];
        Prepare(weights, shares, out var selfTerm);
        for (var k = 0; k < Options; k++)
            _shares[k * Stride + Count] = (float)shares[k];
        _selfTerms[Count++] = selfTerm;
    }

    /// <summary>Empties the block for other distributions over the same number of options, keeping its memory.</summary>
    public void Reset() => Count = 0; // What lies beyond Count stays a valid distribution or zeros: harmless padding.

    internal static int PaddedLength(int count) => checked(count + Padding - 1) / Padding * Padding;

    internal ReadOnlySpan<float> Shares(int option, int start, int length) =>
        _shares.AsSpan(option * Stride + start, length);

    internal ReadOnlySpan<double> SelfTerms(int start, int length) => _selfTerms.AsSpan(start, length);

    /// <summary>Turns weights into what a row of this block holds.</summary>
    internal void Prepare(ReadOnlySpan<double> weights, Span<double> shares, out double selfTerm)
    {
        if (weights.Length != Options)
            throw new ArgumentException($"The distribution has {weights.Length} options, the block's have {Options}.");
        Row.Normalise(weights, shares);
        selfTerm = Row.SelfTerm(shares);
    }
}
