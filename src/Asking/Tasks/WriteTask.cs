using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A text that a model wrote behind a prompt, and what it answers there without writing.</summary>
public sealed record WrittenAnswer
{
    /// <summary>The template, by index.</summary>
    public required int Template { get; init; }

    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>The whole prompt that was written on from.</summary>
    public required string Prompt { get; init; }

    /// <summary>The options' labels, by position.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The options' texts, by position.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Their probabilities as a run reads them, by position; they sum to 1.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    /// <summary>The text.</summary>
    public required GeneratedText Text { get; init; }
}

/// <summary>What a model wrote.</summary>
/// <param name="Texts">Prompt by prompt.</param>
/// <param name="Unasked">Questions that cannot be asked.</param>
public sealed record WrittenAnswers(IReadOnlyList<WrittenAnswer> Texts, IReadOnlyList<UnaskedQuestion> Unasked);

/// <summary>Lets a model write on from the prompts that a source was opened for, in the survey's own order of options.</summary>
/// <param name="Free">Whether the closing words are left out.</param>
/// <param name="Request">What is written.</param>
public sealed record WriteTask(bool Free, GenerationRequest Request) : ModelTask<WrittenAnswers>
{
    internal override bool CanBeParted => true;

    internal override WrittenAnswers Joined(IReadOnlyList<WrittenAnswers> parts) => new(
        [.. parts.SelectMany(p => p.Texts).OrderBy(t => t.Text.Key).ThenBy(t => t.Text.Sequence)],
        [.. parts.SelectMany(p => p.Unasked)]);

    private protected override WrittenAnswers Result(ModelAtWork at)
    {
        var (asked, unasked) = WritingPrompt.Of(at.Model, at.Work, Free);
        // Every part sees what cannot be asked; the first tells.
        if (Part is { Number: > 0 })
            unasked.Clear();
        if (asked.Count == 0)
            return new([], unasked);
        var plan = GenerationPlan.Of(at.Model, [.. asked.Select(a => a.Text)], Request, singly: false);
        var mine = TaskPart.Keys(Part, plan.DecodeGroups());
        var scores = Read(at, [.. asked.Select(a => a.Read)], mine);
        unasked.AddRange(scores.Values.Where(s => s.Problem is not null).OrderBy(s => s.Key)
            .Select(s => asked[s.Key].Unasked(s.Problem!)));
        var texts = TextGenerator.Generate(at.Model, plan, key => scores.TryGetValue(key, out var score) && score.Problem is null,
            at.Work.Job.Arithmetic, at.Threads, at.Cancellation);
        return new([.. texts.Select(text => asked[text.Key].Answer(scores[text.Key], text))], unasked);
    }

    static Dictionary<int, PromptScore> Read(ModelAtWork at, TokenizedPrompt[] prompts, Predicate<int> mine)
    {
        var plan = PlannedBatch.Decodes(at.Shape, prompts, at.Work.Job.Exact);
        using var scorer = new PromptScorer(at.Model, plan, new(at.Work.Job.Arithmetic, at.Threads));
        var scores = scorer.Score(key => !mine(key), at.Cancellation).SelectMany(s => s).ToDictionary(s => s.Key);
        at.Cancellation.ThrowIfCancellationRequested();
        return scores;
    }
}
