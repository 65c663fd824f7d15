using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// The probabilities of whole texts, read with everything shared, against decoding every beginning of every text by itself.
/// </summary>
public sealed class TextReadingTests : IDisposable
{
    const string Domain = "Assistant: My answer would be";

    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-texts-").FullName;

    // Texts of one token and of many, that begin alike, that are others' beginnings, and one that several prompts have.
    static readonly string[][] s_options =
    [
        ["Yes", "No", "DK/Refused"],
        ["Very good", "Somewhat good", "Somewhat bad", "Very bad", "DK/Refused"],
        ["Agree", "Agree strongly", "Agree strongly, but only where nobody else would have to agree with it", "DK/Refused"],
    ];

    public static TheoryData<string> Models => [.. TinyModels.Names];

    public static TheoryData<string> AllModels => [.. TinyModels.Names, .. RandomModels.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(AllModels))]
    public void Shared_texts_agree_with_teacher_forcing_one_at_a_time(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(model, name);
        var shared = Scores(model, DecodePlan.Packed(prompts, Small), Arithmetic.Exact);
        var forced = TeacherForced(model, prompts);
        Assert.Equal(prompts.Count, shared.Count);
        foreach (var prompt in prompts)
        {
            var score = shared[prompt.Key];
            for (var i = 0; i < score.LogProbabilities.Length; i++)
            {
                Assert.Equal(prompt.Texts!.Tokens[i].Length, score.Texts!.Tokens[i]);
                Assert.InRange(Math.Abs(forced[(prompt.Key, false, i)] - score.LogProbabilities[i]), 0, Tolerance(name));
                Assert.InRange(Math.Abs(forced[(prompt.Key, true, i)] - score.Texts.DomainLogProbabilities![i]), 0, Tolerance(name));
            }
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void One_by_one_agrees_with_teacher_forcing_too_and_depends_on_nothing_else(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(model, name);
        var exact = Scores(model, DecodePlan.OneByOne(prompts), Arithmetic.Exact);
        var forced = TeacherForced(model, prompts);
        foreach (var prompt in prompts)
            Assert.All(exact[prompt.Key].LogProbabilities.Index(), l =>
                Assert.InRange(Math.Abs(forced[(prompt.Key, false, l.Index)] - l.Item), 0, Tolerance(name)));
        var one = prompts[4];
        var alone = Scores(model, DecodePlan.OneByOne([one]), Arithmetic.Exact)[one.Key];
        Assert.Equal(alone.LogProbabilities, exact[one.Key].LogProbabilities);
        Assert.Equal(alone.Texts!.DomainLogProbabilities, exact[one.Key].Texts!.DomainLogProbabilities);
    }

    [Theory, MemberData(nameof(Models))]
    public void What_is_left_of_a_plan_gives_the_same_scores_to_the_last_bit(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(model, name);
        var plan = DecodePlan.Packed(prompts, Small);
        var whole = Scores(model, plan, Arithmetic.Usual);
        var random = new Random(3);
        for (var i = 0; i < 4; i++)
        {
            var stored = prompts.Select(p => p.Key).Where(_ => random.Next(2) == 0).ToHashSet();
            using var scorer = new PromptScorer(model, plan, new(Arithmetic.Usual, TinyModels.Threads));
            var rest = scorer.Score(stored.Contains).SelectMany(s => s).ToDictionary(s => s.Key);
            Assert.Equal(prompts.Select(p => p.Key).Where(k => !stored.Contains(k)), rest.Keys.Order());
            Assert.All(rest, r => Assert.Equal(whole[r.Key].LogProbabilities, r.Value.LogProbabilities));
            Assert.All(rest, r => Assert.Equal(whole[r.Key].Texts!.DomainLogProbabilities, r.Value.Texts!.DomainLogProbabilities));
        }
    }

    [Fact]
    public void The_last_token_of_a_text_is_never_decoded_and_beginnings_are_decoded_once()
    {
        // Rests: none; 5; 5 6; 7. "5" is on the way of "5 6".
        var prompt = new TokenizedPrompt(0, [.. Enumerable.Range(100, 50)], [], false)
        { Texts = new([[5], [5, 9], [5, 6, 9], [5, 6, 8], [7, 9]], [1, 1, 1, 1, 1], []) };
        var plan = DecodePlan.Packed([prompt], new());
        Assert.Equal(50 + 2 + 1, plan.Tokens);
        Assert.Equal(5 * 50 + 0 + 1 + 2 + 2 + 1, plan.UnsharedTokens);
        // Behind the prompt; behind 5; behind 5 6; behind 7.
        Assert.Equal(4, plan.Leaves.Sum(l => l.Rows) + plan.Leaves[0].Parent!.Rows);
        Assert.Equal((50 + 2) + (50 + 1), DecodePlan.OneByOne([prompt]).Tokens);
    }

    [Fact]
    public void The_same_text_after_the_same_domain_prompt_is_decoded_once_for_all_prompts()
    {
        var prompts = Enumerable.Range(0, 20).Select(i => new TokenizedPrompt(i, [.. Enumerable.Range(1000 * i, 30)], [], false)
        { Texts = new([[1, 2, 3], [4, 5]], [1, 1], [.. Enumerable.Range(50_000, 15)]) }).ToList();
        Assert.Equal(20 * (30 + 2 + 1) + 15 + 2 + 1, DecodePlan.Packed(prompts, new()).Tokens);
    }

    [Fact]
    public void The_scores_are_what_their_definitions_say()
    {
        var prompt = new TokenizedPrompt(0, [1], [], false) { Texts = new([[1], [1, 2]], [3, 8], [7]) };
        var score = PromptScore.Of(prompt, [-1, -3]) with { Texts = new([1, 2], [3, 8], [-2, -3.5]) };
        Check(TextScore.Sum, -1, -3);
        Check(TextScore.Mean, -1, -1.5);
        Check(TextScore.Bytes, -1 / 3.0, -3 / 8.0);
        Check(TextScore.Pmi, 1, 0.5);
        Assert.Equal(Math.Exp(-1) + Math.Exp(-3), score.LabelMass, 12);

        void Check(TextScore by, double a, double b)
        {
            var probabilities = score.ProbabilitiesBy(by);
            Assert.Equal(1, probabilities.Sum(), 12);
            Assert.Equal(a - b, Math.Log(probabilities[0] / probabilities[1]), 12);
        }
    }

    [Fact]
    public void Texts_are_written_behind_the_prompt_as_the_tokenizer_writes_them()
    {
        foreach (var name in TinyModels.Names)
        {
            using var model = TinyModels.Load(name);
            var prompt = new OptionTextReader(model.Vocabulary).Read(0, Domain, ["Yes", "It's 50% \"off\"", "Não sei"], null);
            foreach (var (text, tokens) in new[] { "Yes", "It's 50% \"off\"", "Não sei" }.Zip(prompt.Texts!.Tokens))
                Assert.Equal<int[]>(model.Vocabulary.Tokenize($"{Domain} {text}"), [.. prompt.Tokens, .. tokens]);
            Assert.Equal([3, 14, 8], prompt.Texts.Bytes);
        }
    }

    [Theory]
    [InlineData("no text", "Yes", " ")]
    [InlineData("twice", "Yes", "Yes")]
    public void Texts_that_cannot_be_told_apart_are_refused(string why, params string[] options)
    {
        using var model = TinyModels.Load("llama-spm");
        var e = Assert.Throws<EngineException>(() => new OptionTextReader(model.Vocabulary).Read(0, Domain, options, null));
        Assert.Equal(EngineError.Prompt, e.Kind);
        Assert.Contains(why, e.Message);
    }

    // Several decodes per level, so that a prompt's texts come from more than one.
    static PlanShape Small => new(DecodeTokens: 128, Prompts: 6, Prefixes: 3, Height: 4, Rows: 20);

    // Rounding may send a token to another expert.
    static double Tolerance(string name) => name.StartsWith("qwen3moe", StringComparison.Ordinal) ? 0.1 : TinyModels.Tolerance(name);

    Model Load(string name) => RandomModels.Names.Contains(name)
        ? Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(RandomModels.Write(name, _folder), []))
        : TinyModels.Load(name);

    static List<TokenizedPrompt> Prompts(Model model, string name)
    {
        var reader = new OptionTextReader(model.Vocabulary);
        var references = TinyModels.References(RandomModels.Names.Contains(name) ? RandomModels.Tokenizer(name) : name);
        var texts = references.Prompts.Where(p => p.Length < 1500).Take(4)
            .SelectMany(p => new[] { p, p + " Say what someone from Brazil says" });
        return [.. texts.SelectMany(t => s_options, (text, options) => (text, options))
            .Select((p, i) => reader.Read(i, p.text, p.options, Domain))];
    }

    static Dictionary<int, PromptScore> Scores(Model model, DecodePlan plan, Arithmetic arithmetic)
    {
        using var scorer = new PromptScorer(model, plan, new(arithmetic, TinyModels.Threads));
        return scorer.Score().SelectMany(s => s).ToDictionary(s => s.Key);
    }

    /// <summary>
    /// Each beginning of each text as a prompt of its own, decoded alone in F32 without flash attention; the log-probabilities of its next
    /// token summed up.
    /// </summary>
    static Dictionary<(int Key, bool Domain, int Text), double> TeacherForced(Model model, List<TokenizedPrompt> prompts)
    {
        List<(int Key, bool Domain, int Text, int Next)> steps = [];
        List<TokenizedPrompt> alone = [];
        foreach (var prompt in prompts)
        {
            foreach (var domain in new[] { false, true })
            {
                for (var i = 0; i < prompt.Texts!.Tokens.Length; i++)
                {
                    var text = prompt.Texts.Tokens[i];
                    for (var j = 0; j < text.Length; j++)
                    {
                        alone.Add(new(steps.Count, [.. domain ? prompt.Texts.Domain : prompt.Tokens, .. text[..j]], [[text[j]]], false));
                        steps.Add((prompt.Key, domain, i, text[j]));
                    }
                }
            }
        }
        // Equal beginnings once only: the sum is over the same numbers.
        var distinct = alone.GroupBy(p => string.Join(' ', p.Tokens)).ToList();
        var rows = distinct.Select((g, i) => new TokenizedPrompt(i, g.First().Tokens, [], false)).ToList();
        using var scorer = new PromptScorer(model, DecodePlan.OneByOne(rows), new(Arithmetic.Exact, TinyModels.Threads));
        var sums = new Dictionary<(int, bool, int), double>();
        foreach (var (key, logs) in scorer.AllLogProbabilities())
        {
            foreach (var (key2, domain, text, next) in distinct[key].Select(p => steps[p.Key]))
                sums[(key2, domain, text)] = sums.GetValueOrDefault((key2, domain, text)) + logs[next];
        }
        return sums;
    }
}
