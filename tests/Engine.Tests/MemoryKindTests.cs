using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// Kinds of model that no fixture has: experts, and memories that hold one state per sequence in place of keys and values.
/// </summary>
public sealed class MemoryKindTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-kinds-").FullName;

    public static TheoryData<string> Models => [.. RandomModels.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Models))]
    public void A_random_model_is_written_alike_each_time(string name)
    {
        var first = File.ReadAllBytes(RandomModels.Write(name, _folder));
        Assert.Equal(first, File.ReadAllBytes(RandomModels.Write(name, _folder)));
    }

    // Else the tests below would pass with any answer: all flat, all certain, or the same for every prompt.
    [Theory, MemberData(nameof(Models))]
    public void A_random_model_has_something_to_say(string name)
    {
        using var model = Load(name);
        var all = Distributions(model, Prompts(name), exact: true);
        var uniform = Math.Log(model.Vocabulary.Size);
        Assert.All(all.Values, logs => Assert.InRange(-logs.Sum(l => l * Math.Exp(l)), 0.2 * uniform, 0.98 * uniform));
        foreach (var (a, b) in all.SelectMany(a => all.Where(b => b.Key > a.Key), (a, b) => (a.Value, b.Value)))
            Assert.InRange(LargestDifference(a, b), 0.15, double.MaxValue);
    }

    [Theory, MemberData(nameof(Models))]
    public void An_exact_score_depends_on_its_own_prompt_alone_to_the_last_bit(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(name);
        var together = Distributions(model, prompts, exact: true);
        Assert.All(together.Values.SelectMany(logs => logs), l => Assert.True(double.IsFinite(l)));
        foreach (var prompt in prompts.Where((_, i) => i % 5 == 0))
            Assert.Equal(together[prompt.Key], Distributions(model, [prompt], exact: true)[prompt.Key]);
    }

    [Theory, MemberData(nameof(Models))]
    public void Packed_scores_stay_near_the_exact_ones(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(name);
        var exact = Distributions(model, prompts, exact: true);
        var packed = Distributions(model, prompts, exact: false);
        Assert.All(prompts, p => Assert.InRange(LargestDifference(packed[p.Key], exact[p.Key]), 0, Tolerance(name)));
    }

    [Theory, MemberData(nameof(Models))]
    public void Packing_repeats_itself_to_the_last_bit(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(name);
        var (first, second) = (Distributions(model, prompts, exact: false), Distributions(model, prompts, exact: false));
        Assert.All(prompts, p => Assert.Equal(first[p.Key], second[p.Key]));
    }

    /// <remarks>
    /// The largest difference measured is 0.0006 with experts, whose keys and values are F16 in a packed decode, and 0.000002 with states,
    /// which are F32 in either. Rounding that sends one token to another expert is a jump: of 360 random prompts the worst moved by 0.07.
    /// Two different prompts are 0.2 or more apart.
    /// </remarks>
    static double Tolerance(string name) => name.StartsWith("qwen3moe", StringComparison.Ordinal) ? 0.1 : 2e-5;

    Model Load(string name) => Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(RandomModels.Write(name, _folder), []));

    /// <summary>
    /// A few survey prompts of many lengths, one longer than a ubatch, and some that begin like others and end otherwise.
    /// </summary>
    static List<(int Key, int[] Tokens)> Prompts(string name)
    {
        var texts = TinyModels.References(RandomModels.Tokenizer(name)).Refs.Select(r => r.Tokens).ToList();
        int[][] endings = [[300], [400, 500], [300, 600, 700], [.. Enumerable.Range(200, 30)]];
        var siblings = texts.Take(3).SelectMany(t => endings, (t, ending) => (int[])[.. t, .. ending]);
        return [.. texts.Concat(siblings).Select((tokens, i) => (i, tokens))];
    }

    // Every token of the vocabulary is a label, so that a score is the whole distribution.
    static Dictionary<int, double[]> Distributions(Model model, List<(int Key, int[] Tokens)> prompts, bool exact)
    {
        int[][] labels = [.. Enumerable.Range(0, model.Vocabulary.Size).Select(id => new[] { id })];
        TokenizedPrompt[] labelled = [.. prompts.Select(p => new TokenizedPrompt(p.Key, p.Tokens, labels, false))];
        using var scorer = new PromptScorer(model, exact ? DecodePlan.OneByOne(labelled)
            : DecodePlan.Packed(labelled, PlanShape.For(model)), new(exact ? Arithmetic.Exact : Arithmetic.Usual, TinyModels.Threads));
        return scorer.Score().SelectMany(group => group).ToDictionary(s => s.Key, s => s.LogProbabilities);
    }

    static double LargestDifference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
