using System.Runtime.CompilerServices;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd;

/// <summary>
/// Many distributions over the same number of options, held as a structure of arrays: all shares of option 0, then all of option 1, each
/// array padded to whole vectors. Filled with <see cref="Add"/>, reused with <see cref="Reset"/>.
/// </summary>
/// <remarks>Any number of threads may read a block at the same time; adding and resetting need it alone.</remarks>
public sealed class DistributionBlock
{
    /// <summary>The fewest options that a distribution can have.</summary>
    public const int FewestOptions = 2;

    /// <summary>The most options that a distribution can have.</summary>
    public const int MostOptions = 100;

    /// <summary>
    /// Every array's length is a multiple of this many distributions, and as many may be read behind it: two of the widest vectors, which
    /// is the longest step of a kernel.
    /// </summary>
    internal const int Padding = 32;

    readonly float[] _shares;
    readonly float[] _selfTerms;
    readonly double[] _exactSelfTerms;
    readonly int _stride;
    readonly double[] _steps;

    DistributionBlock(int options, int capacity, double[] steps)
    {
        _steps = steps;
        Options = options;
        Capacity = capacity;
        _stride = Stride(capacity);
        _shares = new float[checked(options * _stride + Padding)];
        _selfTerms = new float[_stride + Padding];
        _exactSelfTerms = new double[_stride];
    }

    /// <summary>The number of options of each distribution, 2 to 100.</summary>
    public int Options { get; }

    /// <summary>The number of distributions that fit.</summary>
    public int Capacity { get; }

    /// <summary>The number of distributions added since the block was created or reset.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Where the options stand on a scale: the distances from each to the next, in units in which the whole scale is K − 1 long; all 1
    /// where they are one step apart.
    /// </summary>
    public ReadOnlySpan<double> Steps => _steps;

    internal BlockRows Rows => new(_shares, _stride, Options, _selfTerms, _exactSelfTerms);

    /// <summary>Whether there are blocks for so many options.</summary>
    /// <param name="options">The number of options.</param>
    public static bool CanHold(int options) => options is >= FewestOptions and <= MostOptions;

    /// <summary>Creates an empty block.</summary>
    /// <param name="options">The number of options, 2 to 100.</param>
    /// <param name="capacity">The most distributions that it will hold, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static DistributionBlock Create(int options, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, FewestOptions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options, MostOptions);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        var steps = new double[options - 1];
        Array.Fill(steps, 1);
        return new DistributionBlock(options, capacity, steps);
    }

    /// <summary>Creates an empty block for options that stand at places of a scale.</summary>
    /// <param name="places">The options' values on the scale, 2 to 100, finite and rising.</param>
    /// <param name="capacity">The most distributions that it will hold, 0 or more.</param>
    /// <exception cref="ArgumentException">The places do not rise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Too few or too many places, or a capacity below 0.</exception>
    public static DistributionBlock OnScale(ReadOnlySpan<double> places, int capacity)
    {
        var block = Create(places.Length, capacity);
        var length = places[^1] - places[0];
        for (var k = 0; k < block._steps.Length; k++)
        {
            var step = places[k + 1] - places[k];
            block._steps[k] = step / length * (places.Length - 1);
            if (!(step > 0 && double.IsFinite(block._steps[k])))
                throw new ArgumentException("The places of a scale are finite and rise from one to the next.", nameof(places));
        }
        return block;
    }

    /// <summary>
    /// Adds one distribution. The entries are weights: they are divided by their sum in double and then stored as float, so shares that sum
    /// to 0.997 and percentages are both right. Nothing is allocated.
    /// </summary>
    /// <param name="weights">One weight for each option, finite and not negative, with a positive, finite sum.</param>
    /// <exception cref="ArgumentException">The weights are not a distribution, or not over this many options.</exception>
    /// <exception cref="InvalidOperationException">The block is full.</exception>
    [SkipLocalsInit]
    public void Add(ReadOnlySpan<double> weights)
    {
        if (Count == Capacity)
            throw new InvalidOperationException($"The block is full: it was created for {Capacity} distributions.");
        Span<float> shares = stackalloc float[MostOptions];
        shares = shares[..Options];
        var selfTerm = Prepare(weights, shares);
        for (var k = 0; k < Options; k++)
            _shares[k * _stride + Count] = shares[k];
        _selfTerms[Count] = (float)selfTerm;
        _exactSelfTerms[Count++] = selfTerm;
    }

    /// <summary>Empties the block for other distributions over the same number of options, keeping its memory.</summary>
    public void Reset() => Count = 0; // What lies beyond Count stays a valid distribution or zeros: harmless padding.

    internal static int PaddedLength(int count) => checked(count + Padding - 1) / Padding * Padding;

    /// <summary>Turns weights into what a row of this block holds and returns its self term.</summary>
    internal double Prepare(ReadOnlySpan<double> weights, Span<float> shares)
    {
        if (weights.Length != Options)
            throw new ArgumentException($"The distribution has {weights.Length} options, the block's have {Options}.");
        NormalisedRow.Normalise(weights, shares);
        return NormalisedRow.SelfTerm(shares);
    }

    // An odd number of paddings: with a power of two, the same row of all options would compete for one set of the first-level cache.
    static int Stride(int capacity)
    {
        var length = PaddedLength(capacity);
        return length / Padding % 2 == 0 ? checked(length + Padding) : length;
    }
}
