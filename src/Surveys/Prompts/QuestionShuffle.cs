using LocalOpinions.Common;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>
/// Gives each question the text of another: one cycle through all questions that have a text, drawn by Sattolo's algorithm from a fixed
/// seed, so that it depends on the survey alone. A text never comes back to a question that is worded the same.
/// </summary>
sealed class QuestionShuffle
{
    const ulong Seed = 20230628;

    readonly Dictionary<int, Question> _partners = [];

    public QuestionShuffle(IEnumerable<Question> questions)
    {
        Question[] all = [.. questions.Where(q => !string.IsNullOrWhiteSpace(q.Text))];
        if (all.Select(q => q.Text.Trim()).Distinct().Count() < 2)
            throw new SurveyException("there are no two questions to exchange texts",
                "The control shuffled-question needs a survey of two or more questions");
        var random = new SplitMix64(Seed);
        int[] order = [.. Enumerable.Range(0, all.Length)];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Below(i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        for (var i = 0; i < all.Length; i++)
        {
            var at = order[i];
            while (all[at].Text.Trim() == all[i].Text.Trim())
                at = (at + 1) % all.Length;
            _partners.Add(all[i].SourceRow, all[at]);
        }
    }

    /// <summary>The question whose text is put in place of this one's; null where this one has none to replace.</summary>
    public Question? PartnerOf(Question question) => _partners.GetValueOrDefault(question.SourceRow);
}
