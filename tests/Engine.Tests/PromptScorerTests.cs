using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

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
        using var scorer = Exact(model, prompts);
        var scores = scorer.Score().SelectMany(s => s).ToList();
        Assert.Equal(prompts.Select(p => p.Key), scores.Select(s => s.Key));
        foreach (var (score, prompt) in scores.Zip(prompts))
        {
            var expected = prompt.LabelTokens.Select(set => Math.Log(set.Sum(id => Math.Exp(references.Refs[prompt.Key].Logprobs[id]))))
                .ToArray();
            Assert.All(score.LogProbabilities.Zip(expected), p =>
                Assert.InRange(Math.Abs(p.First - p.Second), 0, TinyModels.Tolerance(name)));
            Assert.Equal(1, score.Probabilities.Sum(), 12);
            Assert.Equal(score.LogProbabilities.Sum(Math.Exp), score.LabelMass, 12);
            Assert.Equal(prompt.Tokens.Length, score.Tokens);
        }
    }

    [Fact]
    public void A_cancelled_enumeration_ends_and_keeps_what_it_gave()
    {
        using var model = TinyModels.Load("llama-spm");
        var prompts = Read(model, TinyModels.References("llama-spm"));
        using var scorer = Exact(model, prompts);
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        foreach (var group in scorer.Score(null, cancellation.Token))
        {
            seen += group.Count;
            if (seen == 3)
                cancellation.Cancel();
        }
        Assert.Equal(3, seen);
    }

    [Fact]
    public void Contexts_that_take_turns_end_together_when_one_is_stopped_or_fails()
    {
        using var model = TinyModels.Load("llama-spm");
        var plan = DecodePlan.OneByOne(Read(model, TinyModels.References("llama-spm")));
        using (var stopped = new PromptScorer(model, plan, new(Arithmetic.Usual, 1) { Contexts = 2 }))
        using (var cancellation = new CancellationTokenSource())
        {
            var groups = 0;
            foreach (var group in stopped.Score(null, cancellation.Token))
            {
                if (++groups == 3)
                    cancellation.Cancel();
            }
            Assert.InRange(groups, 3, plan.Leaves.Count - 1);
        }
        using var failing = new PromptScorer(model, plan, new(Arithmetic.Usual, 1) { Contexts = 2 });
        var begun = 0;
        var error = Assert.Throws<InvalidOperationException>(() => failing.Score(null, default, (_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 4)
                throw new InvalidOperationException("made up");
        }).Count());
        Assert.Equal("made up", error.Message);
        Assert.InRange(begun, 4, plan.Leaves.Count - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_probe_measures_a_rate_before_during_and_after(int contexts)
    {
        using var model = TinyModels.Load("llama-spm");
        using var probe = new PromptRate(model, 512, TinyModels.Threads);
        Assert.InRange(probe.Measure(), 1, 1e9);
        using var scorer = new PromptScorer(model, DecodePlan.OneByOne(Read(model, TinyModels.References("llama-spm"))),
            new(Arithmetic.Usual, TinyModels.Threads, probe, new() { ProbeInterval = TimeSpan.Zero }) { Contexts = contexts });
        var decodes = scorer.Score().Count();
        Assert.Equal(decodes, scorer.Times.Probes.Count);
        Assert.InRange(scorer.Times.BusyShare, 0.1, 1);
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
                var plan = DecodePlan.OneByOne([new(0, [1, 2, 3], [[4], [5]], false)]);
                using var scorer = new PromptScorer(model, plan, new(Arithmetic.Usual, 1));
                Assert.Single(scorer.Score());
            }
        }
    }

    static PromptScorer Exact(Model model, List<TokenizedPrompt> prompts) =>
        new(model, DecodePlan.OneByOne(prompts), new(Arithmetic.Exact, TinyModels.Threads));

    static List<TokenizedPrompt> Read(Model model, References references)
    {
        var reader = new LabelReader(model.Vocabulary);
        return [.. references.Prompts.Select((text, i) => reader.Read(i, text, ["A", "B"], LabelBoundary.Space))];
    }
}
