using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Writing;

namespace LocalOpinions.Store.Reading;

/// <summary>
/// On which options answers to a survey's questions are compared: on all, or on those that are no refusal where the survey compares these
/// apart.
/// </summary>
public sealed class ComparedOptions
{
    // By source row; only questions with a refusal that stands apart.
    readonly Dictionary<int, bool[]> _refusals;

    ComparedOptions(Dictionary<int, bool[]> refusals) => _refusals = refusals;

    /// <summary>
    /// A distribution as it is compared: the same, or with 0 for refusals and the others summing to 1. Empty where nothing is left: who
    /// only refuses has said nothing that could be compared.
    /// </summary>
    /// <param name="sourceRow">The question's row in the survey file.</param>
    /// <param name="probabilities">One share per option of the survey.</param>
    public ReadOnlySpan<double> Of(int sourceRow, ReadOnlySpan<double> probabilities) =>
        _refusals.TryGetValue(sourceRow, out var refusals) ? RefusalsApart.Without(probabilities, refusals) : probabilities;

    internal static ComparedOptions Load(Connection connection, int surveyId) => new(connection.Read<StoredOption>(
        """
        SELECT o.source_row, o.kind = 'refusal' AS is_refusal
        FROM options AS o JOIN surveys AS s USING (survey_id)
        WHERE o.survey_id = ? AND s.refusals = 'separate'
        ORDER BY o.source_row, o.option_index
        """, surveyId)
        .GroupBy(o => o.SourceRow, o => o.IsRefusal)
        .Where(question => question.Contains(true))
        .ToDictionary(question => question.Key, question => question.ToArray()));

    sealed record StoredOption(int SourceRow, bool IsRefusal);
}
