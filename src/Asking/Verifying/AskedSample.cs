using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Verifying;

/// <summary>What a source answers to all prompts of its work, by what each asks, asked as a run asks.</summary>
/// <param name="Scores">By template, source row and order: what was asked, and the score; only those with numbers.</param>
/// <param name="Unasked">Questions that cannot be asked.</param>
sealed record AskedSample(
    IReadOnlyDictionary<(int Template, int SourceRow, int Order), (PromptItem Asked, PromptScore Score)> Scores,
    IReadOnlyList<UnaskedQuestion> Unasked)
{
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<AskedSample> OfAsync(IAnswerSource source, AskingWork work, CancellationToken cancellation)
    {
        Dictionary<(int, int, int), (PromptItem, PromptScore)> scores = [];
        List<UnaskedQuestion> unasked = [];
        for (var batch = 0; batch < work.Batches.Count; batch++)
        {
            var plan = await source.PlanAsync(batch, cancellation);
            unasked.AddRange(plan.Unasked);
            foreach (var score in plan.Asked.Count == 0 ? [] : source.Score(plan, _ => false, cancellation).SelectMany(s => s))
                Add(plan.Asked[score.Key], score);
            cancellation.ThrowIfCancellationRequested();
        }
        return new(scores, unasked);

        void Add(PromptItem asked, PromptScore score)
        {
            if (score.Problem is { } problem)
                unasked.Add(new(asked.SourceRow, problem));
            else
                scores[KeyOf(asked)] = (asked, score);
        }
    }

    /// <summary>The same of scores that were computed together.</summary>
    public static AskedSample Of(IReadOnlyList<PromptItem> asked, IReadOnlyList<PromptScore> scores) =>
        new(scores.ToDictionary(s => KeyOf(asked[s.Key]), s => (asked[s.Key], s)), []);

    static (int, int, int) KeyOf(PromptItem asked) => (asked.Template, asked.SourceRow, asked.OrderIndex);
}
