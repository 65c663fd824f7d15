using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LocalOpinions.Asking.Sharding;

/// <summary>One of several pieces of a work, each done by itself, on other machines say, and merged afterwards.</summary>
/// <param name="Number">Which of them, from 1.</param>
/// <param name="Count">How many there are, at least <paramref name="Number"/>.</param>
public readonly record struct Shard(int Number, int Count)
{
    /// <summary>Reads "3/16".</summary>
    /// <param name="text">What was written.</param>
    /// <param name="shard">The shard.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Shard? shard)
    {
        shard = text.Split('/') is [var number, var count]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && i >= 1 && i <= n ? new Shard(i, n) : null;
        return shard is not null;
    }

    /// <summary>As it is written: "3/16".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
