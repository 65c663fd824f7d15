using LocalOpinions.Engine.Planning;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Prompts;

/// <summary>What a prompt asks: the question, the template that words it, and the order of its options.</summary>
/// <param name="Template">Which of the templates, by index; each has a run per reading.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="OrderIndex">0-based number of the order among the question's.</param>
/// <param name="Order">Position to option; position 0 is label A. -1 is an option that the survey does not have.</param>
public readonly record struct PromptItem(int Template, int SourceRow, int OrderIndex, int[] Order);

/// <summary>Some questions' prompts, tokenised: what one plan is made of.</summary>
/// <param name="Prompts">By rising key.</param>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Unasked">Questions of the batch without a prompt.</param>
sealed record PromptBatch(IReadOnlyList<TokenizedPrompt> Prompts, IReadOnlyList<PromptItem> Asked, IReadOnlyList<UnaskedQuestion> Unasked)
{
    /// <summary>Bounds the memory of a run: some 100 MB of tokens and labels.</summary>
    public const int MostPrompts = 1 << 16;

    /// <summary>
    /// Cuts questions into batches of a bounded number of prompts. The cut depends on the questions alone, not on what is left of them.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Question>> Cut(IReadOnlyList<Question> questions, PromptDesign design, int mostPrompts)
    {
        List<Question> batch = [];
        var prompts = 0;
        foreach (var question in questions)
        {
            var more = design.PromptsOf(question);
            if (prompts + more > mostPrompts && batch.Count > 0)
            {
                yield return batch;
                (batch, prompts) = ([], 0);
            }
            batch.Add(question);
            prompts += more;
        }
        yield return batch;
    }

    /// <summary>
    /// Builds and tokenises prompts on all cores; a question that cannot be asked is listed with its reason, and the others go on.
    /// </summary>
    public static PromptBatch Prepare(
        PromptTarget model, PromptDesign design, IReadOnlyList<Question> questions, CancellationToken cancellation)
    {
        var tokenizer = new PromptTokenizer(model, design);
        var prepared = new QuestionPrompts<(PromptItem Asked, TokenizedPrompt Prompt)>[questions.Count];
        // An interrupted preparation is an interrupted run of no answers.
        var atATime = new ParallelOptions { MaxDegreeOfParallelism = model.AtATime ?? -1 };
        Parallel.For(0, questions.Count, atATime, (i, loop) =>
        {
            if (cancellation.IsCancellationRequested)
                loop.Stop();
            else
                prepared[i] = Prepare(questions[i]);
        });
        if (cancellation.IsCancellationRequested)
            return new([], [], []);

        List<TokenizedPrompt> prompts = [];
        List<PromptItem> asked = [];
        List<UnaskedQuestion> unasked = [];
        for (var i = 0; i < prepared.Length; i++)
        {
            unasked.AddRange(prepared[i].Unasked);
            foreach (var (what, prompt) in prepared[i].Made)
            {
                prompts.Add(prompt with { Key = prompts.Count });
                asked.Add(what);
            }
        }
        return new(prompts, asked, unasked);

        QuestionPrompts<(PromptItem Asked, TokenizedPrompt Prompt)> Prepare(Question question) =>
            QuestionPrompts<(PromptItem, TokenizedPrompt)>.Of(design, question, design.Orders.For, (template, index, order) =>
            {
                var prompt = design.Templates[template].Build(question, order);
                return (new(template, question.SourceRow, index, prompt.Listed), tokenizer.Read(prompt));
            });
    }
}
