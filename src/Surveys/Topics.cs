using System.Text.RegularExpressions;

namespace LocalOpinions.Surveys;

/// <summary>What a question is about, told from its words by a table of keywords.</summary>
/// <remarks>
/// Rough on purpose: anybody can read in <c>Topics.txt</c> why a question has a topic. A question can have several. The words are English;
/// questions in another language are <see cref="Other"/>.
/// </remarks>
public static class Topics
{
    /// <summary>The topic of a question in which no keyword occurs.</summary>
    public const string Other = "other";

    /// <summary>Name and version of the table: changed with every change of its keywords.</summary>
    public const string Version = "topics/1";

    static readonly (string Topic, Regex Keywords)[] s_table = [.. EmbeddedText.Lines("Topics.txt").Select(Read)];

    /// <summary>All topics in the order of the table, <see cref="Other"/> last.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_table.Select(t => t.Topic), Other];

    /// <summary>Gives a question's topics in the order of the table: one or several, or <see cref="Other"/> alone.</summary>
    /// <param name="text">The question's text.</param>
    public static IReadOnlyList<string> Of(string text)
    {
        List<string> topics = [.. s_table.Where(t => t.Keywords.IsMatch(text)).Select(t => t.Topic)];
        return topics.Count > 0 ? topics : [Other];
    }

    static (string, Regex) Read(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var keywords = line[(colon + 2)..].Split(", ").Select(Pattern);
        return (line[..colon], new Regex(string.Join('|', keywords), RegexOptions.CultureInvariant | RegexOptions.Compiled));
    }

    // Whole words. Letter case counts in abbreviations alone, lest "tell us" be about the US.
    static string Pattern(string keyword)
    {
        var word = keyword.TrimEnd('*');
        var pattern = $@"(?<!\w){Regex.Escape(word)}{(keyword.EndsWith('*') ? @"\w*" : "")}(?!\w)";
        return word.Any(char.IsLower) ? $"(?i:{pattern})" : pattern;
    }
}
