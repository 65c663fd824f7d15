using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A text and what it answers.</summary>
/// <param name="Question">The question.</param>
/// <param name="Options">Its options, in the order that whoever wrote the text saw.</param>
/// <param name="Text">The text.</param>
public sealed record TextToClassify(string Question, IReadOnlyList<string> Options, string Text);

/// <summary>
/// Asks a model which option each text gives, in the words of <see cref="ClassifyWording"/> and the layout that the source was opened for.
/// </summary>
/// <param name="Texts">The texts. What is decoded together follows from all of them.</param>
/// <param name="Known">Places of those that need no class.</param>
public sealed record ClassifyTask(IReadOnlyList<TextToClassify> Texts, IReadOnlyList<int> Known)
    : ModelTask<IReadOnlyList<ClassifiedText>>
{
    internal override bool CanBeParted => true;

    internal override IReadOnlyList<ClassifiedText> Joined(IReadOnlyList<IReadOnlyList<ClassifiedText>> parts) =>
        [.. parts.SelectMany(p => p).OrderBy(c => c.Place)];

    private protected override IReadOnlyList<ClassifiedText> Result(ModelAtWork at)
    {
        var choice = at.Work.Design.Choice;
        var chat = choice.Layout == TurnLayout.Chat ? at.Model.ChatFormat(choice.Chat(hasSystem: false)) : null;
        var labels = new LabelReader(at.Model.Vocabulary);
        List<ClassifiedText> classified = [];
        List<TokenizedPrompt> prompts = [];
        List<int> places = [];
        foreach (var (place, text) in Texts.Index())
        {
            try
            {
                var read = labels.Read(
                    prompts.Count, Lay(at.Model.Vocabulary, chat, text), ClassifyWording.Labels(text.Options.Count), LabelBoundary.Paren);
                if (read.LongestPath > at.Model.ContextLength)
                    throw new EngineException(EngineError.Prompt, "too long for the model's context");
                prompts.Add(read);
                places.Add(place);
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                // Every part sees it; the first tells.
                if (Part is null or { Number: 0 })
                    classified.Add(new(place, null, 0, 0, e.Message));
            }
        }
        if (prompts.Count == 0)
            return classified;
        var known = Known.ToHashSet();
        var plan = PlannedBatch.Decodes(at.Shape, prompts, at.Work.Job.Exact);
        var mine = TaskPart.Keys(Part, plan.Groups());
        using var scorer = new PromptScorer(at.Model, plan, new(at.Work.Job.Arithmetic, at.Threads));
        foreach (var score in scorer.Score(key => known.Contains(places[key]) || !mine(key), at.Cancellation).SelectMany(s => s))
        {
            classified.Add(Read(places[score.Key], score));
            at.Progress(new(1, score.Tokens) { Classified = classified[^1] });
        }
        at.Cancellation.ThrowIfCancellationRequested();
        return classified;
    }

    /// <summary>The prompt. Question, options and text are data: what looks like a control token in them stays text.</summary>
    internal static PromptText Lay(Vocabulary vocabulary, ChatFormat? chat, TextToClassify text)
    {
        var message = ClassifyWording.Message(text.Question, text.Options, text.Text);
        return chat is null ? $"Human: {message}\n\nAssistant: {ClassifyWording.Opening}"
            : chat.Write(vocabulary, message, ClassifyWording.Opening);
    }

    ClassifiedText Read(int place, PromptScore score)
    {
        if (score.Problem is { } problem)
            return new(place, null, 0, 0, problem);
        var most = score.Probabilities.Index().MaxBy(p => p.Item).Index;
        return new(place, most < Texts[place].Options.Count ? most : null, score.Probabilities[most], 1 - score.LabelMass, null);
    }
}
