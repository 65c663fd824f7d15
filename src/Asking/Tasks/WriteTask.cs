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
        if (asked.Count == 0)
            return new([], unasked);
        var scores = Read(at, [.. asked.Select((a, key) => a.Read with { Key = key })]);
        unasked.AddRange(scores.Where(s => s.Problem is not null)
            .Select(s => new UnaskedQuestion(asked[s.Key].Prompt.SourceRow, s.Problem!)));
        TokenizedPrompt[] prompts = [.. scores.Where(s => s.Problem is null).Select(s =>
            new TokenizedPrompt(s.Key, at.Model.Vocabulary.Tokenize(asked[s.Key].Text), [], false))];
        var texts = TextGenerator.Generate(at.Model, prompts, Request, at.Work.Job.Exact, at.Threads, at.Cancellation);
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

    static PromptScore[] Read(ModelAtWork at, TokenizedPrompt[] prompts)
    {
        var exact = at.Work.Job.Exact;
        using var scorer = new PromptScorer(at.Model, GgufSource.PlanOf(at.Shape, prompts, exact), new(exact, at.Threads));
        var scores = new PromptScore[prompts.Length];
        foreach (var score in scorer.Score(null, at.Cancellation).SelectMany(s => s))
            scores[score.Key] = score;
        at.Cancellation.ThrowIfCancellationRequested();
        return scores;
    }
}
