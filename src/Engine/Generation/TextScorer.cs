using System.Diagnostics;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Generation;

/// <summary>Has the texts of a plan written, group by group.</summary>
/// <param name="model">The model; must outlive the scorer.</param>
/// <param name="plan">What is written.</param>
/// <param name="options">How it is computed; there is one context, whatever they say.</param>
public sealed class TextScorer(Model model, GenerationPlan plan, ScorerOptions options) : IPromptScorer
{
    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<PromptScore>> Score(
        Predicate<int>? answered = null, CancellationToken cancellation = default, Action<int, IReadOnlyList<int>>? decoding = null,
        bool singly = false)
    {
        foreach (var group in plan.Groups)
        {
            if (cancellation.IsCancellationRequested)
                yield break;
            // One that lacks a text is written as a whole, so that it comes out as it would have.
            if (answered is not null && group.All(p => answered(p.Key)))
                continue;
            decoding?.Invoke(0, [.. group.Select(p => p.Key)]);
            IReadOnlyList<GeneratedText> texts;
            options.Times?.Begin(Stopwatch.GetTimestamp());
            try
            {
                texts = Write(group, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                yield break;
            }
            finally
            {
                options.Times?.End(Stopwatch.GetTimestamp());
            }
            var byPrompt = texts.ToLookup(t => t.Key);
            yield return [.. group.Where(p => answered is null || !answered(p.Key))
                .Select(p => PromptScore.OfWritten(p, [.. byPrompt[p.Key]]))];
        }
    }

    // What has no numbers spoils what is beside it: then each is written by itself, and what has none then is told.
    IReadOnlyList<GeneratedText> Write(IReadOnlyList<TokenizedPrompt> group, CancellationToken cancellation)
    {
        var texts = TextGenerator.Write(model, group, plan.Request, options, cancellation);
        return group.Count == 1 || texts.All(t => t.Finish != Finish.Broken) ? texts
            : [.. group.SelectMany(p => TextGenerator.Write(model, [p], plan.Request, options, cancellation))];
    }

    /// <summary>Nothing is held between two groups.</summary>
    public void Dispose()
    {
    }
}
