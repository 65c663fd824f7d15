namespace LocalOpinions.Engine.Tests;

public class PromptScorerTests
{
    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void Scores_are_what_the_reference_gives_for_the_labels(string name)
    {
        using var model = TinyModels.Load(name);
        var references = TinyModels.References(name);
        var prompts = Read(model, references);
        using var scorer = new PromptScorer(model, prompts, new(Exact: true, TinyModels.Threads));
        var scores = scorer.Score().SelectMany(s => s).ToList();
        Assert.Equal(prompts.Select(p => p.Key), scores.Select(s => s.Key));
        foreach (var (score, prompt) in scores.Zip(prompts))
        {
            var expected = prompt.LabelTokens.Select(set => Math.Log(set.Sum(id => Math.Exp(references.Refs[prompt.Key].Logprobs[id])))).ToArray();
            Assert.All(score.LogProbabilities.Zip(expected), p => Assert.InRange(Math.Abs(p.First - p.Second), 0, TinyModels.Tolerance(name)));
            Assert.Equal(1, score.Probabilities.Sum(), 12);
            Assert.Equal(score.LogProbabilities.Sum(Math.Exp), score.LabelMass, 12);
            Assert.Equal(prompt.Tokens.Length, score.Tokens);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Packing_repeats_itself_to_the_last_bit(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Read(model, TinyModels.References(name));
        Assert.Equal(Packed(model, prompts), Packed(model, prompts));
    }

    [Fact]
    public void A_cancelled_enumeration_ends_and_keeps_what_it_gave()
    {
        using var model = TinyModels.Load("llama-spm");
        var prompts = Read(model, TinyModels.References("llama-spm"));
        using var scorer = new PromptScorer(model, prompts, new(Exact: true, TinyModels.Threads));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        foreach (var group in scorer.Score(cancellation.Token))
        {
            seen += group.Count;
            if (seen == 3)
                cancellation.Cancel();
        }
        Assert.Equal(3, seen);
    }

    [Fact]
    public void Nothing_to_ask_and_empty_prompts_are_the_callers_mistakes()
    {
        using var model = TinyModels.Load("llama-spm");
        Assert.Throws<ArgumentOutOfRangeException>(() => new PromptScorer(model, [], new(false, 1)));
        Assert.Throws<ArgumentException>(() => new PromptScorer(model, [new TokenizedPrompt(3, [], [], false)], new(false, 1)));
    }

    [Fact]
    public void The_probe_measures_a_rate()
    {
        using var model = TinyModels.Load("llama-spm");
        using var scorer = new PromptScorer(model, [new TokenizedPrompt(0, [1, 2, 3], [[4]], false)], new(false, TinyModels.Threads));
        Assert.All(scorer.ProbePromptRate(2), r => Assert.InRange(r, 1, 1e9));
    }

    [Fact]
    public void Contexts_and_models_come_and_go_without_growing_the_process()
    {
        Cycle(3);
        var before = Environment.WorkingSet;
        Cycle(200);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 64L << 20);

        static void Cycle(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var model = TinyModels.Load("qwen3-bpe");
                using var scorer = new PromptScorer(model, [new TokenizedPrompt(0, [1, 2, 3], [[4], [5]], false)], new(false, 1));
                Assert.Single(scorer.Score());
            }
        }
    }

    static double[] Packed(Model model, List<TokenizedPrompt> prompts)
    {
        using var scorer = new PromptScorer(model, prompts, new(Exact: false, TinyModels.Threads));
        return [.. scorer.Score().SelectMany(s => s).OrderBy(s => s.Key).SelectMany(s => s.LogProbabilities)];
    }

    static List<TokenizedPrompt> Read(Model model, References references)
    {
        var reader = new LabelReader(model.Vocabulary);
        return [.. references.Prompts.Select((text, i) => reader.Read(i, text, ["A", "B"], LabelBoundary.Space))];
    }
}
