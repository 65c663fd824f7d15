using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Prompts;

/// <summary>A question's prompts, of whatever kind, and what of it cannot be asked.</summary>
/// <param name="Made">By order and then by template.</param>
/// <param name="Unasked">The whole question, or perturbed wordings of it.</param>
sealed record QuestionPrompts<T>(IReadOnlyList<T> Made, IReadOnlyList<UnaskedQuestion> Unasked)
{
    /// <summary>
    /// Asks a question in every wording and order, or not at all: a mean over some of its orders would be another number. Only what is
    /// perturbed may be left out alone.
    /// </summary>
    /// <param name="design">The wordings.</param>
    /// <param name="question">The question.</param>
    /// <param name="orders">The orders of its options, by position; asked for where it can be asked.</param>
    /// <param name="make">Of a template and an order, by index, and the order, the prompt. An <see cref="EngineException"/> of kind
    /// <see cref="EngineError.Prompt"/> says that the model cannot be asked so.</param>
    public static QuestionPrompts<T> Of(
        PromptDesign design, Question question, Func<Question, IReadOnlyList<int[]>> orders, Func<int, int, int[], T> make)
    {
        if (!design.CanAsk(question, out var whole))
            return new([], [whole]);
        Dictionary<int, UnaskedQuestion> without = new(design.UnaskedBy(question));
        List<(int Template, T Prompt)> all = [];
        foreach (var (index, order) in orders(question).Index())
        {
            for (var template = 0; template < design.Templates.Count; template++)
            {
                if (without.ContainsKey(template))
                    continue;
                try
                {
                    all.Add((template, make(template, index, order)));
                }
                catch (EngineException e) when (e.Kind == EngineError.Prompt)
                {
                    var why = new UnaskedQuestion(question.SourceRow, e.Message);
                    if (design.Templates[template].Perturbation is not { } changed)
                        return new([], [why]);
                    without.Add(template, why.Changed(changed, template));
                }
            }
        }
        return new([.. all.Where(a => !without.ContainsKey(a.Template)).Select(a => a.Prompt)], [.. without.Values]);
    }
}
