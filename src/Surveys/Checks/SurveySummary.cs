namespace LocalOpinions.Surveys.Checks;

/// <summary>A survey in figures.</summary>
/// <param name="Questions">How many questions there are.</param>
/// <param name="Pairs">How many (question, country) pairs the file holds, with those that have no data.</param>
/// <param name="UsablePairs">How many of them have a human distribution.</param>
/// <param name="Sources">How many questions each source has; most first.</param>
/// <param name="Countries">How many questions each country label has a human distribution for; most first.</param>
/// <param name="OptionCounts">How many questions there are by number of options, ascending.</param>
public sealed record SurveySummary(
    int Questions,
    int Pairs,
    int UsablePairs,
    IReadOnlyList<KeyValuePair<string, int>> Sources,
    IReadOnlyList<KeyValuePair<string, int>> Countries,
    IReadOnlyList<KeyValuePair<int, int>> OptionCounts)
{
    /// <summary>Counts a survey.</summary>
    public static SurveySummary Of(Survey survey) => new(
        survey.Questions.Count,
        survey.Pairs,
        survey.Questions.Sum(q => q.Humans.Count),
        MostFirst(survey.Questions.Select(q => q.Source)),
        MostFirst(survey.Questions.SelectMany(q => q.Humans).Select(h => h.Country)),
        [.. survey.Questions.CountBy(q => q.Options.Count).OrderBy(c => c.Key)]);

    static IReadOnlyList<KeyValuePair<string, int>> MostFirst(IEnumerable<string> names) =>
        [.. names.CountBy(n => n).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];
}
