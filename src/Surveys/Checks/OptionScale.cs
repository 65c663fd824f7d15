namespace LocalOpinions.Surveys.Checks;

/// <summary>The options of a question as an ordered scale, refusals apart.</summary>
static class OptionScale
{
    const int FewestWithMiddle = 3;

    /// <summary>Whether all options but refusals are points of one scale.</summary>
    public static bool IsOne(Question question) =>
        question.Kinds.All(k => k is OptionKind.Ordered or OptionKind.Refusal) && question.ScaleValues.Any(v => v is not null);

    /// <summary>The points of the scale, from one end to the other.</summary>
    public static int[] Points(Question question) => [.. Enumerable.Range(0, question.Options.Count)
        .Where(i => question.Kinds[i] == OptionKind.Ordered).OrderBy(i => question.ScaleValues[i])];

    /// <summary>The option in the middle of a scale with an odd number of 3 or more points; null where there is none.</summary>
    public static int? Middle(Question question) =>
        IsOne(question) && Points(question) is { Length: >= FewestWithMiddle } points && points.Length % 2 == 1
            ? points[points.Length / 2] : null;
}
