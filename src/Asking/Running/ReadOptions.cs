using LocalOpinions.Asking.Prompts;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Running;

/// <summary>What a prompt's score says of the survey's own options: what an added option got is off the menu.</summary>
/// <param name="Options">Per position, the option.</param>
/// <param name="LogProbabilities">The log-probability of each one's label or text.</param>
/// <param name="Probabilities">The same over these options alone, by the score that is read; they sum to 1.</param>
/// <param name="Mass">The probability of all of them.</param>
readonly record struct ReadOptions(int[] Options, double[] LogProbabilities, double[] Probabilities, double Mass)
{
    const int Added = -1;

    public static ReadOptions Of(PromptItem asked, PromptScore score, TextScore? by)
    {
        var probabilities = by is { } text ? score.ProbabilitiesBy(text) : score.Probabilities;
        if (!asked.Order.Contains(Added))
            return new(asked.Order, score.LogProbabilities, probabilities, score.LabelMass);
        int[] own = [.. Enumerable.Range(0, asked.Order.Length).Where(i => asked.Order[i] != Added)];
        var sum = own.Sum(i => probabilities[i]);
        return new([.. own.Select(i => asked.Order[i])], [.. own.Select(i => score.LogProbabilities[i])],
            [.. own.Select(i => sum > 0 ? probabilities[i] / sum : 1.0 / own.Length)],
            own.Sum(i => Math.Exp(score.LogProbabilities[i])));
    }

    /// <summary>Which of these options' log-probabilities are bounds; null for none of them.</summary>
    public static AnswerBounds? Bounds(PromptItem asked, PromptScore score, ScoreBounds bounds)
    {
        int[] own = [.. bounds.Positions.Where(p => asked.Order[p] != Added)];
        return own.Length == 0 ? null
            : new([.. own.Select(p => asked.Order[p]).Order()], Math.Min(1, own.Sum(p => Math.Exp(score.LogProbabilities[p]))));
    }

    /// <summary>The entries of other arrays by position that belong to these options.</summary>
    public static T[] Own<T>(PromptItem asked, T[] values) =>
        asked.Order.Contains(Added) ? [.. values.Where((_, i) => asked.Order[i] != Added)] : values;
}
