using System.Globalization;

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

    static readonly (string Topic, Keyword[] Keywords)[] s_table = [.. EmbeddedText.Lines("Topics.txt").Select(Read)];

    /// <summary>All topics in the order of the table, <see cref="Other"/> last.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_table.Select(t => t.Topic), Other];

    /// <summary>Gives a question's topics in the order of the table: one or several, or <see cref="Other"/> alone.</summary>
    /// <param name="text">The question's text.</param>
    public static IReadOnlyList<string> Of(string text)
    {
        List<string> topics = [.. s_table.Where(t => t.Keywords.Any(k => k.IsIn(text))).Select(t => t.Topic)];
        return topics.Count > 0 ? topics : [Other];
    }

    static (string, Keyword[]) Read(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return (line[..colon], [.. line[(colon + 2)..].Split(", ").Select(Keyword.Read)]);
    }

    /// <summary>A word, a phrase or the beginning of one.</summary>
    /// <remarks>No regular expression: to compile those of the table takes longer than to ask a small survey.</remarks>
    readonly record struct Keyword(string Text, bool IsBeginning, StringComparison Comparison)
    {
        // Letter case counts in abbreviations alone, lest "tell us" be about the US.
        public static Keyword Read(string keyword)
        {
            var text = keyword.TrimEnd('*');
            return new(text, keyword.EndsWith('*'),
                text.Any(char.IsLower) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        }

        /// <summary>Whether it stands in a text, not within another word.</summary>
        public bool IsIn(string text)
        {
            for (var at = text.IndexOf(Text, Comparison); at >= 0; at = text.IndexOf(Text, at + 1, Comparison))
            {
                var end = at + Text.Length;
                if ((at == 0 || !IsOfWord(text[at - 1])) && (IsBeginning || end == text.Length || !IsOfWord(text[end])))
                    return true;
            }
            return false;
        }

        // As regular expressions have it (\w).
        static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.ConnectorPunctuation;
    }
}
