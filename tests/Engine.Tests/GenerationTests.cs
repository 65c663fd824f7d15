using FsCheck;
using FsCheck.Fluent;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Tests;

public class GenerationTests
{
    // Some random models are very sure of what they say.
    const double Hot = 10;

    static readonly GenerationRequest s_greedy = new(new(), 12, 1, []);

    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void Greedy_texts_written_together_are_those_of_one_token_at_a_time(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(model, name);
        var texts = TextGenerator.Generate(model, prompts, s_greedy, Arithmetic.Exact, TinyModels.Threads).ToList();
        Assert.Equal(prompts.Select(p => p.Key), texts.Select(t => t.Key));
        foreach (var text in texts.Where((_, i) => i % 3 == 0))
            Assert.Equal(OneByOne(model, prompts.Single(p => p.Key == text.Key)), text.Text);
    }

    [Theory, MemberData(nameof(Models))]
    public void A_seed_gives_the_same_texts_and_another_seed_others(string name)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(model, name);
        var first = Sampled(model, prompts, seed: 1);
        Assert.Equal(first, Sampled(model, prompts, seed: 1));
        Assert.NotEqual(first.Select(t => t.Text), Sampled(model, prompts, seed: 2).Select(t => t.Text));
        // Texts behind one prompt differ from each other.
        Assert.All(first.GroupBy(t => t.Key), g => Assert.True(g.Select(t => t.Text).Distinct().Count() > 1));
        Assert.Equal([.. prompts.SelectMany(p => Enumerable.Range(0, 3).Select(i => (p.Key, i)))], first.Select(t => (t.Key, t.Sequence)));
    }

    [Fact]
    public void What_is_drawn_does_not_depend_on_who_else_is_asked()
    {
        using var model = TinyModels.Load("llama-spm");
        var prompts = Prompts(model, "llama-spm");
        var together = Generate(model, prompts, new(new(1, 1, 5), 6, 2, []));
        var alone = Generate(model, [prompts[3] with { Key = 77 }], new(new(1, 1, 5), 6, 2, []));
        Assert.Equal(together.Where(t => t.Key == prompts[3].Key).Select(t => t.Text), alone.Select(t => t.Text));
    }

    [Fact]
    public void More_texts_than_fit_at_once_are_written_in_groups()
    {
        using var model = TinyModels.Load("qwen3-bpe");
        var prompts = Prompts(model, "qwen3-bpe");
        var texts = Generate(model, prompts, new(new(1, 0.9, 1), 4, 20, []));
        Assert.Equal(prompts.Count * 20, texts.Count);
        Assert.All(texts, t => Assert.InRange(t.Tokens, 1, 4));
    }

    [Fact]
    public void A_text_ends_before_a_stop_string_or_at_its_length()
    {
        using var model = TinyModels.Load("llama-spm");
        var prompt = Prompts(model, "llama-spm")[0];
        var whole = Generate(model, [prompt], s_greedy).Single();
        Assert.Equal((Finish.Length, 12), (whole.Finish, whole.Tokens));
        var stop = whole.Text[(whole.Text.Length / 2)..(whole.Text.Length / 2 + 2)];
        var stopped = Generate(model, [prompt], s_greedy with { Stops = ["never there", stop] }).Single();
        Assert.Equal((Finish.Stop, whole.Text[..whole.Text.IndexOf(stop, StringComparison.Ordinal)]), (stopped.Finish, stopped.Text));
        Assert.True(stopped.Tokens < whole.Tokens);
    }

    [Fact]
    public void Impossible_requests_are_refused()
    {
        using var model = TinyModels.Load("llama-spm");
        var prompts = Prompts(model, "llama-spm");
        foreach (var wrong in new[] { s_greedy with { MostTokens = 0 }, s_greedy with { Sequences = 65 }, s_greedy
            with { Sampling = new(-1) }, s_greedy with { Sampling = new(1, 0) }, s_greedy with { Sampling = new(double.NaN) } })
            Assert.Throws<ArgumentOutOfRangeException>(() => Generate(model, prompts, wrong));
        Assert.Throws<ArgumentException>(() => Generate(model, prompts, s_greedy with { Stops = [""] }));
        Assert.Equal(EngineError.Prompt, Assert.Throws<EngineException>(
            () => Generate(model, prompts, s_greedy with { MostTokens = 1 << 20 })).Kind);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            TextGenerator.Generate(model, prompts, s_greedy, Arithmetic.Exact, 1, new CancellationToken(canceled: true)).ToList());
    }

    static readonly Arbitrary<(float[] Logits, double Temperature, double TopP, double Place)> s_draws = (
        from logits in Gen.Choose(-3000, 3000).Select(n => n / 100f).ArrayOf().Where(l => l.Length > 0)
        from temperature in Gen.Elements(0.1, 0.7, 1, 2.5)
        from topP in Gen.Elements(1e-9, 0.1, 0.5, 0.9, 0.999, 1)
        from place in Gen.Choose(0, 999_999).Select(n => n / 1e6)
        select (logits, temperature, topP, place)).ToArbitrary();

    [Fact]
    public void A_draw_is_where_the_definition_puts_it() => Prop.ForAll(s_draws, d =>
        new Sampler(new(d.Temperature, d.TopP), 0).Draw(d.Logits, d.Logits.Max(), d.Place) is var token
        && (token == Defined(d.Logits, d.Temperature, d.TopP, d.Place, 1)
            || token == Defined(d.Logits, d.Temperature, d.TopP, d.Place, 1 - 1e-12)
            || token == Defined(d.Logits, d.Temperature, d.TopP, d.Place, 1 + 1e-12)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Samples_have_the_models_own_frequencies()
    {
        float[] logits = [MathF.Log(0.5f), MathF.Log(0.3f), MathF.Log(0.2f)];
        var sampler = new Sampler(new(1, 1, 42), 7);
        var counts = new int[3];
        for (var i = 0; i < 20_000; i++)
            counts[sampler.Next(logits)!.Value]++;
        // Five standard deviations.
        Assert.All(counts.Zip([0.5, 0.3, 0.2]), c => Assert.InRange(c.First / 20_000.0 - c.Second, -0.018, 0.018));
        var nucleus = new Sampler(new(1, 0.5, 42), 7);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(0, nucleus.Next(logits)));
    }

    [Fact]
    public void Greedy_takes_the_first_of_equals_and_nothing_beside_what_is_no_number()
    {
        Assert.Equal(1, new Sampler(new(), 0).Next([0, 2, 2, 1]));
        Assert.Equal(1, new Sampler(new(), 0).Next([float.NegativeInfinity, 2]));
        // As with labels: where one is no number, no probability is one.
        Assert.All([0.0, 1.0], temperature =>
        {
            Assert.Null(new Sampler(new(temperature), 0).Next([3, 2, float.NaN, 1]));
            Assert.Null(new Sampler(new(temperature), 0).Next([float.NaN, float.NaN]));
            Assert.Null(new Sampler(new(temperature), 0).Next([1, float.PositiveInfinity]));
            Assert.Null(new Sampler(new(temperature), 0).Next([float.NegativeInfinity]));
        });
    }

    /// <summary>Sorts everything, in the plainest way.</summary>
    static int Defined(float[] logits, double temperature, double topP, double place, double rounding)
    {
        var weights = logits.Select((l, i) => (Weight: Math.Exp(((double)l - logits.Max()) / temperature), i))
            .OrderByDescending(w => w.Weight).ThenBy(w => w.i).ToList();
        var wanted = topP * weights.Sum(w => w.Weight) * rounding;
        double sum = 0;
        var nucleus = weights.TakeWhile(w => (sum += w.Weight) - w.Weight < wanted).ToList();
        var at = place * nucleus.Sum(w => w.Weight) * rounding;
        double below = 0;
        foreach (var (weight, i) in nucleus)
        {
            below += weight;
            if (at < below)
                return i;
        }
        return nucleus[^1].i;
    }

    static List<GeneratedText> Sampled(Model model, List<TokenizedPrompt> prompts, long seed) =>
        Generate(model, prompts, new(new(Hot, 0.95, seed), 6, 3, []));

    static List<GeneratedText> Generate(Model model, List<TokenizedPrompt> prompts, GenerationRequest request) =>
        [.. TextGenerator.Generate(model, prompts, request, Arithmetic.Exact, TinyModels.Threads)];

    static string OneByOne(Model model, TokenizedPrompt prompt)
    {
        List<int> tokens = [.. prompt.Tokens];
        List<byte> text = [];
        for (var i = 0; i < s_greedy.MostTokens; i++)
        {
            using var scorer = new PromptScorer(model, DecodePlan.OneByOne([new(0, [.. tokens], [], false)]),
                new(Arithmetic.Exact, TinyModels.Threads));
            var logs = scorer.AllLogProbabilities().Single().LogProbabilities;
            tokens.Add(Array.IndexOf(logs, logs.Max()));
            if (model.Vocabulary.IsEnd(tokens[^1]))
                break;
            text.AddRange(model.Vocabulary.Bytes(tokens[^1]));
        }
        return System.Text.Encoding.UTF8.GetString([.. text]);
    }

    static List<TokenizedPrompt> Prompts(Model model, string name) =>
        [.. TinyModels.References(name).Prompts.Where(p => p.Length < 1000).Take(3)
            .SelectMany(p => new[] { p, p + " Say yes", p + " Say no" })
            .Select((p, i) => new TokenizedPrompt(i, model.Vocabulary.Tokenize(p), [], false))];
}
