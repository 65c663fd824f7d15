using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

public class RunMemoryTests
{
    [Fact]
    public void The_default_model_takes_what_its_header_says()
    {
        var file = ModelFile.Find(Repository.DefaultModel, []);
        var memory = RunMemory.Estimate(file, ModelHeader.Read(file));
        // 5 x 512 cells of 30 layers with 3 key heads of 64 + 64 values in F16; 2 x 128 rows of 49,152 logits.
        Assert.Equal((98_362_432, 5 * 512 * 30 * 3 * 128 * 2, 2 * 128 * 49_152 * 4), (memory.Weights, memory.Cache, memory.Logits));
        Assert.Equal(memory.Weights + memory.Cache + memory.Logits + RunMemory.Program, memory.Total);
    }

    [Theory]
    [InlineData("llama-spm")]
    [InlineData("qwen3-bpe")]
    [InlineData("gemma3-swa-spm")]
    [InlineData("lfm2-hybrid-bpe")]
    public void A_plans_cache_is_within_the_estimate(string name)
    {
        var file = ModelFile.Find(Repository.Fixture($"tiny/{name}.gguf"), []);
        var header = ModelHeader.Read(file);
        var random = new Random(3);
        // Many prompts below 512 tokens that share prefixes within prefixes: the largest plans there are.
        var prompts = Enumerable.Range(0, 600).Select(i => new TokenizedPrompt(i,
            [.. Enumerable.Repeat(i % 2, 100), .. Enumerable.Repeat(i % 4, 100), .. Enumerable.Repeat(i % 8, 100),
                .. Enumerable.Repeat(i % 16, 100), .. Enumerable.Range(0, 60).Select(_ => random.Next(1000))], [], false)).ToList();
        var plan = DecodePlan.Packed(prompts, new());
        Assert.True(plan.Ceiling > 2);
        var bytes = plan.MostCells * header.CacheValuesPerToken * sizeof(short);
        Assert.InRange(bytes, 1, RunMemory.Estimate(file, header).Cache);
    }
}
