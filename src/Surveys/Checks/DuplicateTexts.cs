using System.Text;

namespace LocalOpinions.Surveys.Checks;

/// <summary>Finds questions that were asked twice.</summary>
static class DuplicateTexts
{
    public static void Note(IReadOnlyList<Question> questions, OddityLog log)
    {
        Note(questions, q => q.Text.Trim(), OddityKind.DuplicateText, log);
        Note(questions, q => Normalised(q.Text), OddityKind.NearDuplicateText, log);
    }

    static void Note(IReadOnlyList<Question> questions, Func<Question, string> key, OddityKind kind, OddityLog log)
    {
        foreach (var group in questions.GroupBy(key).Where(g => g.Key.Length > 0))
        {
            int[] rows = [.. group.Select(q => q.SourceRow)];
            if (rows.Length > 1)
                log.Note(kind, rows, example: $"rows {string.Join(" and ", rows)}");
        }
    }

    /// <summary>The words alone: lower case, one blank between them.</summary>
    internal static string Normalised(string text)
    {
        var words = new StringBuilder(text.Length);
        var gap = false;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                gap = words.Length > 0;
                continue;
            }
            if (gap)
                words.Append(' ');
            gap = false;
            words.Append(char.ToLowerInvariant(c));
        }
        return words.ToString();
    }
}
