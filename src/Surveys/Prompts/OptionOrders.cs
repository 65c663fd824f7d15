using System.Globalization;
using System.Numerics;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>
/// The orders in which a question's options are listed. Models prefer some labels and positions; the mean over several orders takes that
/// out.
/// </summary>
public sealed class OptionOrders
{
    /// <summary>The most options of which all orders are asked: 5 have 120.</summary>
    public const int MostOptionsForAll = 5;

    /// <summary>The most orders a sample holds.</summary>
    public const int LargestSample = 1000;

    /// <summary>What the survey's own order alone is called.</summary>
    public const string SurveysOwn = "faithful";

    const string SamplePrefix = "sample:";

    readonly Kind _kind;
    readonly int _size;

    OptionOrders(Kind kind, int size = 0)
    {
        _kind = kind;
        _size = size;
    }

    enum Kind
    {
        Faithful,
        Cyclic,
        All,
        Sample,
    }

    /// <summary>The text that <see cref="Parse"/> reads back: faithful, cyclic, all, or for example sample:6.</summary>
    public string Name => _kind == Kind.Sample
        ? string.Create(CultureInfo.InvariantCulture, $"{SamplePrefix}{_size}")
        : _kind.ToString().ToLowerInvariant();

    /// <summary>Reads the name of a set of orders.</summary>
    /// <param name="text"><c>faithful</c>, <c>cyclic</c>, <c>all</c> or <c>sample:N</c> with N from 1 to 1000.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static OptionOrders Parse(string text) => text switch
    {
        SurveysOwn => new(Kind.Faithful),
        "cyclic" => new(Kind.Cyclic),
        "all" => new(Kind.All),
        _ when SampleSize(text) is { } size => new(Kind.Sample, size),
        _ => throw new FormatException(
            $"\"{text}\" names no option orders: give faithful, cyclic, all, or sample:N with N from 1 to {LargestSample}"),
    };

    /// <summary>Tells whether a question can be asked in these orders. Whether it can be asked at all, its template tells.</summary>
    /// <param name="question">The question.</param>
    /// <param name="reason">Why it cannot; null where it can.</param>
    public bool CanAsk(Question question, out string? reason)
    {
        var count = question.Options.Count;
        reason = _kind == Kind.All && count > MostOptionsForAll
            ? string.Create(CultureInfo.InvariantCulture, $"{count} options have {Factorial(count):N0} orders; use sample:N")
            : null;
        return reason is null;
    }

    /// <summary>Gives the orders of a question's options.</summary>
    /// <param name="question">A question that <see cref="CanAsk"/> accepts.</param>
    /// <returns>Different orders, each from position (0 is that of label A) to option index. faithful: the survey's order alone. cyclic:
    /// one rotation per option, the survey's order first. all: every order, lexicographic. sample: N random orders, or all where there are
    /// no more; they depend on the source row and the number of options alone, and a larger sample begins with the smaller.</returns>
    /// <exception cref="ArgumentException">The question cannot be asked in these orders.</exception>
    public IReadOnlyList<int[]> For(Question question)
    {
        if (!CanAsk(question, out var reason))
            throw new ArgumentException($"row {question.SourceRow} cannot be asked: {reason}", nameof(question));
        var count = question.Options.Count;
        return _kind switch
        {
            Kind.Faithful => [Permutations.Identity(count)],
            Kind.Cyclic => Permutations.Rotations(count),
            Kind.All => Permutations.All(count),
            _ => Permutations.Sample(count, _size, (ulong)question.SourceRow),
        };
    }

    static int? SampleSize(string text) =>
        text.StartsWith(SamplePrefix, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(SamplePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        && size is >= 1 and <= LargestSample
            ? size
            : null;

    static BigInteger Factorial(int n) => Enumerable.Range(1, n).Aggregate(BigInteger.One, (product, i) => product * i);
}
