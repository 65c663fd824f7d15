using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
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
        foreach (var question in work.Questions)
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
                List<WritingPrompt> own = [];
                foreach (var (index, template) in design.Templates.Index().Where(t => !without.ContainsKey(t.Index)))
                {
                    var prompt = template.Build(question);
                    var (text, key) = (free ? tokenizer.LayFree(prompt) : tokenizer.Lay(prompt), asked.Count + own.Count);
                    own.Add(new(index, prompt, new(key, model.Vocabulary.Tokenize(text), [], false) { Text = text.ToString() },
                        tokenizer.Read(prompt) with { Key = key }));
                }
                asked.AddRange(own);
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                unasked.Add(new(question.SourceRow, e.Message));
            }
        }
        return (asked, unasked);
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
