namespace LocalOpinions.Surveys;

/// <summary>One of a split's two parts.</summary>
/// <param name="Split">The split.</param>
/// <param name="IsHeldOut">Whether it is the part that is held out.</param>
public sealed record SurveyPart(SurveySplit Split, bool IsHeldOut)
{
    /// <summary>The words for the two parts.</summary>
    public const string Train = "train", HeldOut = "held-out";

    /// <summary>train or held-out.</summary>
    public string Name => IsHeldOut ? HeldOut : Train;

    /// <summary>The part of a survey: its questions, or all questions with the people of its countries.</summary>
    /// <param name="survey">The survey as it was loaded.</param>
    /// <exception cref="SurveyException">There is nothing to part.</exception>
    public Survey Of(Survey survey)
    {
        var heldOut = Split.HeldOutOf(survey);
        IReadOnlyList<Question> questions = Split.By == SplitUnit.Country
            ? [.. survey.Questions.Select(q => q with
            {
                Humans = [.. q.Humans.Where(h => heldOut.Contains(SurveySplit.UnitOf(h.Country, survey)) == IsHeldOut)],
            })]
            : [.. survey.Questions.Where(q => heldOut.Contains(Split.UnitOf(q)) == IsHeldOut)];
        return survey with
        {
            Name = $"{survey.Name} ({Name}, {Split.Name})",
            Questions = questions,
            // To which part a pair without data would belong is not known.
            Pairs = questions.Sum(q => q.Humans.Count),
        };
    }

    /// <summary>The part and the split, with what each holds, as they are stored with the survey.</summary>
    internal IEnumerable<AppliedPolicy> Applied(Survey whole, Survey part)
    {
        yield return Row("part", Name, part);
        yield return Row("split", Split.Name, whole);

        AppliedPolicy Row(string policy, string choice, Survey survey) => Split.By == SplitUnit.Country
            ? new(policy, choice, survey.Questions.Sum(q => q.Humans.Count), "distributions")
            : new(policy, choice, survey.Questions.Count, "questions");
    }
}
