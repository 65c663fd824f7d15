using System.Text.RegularExpressions;

namespace LocalOpinions.Common;

/// <summary>The name of one part of a model that is split over several files, as llama.cpp has it: NAME-00001-of-00003.gguf.</summary>
/// <param name="Stem">What all parts are called.</param>
/// <param name="Part">The part's number, from 1.</param>
/// <param name="Count">How many parts there are, at least 1.</param>
/// <param name="Extension">With its dot, as it is written.</param>
/// <remarks>Compiled into each room that reads or writes such names; these rooms may not know each other.</remarks>
sealed partial record ShardName(string Stem, int Part, int Count, string Extension)
{
    /// <returns>Null for a file that is whole.</returns>
    public static ShardName? Parse(string fileName)
    {
        if (Pattern().Match(fileName) is not { Success: true } match || int.Parse(match.Groups["count"].Value) is not (> 0 and var count))
            return null;
        return new(match.Groups["stem"].Value, int.Parse(match.Groups["part"].Value), count, match.Groups["extension"].Value);
    }

    /// <summary>The file names of all parts, in order.</summary>
    public IEnumerable<string> All() => Enumerable.Range(1, Count).Select(part => (this with { Part = part }).ToString());

    /// <summary>The file name.</summary>
    public override string ToString() => $"{Stem}-{Part:D5}-of-{Count:D5}{Extension}";

    [GeneratedRegex(@"^(?<stem>.+)-(?<part>\d{5})-of-(?<count>\d{5})(?<extension>\.gguf)$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
