using System.Text.RegularExpressions;

namespace LocalOpinions.Surveys.Checks;

/// <summary>Groups questions that are items of one battery: the same stem with another end.</summary>
/// <remarks>
/// The stem is the text before the last ellipsis, gap (____), item letter ("b. ") or empty line, as words in lower case. Answers to the
/// items of a family vary together, so intervals draw families as a whole (Miller, "Adding Error Bars to Evals", arXiv 2411.00640).
/// </remarks>
public static partial class ItemFamilies
{
    // "Do you think ____ ..." says nothing of what is asked: a stem has at least so many letters and blanks.
    const int ShortestStem = 20;

    /// <summary>Gives each question's family, which is the lowest source row of its questions.</summary>
    /// <param name="questions">All questions of a survey.</param>
    /// <returns>A family for every source row.</returns>
    public static IReadOnlyDictionary<int, int> Of(IEnumerable<Question> questions) => questions
        .GroupBy(q => (q.Source, Stem: Stem(q.Text), Alone: string.IsNullOrWhiteSpace(q.Text) ? q.SourceRow : -1))
        .SelectMany(family => family.Select(q => (q.SourceRow, Family: family.Min(other => other.SourceRow))))
        .ToDictionary(q => q.SourceRow, q => q.Family);

    internal static string Stem(string text)
    {
        var end = text.TrimEnd();
        var last = Marker().Matches(end).LastOrDefault();
        var stem = last is null ? "" : DuplicateTexts.Normalised(end[..last.Index]);
        return stem.Length >= ShortestStem ? stem : DuplicateTexts.Normalised(end);
    }

    [GeneratedRegex(@"\.\.\.|…|_{2,}|(?<=^|\s)[a-z]{1,2}\.\s|\n\s*\n", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
