using System.Numerics;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Asking.Tasks;

/// <summary>What a model made of a text that was to be translated.</summary>
/// <param name="Place">The text's place among <see cref="TranslationDrafts.Wanted"/>.</param>
/// <param name="Written">What it wrote; null where it wrote nothing that ended.</param>
/// <param name="Problem">Why there is nothing; null where there is.</param>
public sealed record DraftedText(int Place, string? Written, string? Problem);

/// <summary>Lets a model translate a survey's texts. Greedy, so that the same model drafts the same.</summary>
/// <param name="Language">The language to translate into, a BCP 47 tag.</param>
/// <param name="Limit">Only the survey's first so many questions; null for all.</param>
public sealed record DraftTask(string Language, int? Limit) : ModelTask<IReadOnlyList<DraftedText>>
{
    // Tokens a translation may take per token of its text: vocabularies cut other scripts small.
    const int Growth = 6, Least = 32;

    internal override bool CanBeParted => true;

    internal override IReadOnlyList<DraftedText> Joined(IReadOnlyList<IReadOnlyList<DraftedText>> parts) =>
        [.. parts.SelectMany(p => p).OrderBy(d => d.Place)];

    private protected override IReadOnlyList<DraftedText> Result(ModelAtWork at)
    {
        var wanted = new TranslationDrafts(at.Work.Loaded, Language, Limit).Wanted;
        var chat = at.Model.Header.ChatTemplate is { Length: > 0 } ? at.Model.ChatFormat() : null;
        List<DraftedText> drafted = [];
        var prompts = Prompts(at, chat, wanted, drafted);
        // Every part sees what cannot be drafted; the first tells.
        if (Part is { Number: > 0 })
            drafted.Clear();
        // Texts of like length and lines end alike, and share their decodes.
        List<GenerationPlan> plans = [.. prompts.GroupBy(p => (p.Most, wanted[p.Prompt.Key].HasLines)).OrderBy(g => g.Key).Select(g =>
        {
            string[] stops = [.. g.Key.HasLines ? [] : (string[])["\n"], .. chat is null ? [wanted[0].NextText] : (string[])[]];
            return GenerationPlan.Of(
                at.Model, [.. g.Select(p => p.Prompt)], new GenerationRequest(new(), g.Key.Most, 1, stops), singly: false);
        })];
        var groups = plans.SelectMany(p => p.DecodeGroups().Select(g => (Group: g, Most: (long)p.Request.MostTokens))).ToList();
        var mine = TaskPart.Keys(Part, [.. groups.Select(g => g.Group)], i => groups[i].Most);
        foreach (var plan in plans)
        {
            foreach (var text in TextGenerator.Generate(at.Model, plan, mine, Arithmetic.Usual, at.Threads, at.Cancellation))
            {
                drafted.Add(text.Finish switch
                {
                    Finish.Length => new(text.Key, null, "it did not end"),
                    Finish.Broken => new(text.Key, null, "the model's logits are no numbers; its file may be damaged"),
                    _ => new(text.Key, text.Text, null),
                });
                at.Progress(new(1, text.Tokens));
            }
        }
        return drafted;
    }

    static List<(TokenizedPrompt Prompt, int Most)> Prompts(
        ModelAtWork at, ChatFormat? chat, IReadOnlyList<DraftText> wanted, List<DraftedText> drafted)
    {
        var vocabulary = at.Model.Vocabulary;
        List<(TokenizedPrompt, int)> prompts = [];
        foreach (var (key, text) in wanted.Index())
        {
            try
            {
                // The survey's text is data: what looks like a control token in it stays text.
                var tokens = vocabulary.Tokenize(chat is null ? text.Continuation : chat.Write(vocabulary, text.Message, ""));
                var most = (int)BitOperations.RoundUpToPowerOf2((uint)(Growth * vocabulary.Tokenize(text.Source).Length + Least));
                if (tokens.Length + most > at.Model.ContextLength)
                    drafted.Add(new(key, null, "too long for the model's context"));
                else
                    prompts.Add((new(key, tokens, [], false), most));
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                drafted.Add(new(key, null, "the model cannot read it"));
            }
        }
        return prompts;
    }
}
