using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Prompts;

/// <summary>
/// Samples of questions that are part of a run's identity, and so must come out the same in every version of this program, whatever .NET
/// makes of its own generator.
/// </summary>
public static class SeededSample
{
    /// <summary>Some questions, each as likely as any other, by rising row.</summary>
    /// <param name="questions">All of them.</param>
    /// <param name="size">How many; all where there are fewer.</param>
    /// <param name="seed">Which of the samples.</param>
    public static List<Question> Of(IReadOnlyList<Question> questions, int size, int seed) => Of(questions, size, new SeededNumbers(seed));

    /// <summary>The same, drawn with a generator that goes on.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{Question}, int, int)"/>
    public static List<Question> Of(IReadOnlyList<Question> questions, int size, SeededNumbers numbers)
    {
        var shuffled = questions.ToArray();
        numbers.Shuffle(shuffled);
        return [.. shuffled.Take(size).OrderBy(q => q.SourceRow)];
    }
}
