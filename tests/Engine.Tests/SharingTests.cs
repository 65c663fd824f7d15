using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Tests;

/// <summary>Shared prefixes on every kind of memory: full attention, sliding window, hybrid.</summary>
public class SharingTests
{
    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void Sharing_without_flash_attention_agrees_with_one_at_a_time(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(model, name);
        var alone = LogProbabilities(model, DecodePlan.OneByOne(prompts), Arithmetic.Exact);
        var plan = DecodePlan.Packed(prompts, PlanShape.For(model));
        Assert.True(plan.Leaves.Max(l => l.Depth) >= 2, "the prompts should share prefixes within prefixes");
        var shared = LogProbabilities(model, plan, Arithmetic.Exact);
        Assert.Equal(prompts.Count, shared.Count);
        foreach (var prompt in prompts)
            Assert.InRange(shared[prompt.Key].Zip(alone[prompt.Key], (a, b) => Math.Abs(a - b)).Max(), 0, TinyModels.Tolerance(name));
    }

    [Theory, MemberData(nameof(Models))]
    public void The_same_plan_repeats_itself_to_the_last_bit(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(model, name);
        var first = Scores(model, prompts);
        prompts.Reverse();
        AssertSame(first, Scores(model, prompts));
    }

    [Theory, MemberData(nameof(Models))]
    public void What_is_left_of_a_plan_is_decoded_as_in_the_whole_to_the_last_bit(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(model, name);
        var whole = Scores(model, prompts);
        var plan = DecodePlan.Packed(prompts, Small);
        using var scorer = new PromptScorer(model, plan, new(Arithmetic.Usual, TinyModels.Threads));
        var random = new Random(5);
        for (var resumption = 0; resumption < 6; resumption++)
        {
            // Decodes are stored whole, in any number.
            var stored = plan.Leaves.Where(_ => random.Next(2) == 0).SelectMany(l => l.Segments).Select(s => s.Path.Key).ToHashSet();
            var rest = scorer.Score(stored.Contains).SelectMany(s => s).ToDictionary(s => s.Key);
            Assert.Equal(prompts.Count, stored.Count + rest.Count);
            AssertSame(whole.Where(w => !stored.Contains(w.Key)).ToDictionary(), rest);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void On_several_contexts_that_take_turns_scores_are_the_same_to_the_last_bit(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(model, name);
        var plan = DecodePlan.Packed(prompts, Small);
        var expected = Scores(model, prompts);
        foreach (var contexts in new[] { 2, 4 })
        {
            using var scorer = new PromptScorer(model, plan, new(Arithmetic.Usual, TinyModels.Threads) { Contexts = contexts });
            var seen = new HashSet<int>();
            var scores = scorer.Score(null, default, (context, _) => { lock (seen) seen.Add(context); });
            AssertSame(expected, scores.SelectMany(s => s).ToDictionary(s => s.Key));
            Assert.True(seen.Count > 1 && seen.Max() < contexts, "the contexts should share the work");
            seen.Clear();
            AssertSame(expected, scorer.Score(null, default, (context, _) => seen.Add(context), singly: true).SelectMany(s => s)
                .ToDictionary(s => s.Key));
            Assert.Equal([0], seen);
        }
    }

    // Several decodes per level, so that prefixes are dropped and held in every way.
    static PlanShape Small => new(DecodeTokens: 128, Prompts: 6, Prefixes: 3, Height: 3);

    static Dictionary<int, PromptScore> Scores(Model model, List<TokenizedPrompt> prompts)
    {
        using var scorer = new PromptScorer(model, DecodePlan.Packed(prompts, Small), new(Arithmetic.Usual, TinyModels.Threads));
        return scorer.Score().SelectMany(s => s).ToDictionary(s => s.Key);
    }

    static void AssertSame(Dictionary<int, PromptScore> expected, Dictionary<int, PromptScore> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, e => Assert.Equal(e.Value.LogProbabilities, actual[e.Key].LogProbabilities));
    }

    static Dictionary<int, double[]> LogProbabilities(Model model, DecodePlan plan, Arithmetic arithmetic)
    {
        using var scorer = new PromptScorer(model, plan, new(arithmetic, TinyModels.Threads));
        return scorer.AllLogProbabilities().ToDictionary(a => a.Key, a => a.LogProbabilities);
    }

    /// <summary>
    /// Each reference prompt under two orders and three countries, and once by itself; the long one makes several ubatches.
    /// </summary>
    internal static List<TokenizedPrompt> Prompts(Model model, string name)
    {
        var reader = new LabelReader(model.Vocabulary);
        List<string> texts = [];
        foreach (var text in TinyModels.References(name).Prompts)
        {
            texts.Add(text);
            foreach (var order in new[] { "yes, no or perhaps", "no, perhaps or yes, each of them as often as it is said" })
                texts.AddRange(from country in new[] { "Brazil", "a small country",
                    "the north" }
                               select $"{text} Say {order}: someone from {country} says");
        }
        return [.. texts.Select((t, i) => reader.Read(i, t, ["A", "B"], LabelBoundary.Space))];
    }
}
