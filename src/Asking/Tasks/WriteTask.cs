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
                asked.AddRange([.. design.Templates.Select(t => t.Build(question))
                    .Select((prompt, template) => (template, prompt, Lay(tokenizer, prompt, at), tokenizer.Read(prompt)))]);
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                unasked.Add(new(question.SourceRow, e.Message));
            }
        }
        if (asked.Count == 0)
            return new([], unasked);
        var probabilities = Read(at, [.. asked.Select((a, key) => a.Read with { Key = key })]);
        TokenizedPrompt[] prompts = [.. asked.Select((a, key) =>
            new TokenizedPrompt(key, at.Model.Vocabulary.Tokenize(a.Text), [], false))];
        var texts = TextGenerator.Generate(at.Model, prompts, Request, at.Work.Job.Exact, at.Threads, at.Cancellation);
        return new([.. texts.Select(text => new WrittenAnswer
        {
            Template = asked[text.Key].Template,
            SourceRow = asked[text.Key].Prompt.SourceRow,
            Prompt = asked[text.Key].Text.ToString(),
            Labels = asked[text.Key].Prompt.Labels,
            Options = asked[text.Key].Prompt.Options,
            Probabilities = probabilities[text.Key],
            Text = text,
        })], unasked);
    }

    static double[][] Read(ModelAtWork at, TokenizedPrompt[] prompts)
    {
        var exact = at.Work.Job.Exact;
        using var scorer = new PromptScorer(at.Model, GgufSource.PlanOf(at.Shape, prompts, exact), new(exact, at.Threads));
        var probabilities = new double[prompts.Length][];
        foreach (var score in scorer.Score(null, at.Cancellation).SelectMany(s => s))
            probabilities[score.Key] = score.Probabilities;
        at.Cancellation.ThrowIfCancellationRequested();
        return probabilities;
    }

    PromptText Lay(PromptTokenizer tokenizer, Prompt prompt, ModelAtWork at) => (Free, tokenizer.Chat) switch
    {
        (false, _) => tokenizer.Lay(prompt),
        (true, null) => $"Human: {prompt.Message}\n\nAssistant:",
        (true, var chat) => chat.Write(at.Model.Vocabulary, prompt.Message, ""),
    };
}
