using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys.Prompts;

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
        var design = at.Work.Design;
        var tokenizer = new PromptTokenizer(at.Model, design);
        List<(int Template, Prompt Prompt, PromptText Text, TokenizedPrompt Read)> asked = [];
        List<UnaskedQuestion> unasked = [];
        foreach (var question in at.Work.Questions)
        {
            if (!design.CanAsk(question, out var why))
            {
                unasked.Add(why);
                continue;
            }
            try
            {
                var without = design.UnaskedBy(question);
                unasked.AddRange(without.Values);
                asked.AddRange([.. design.Templates.Index().Where(t => !without.ContainsKey(t.Index))
                    .Select(t => (t.Index, Prompt: t.Item.Build(question)))
                    .Select(t => (t.Index, t.Prompt, Free ? tokenizer.LayFree(t.Prompt) : tokenizer.Lay(t.Prompt),
                        tokenizer.Read(t.Prompt)))]);
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                unasked.Add(new(question.SourceRow, e.Message));
            }
        }
        // Every part sees what cannot be asked; the first tells.
        if (Part is { Number: > 0 })
            unasked.Clear();
        if (asked.Count == 0)
            return new([], unasked);
        TokenizedPrompt[] prompts =
            [.. asked.Select((a, key) => new TokenizedPrompt(key, at.Model.Vocabulary.Tokenize(a.Text), [], false))];
        var plan = GenerationPlan.Of(at.Model, prompts, Request, singly: false);
        var mine = TaskPart.Keys(Part, plan.DecodeGroups());
        var scores = Read(at, [.. asked.Select((a, key) => a.Read with { Key = key })], mine);
        unasked.AddRange(scores.Values.Where(s => s.Problem is not null).OrderBy(s => s.Key)
            .Select(s => new UnaskedQuestion(asked[s.Key].Prompt.SourceRow, s.Problem!)));
        var texts = TextGenerator.Generate(at.Model, plan, key => scores.TryGetValue(key, out var score) && score.Problem is null,
            at.Work.Job.Exact, at.Threads, at.Cancellation);
        return new([.. texts.Select(text => new WrittenAnswer
        {
            Template = asked[text.Key].Template,
            SourceRow = asked[text.Key].Prompt.SourceRow,
            Prompt = asked[text.Key].Text.ToString(),
            Labels = asked[text.Key].Prompt.Labels,
            Options = asked[text.Key].Prompt.Options,
            Probabilities = scores[text.Key].Probabilities,
            Text = text,
        })], unasked);
    }

    static Dictionary<int, PromptScore> Read(ModelAtWork at, TokenizedPrompt[] prompts, Predicate<int> mine)
    {
        var exact = at.Work.Job.Exact;
        using var scorer = new PromptScorer(at.Model, PlannedBatch.Decodes(at.Shape, prompts, exact), new(exact, at.Threads));
        var scores = scorer.Score(key => !mine(key), at.Cancellation).SelectMany(s => s).ToDictionary(s => s.Key);
        at.Cancellation.ThrowIfCancellationRequested();
        return scores;
    }
}
