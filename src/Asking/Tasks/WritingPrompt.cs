using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A prompt that is written on from. It has one key for what is written and what is read.</summary>
/// <param name="Template">The template, by index.</param>
/// <param name="Prompt">What it asks.</param>
/// <param name="Text">What is written on from.</param>
/// <param name="Read">What a run would read the options' probabilities from.</param>
sealed record WritingPrompt(int Template, Prompt Prompt, TokenizedPrompt Text, TokenizedPrompt Read)
{
    /// <summary>The prompts of all that is asked, in the survey's own order of options, by rising key; and what cannot be asked.</summary>
    /// <param name="model">The model.</param>
    /// <param name="work">What is asked.</param>
    /// <param name="free">Whether the closing words are left out.</param>
    public static (List<WritingPrompt> Asked, List<UnaskedQuestion> Unasked) Of(PromptTarget model, AskingWork work, bool free)
    {
        var design = work.Design;
        var tokenizer = new PromptTokenizer(model, design);
        List<WritingPrompt> asked = [];
        List<UnaskedQuestion> unasked = [];
        var surveysOwn = OptionOrders.Parse(OptionOrders.SurveysOwn);
        foreach (var question in work.Questions)
        {
            var own = QuestionPrompts<WritingPrompt>.Of(design, question, surveysOwn.For, (template, _, order) =>
            {
                var prompt = design.Templates[template].Build(question, order);
                var text = free ? tokenizer.LayFree(prompt) : tokenizer.Lay(prompt);
                return new(template, prompt, new(0, model.Vocabulary.Tokenize(text), [], false) { Text = text.ToString() },
                    tokenizer.Read(prompt));
            });
            unasked.AddRange(own.Unasked);
            asked.AddRange(own.Made);
        }
        return ([.. asked.Select((a, key) => a with { Text = a.Text with { Key = key }, Read = a.Read with { Key = key } })], unasked);
    }

    /// <summary>Why it has no answer.</summary>
    public UnaskedQuestion Unasked(string why) => new(Prompt.SourceRow, why);

    /// <summary>What was written, beside what was read.</summary>
    public WrittenAnswer Answer(PromptScore score, GeneratedText text) => new()
    {
        Template = Template,
        SourceRow = Prompt.SourceRow,
        Prompt = Text.Text ?? "",
        Labels = Prompt.Labels,
        Options = Prompt.Options,
        Probabilities = score.Probabilities,
        Text = text,
    };
}
