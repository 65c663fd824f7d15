using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>Decodes of another size, and several readers beside the engine, as a GPU has them.</summary>
public class DeviceShapeTests
{
    [Fact]
    public void On_the_processor_a_plan_has_the_shape_that_stored_runs_have()
    {
        using var model = TinyModels.Load("llama-spm");
        Assert.Equal(new PlanShape(512, 128, 31, 4, 512, 256), PlanShape.For(model));
    }

    // Of the default model: 23,040 bytes of cache a token for 6,144, 3,072 or 1,536 tokens, and 201 MB of logits, twice.
    [Theory]
    [InlineData(null, 2048)]
    [InlineData(2 * (6144 * 23_040L + 201_326_592), 2048)]
    [InlineData(2 * (6144 * 23_040L + 201_326_592) - 2, 1024)]
    [InlineData(2 * (3072 * 23_040L + 201_326_592), 1024)]
    [InlineData(2 * (3072 * 23_040L + 201_326_592) - 2, 512)]
    [InlineData(0L, 512)]
    public void On_a_gpu_the_room_beside_the_weights_bounds_it(long? room, int tokens) =>
        Assert.Equal(tokens, PlanShape.Fitting(ModelHeader.Read(ModelFile.Find(Repository.DefaultModel, [])), rows: 512, room));

    [Theory]
    [InlineData("llama-spm", 128)]
    [InlineData("llama-spm", 2048)]
    [InlineData("gemma3-swa-spm", 2048)]
    [InlineData("lfm2-hybrid-bpe", 1024)]
    public void Decodes_of_another_size_give_the_same_answers_but_for_rounding(string name, int tokens)
    {
        using var model = TinyModels.Load(name);
        var prompts = Prompts(name, repeated: 3);
        var plan = DecodePlan.Packed(prompts, PlanShape.For(model, tokens));
        Assert.Equal(tokens, plan.UbatchTokens);
        Assert.All(plan.Leaves.Where(l => l.Segments.Count > 1), l => Assert.InRange(l.Tokens, 1, tokens));
        var expected = Scores(model, DecodePlan.OneByOne(prompts), readers: 1);
        var actual = Scores(model, plan, readers: 1);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (key, score) in actual)
            Assert.All(score.LogProbabilities.Zip(expected[key].LogProbabilities),
                p => Assert.InRange(Math.Abs(p.First - p.Second), 0, TinyModels.Tolerance(name)));
    }

    [Fact]
    public void Several_readers_read_the_same_to_the_last_bit()
    {
        using var model = TinyModels.Load("llama-spm");
        var prompts = Prompts("llama-spm", repeated: 2);
        var plan = DecodePlan.Packed(prompts, PlanShape.For(model, 1024));
        var (one, several) = (Scores(model, plan, readers: 1), Scores(model, plan, readers: 4));
        Assert.Equal(prompts.Count, several.Count);
        foreach (var (key, score) in several)
            Assert.Equal(one[key].LogProbabilities, score.LogProbabilities);
    }

    static Dictionary<int, PromptScore> Scores(Model model, DecodePlan plan, int readers)
    {
        // In F32 what is left of a difference is the order of sums.
        using var scorer = new PromptScorer(model, plan, new(Arithmetic.Exact, TinyModels.Threads) { Readers = readers });
        return scorer.Score().SelectMany(s => s).ToDictionary(s => s.Key);
    }

    // The first token is repeated, so that prompts differ.
    static List<TokenizedPrompt> Prompts(string name, int repeated)
    {
        int[][] labels = [[5], [6], [7, 8]];
        var references = TinyModels.References(name).Refs;
        return [.. Enumerable.Range(0, repeated).SelectMany(n => references.Select(r => r.Tokens.Prepend(20 + n).ToArray()))
            .Select((tokens, key) => new TokenizedPrompt(key, tokens, labels, false))];
    }
}
