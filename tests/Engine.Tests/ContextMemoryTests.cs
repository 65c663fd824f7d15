using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

public class ContextMemoryTests
{
    [Fact]
    public void The_default_model_needs_what_its_layers_and_vocabulary_say()
    {
        var header = ModelHeader.Read(ModelFile.Find(Repository.DefaultModel, []));
        // 30 layers, 3 key heads of 64 + 64; 49,152 tokens.
        Assert.Equal(8192L * 30 * 3 * 128 * 2, ContextMemory.Cache(header, 8192, Arithmetic.Usual));
        Assert.Equal(8192L * 30 * 3 * 128 * 4, ContextMemory.Cache(header, 8192, Arithmetic.Exact));
        Assert.Equal(2L * 128 * 49_152 * 4, ContextMemory.Logits(header, 128));
    }

    [Fact]
    public void More_than_is_free_is_refused_with_both_numbers()
    {
        var gpu = new Device("CUDA0", "a GPU", true, 2_000_000_000, 8_000_000_000);
        ContextMemory.Require(2_000_000_000, gpu, "m");
        var error = Assert.Throws<EngineException>(() => ContextMemory.Require(2_500_000_000, gpu, "m"));
        Assert.Equal(EngineError.Device, error.Kind);
        Assert.Contains("2.50 GB", error.Message);
        Assert.Contains("2.00 of 8.00 GB are free on CUDA0", error.Message);
        Assert.Equal(EngineRemedy.FewerGpuLayers, error.Remedy);
        Assert.DoesNotContain("would fit", error.Message);
    }

    [Fact]
    public void The_largest_decodes_for_which_there_would_be_room_are_told()
    {
        var gpu = new Device("CUDA0", "a GPU", true, 2_000_000_000, 8_000_000_000);
        ContextMemory.Require(1, gpu, "m", () => throw new InvalidOperationException());
        var error = Assert.Throws<EngineException>(() => ContextMemory.Require(2_500_000_000, gpu, "m", () => 1024));
        Assert.Contains("With decodes of 1024 tokens they would fit.", error.Message);
        Assert.Equal(EngineRemedy.SmallerDecodes, error.Remedy);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(99, true)]
    [InlineData(9, true)]
    [InlineData(8, false)]
    [InlineData(0, false)]
    public void Weights_without_room_on_the_GPUs_are_refused_with_the_layers_that_would_fit(int? layers, bool refused)
    {
        Device[] gpus =
            [new("CUDA0", "one", true, 6_000_000_000, 8_000_000_000), new("CUDA1", "other", true, 2_100_000_000, 4_000_000_000)];
        var error = Record.Exception(() => ContextMemory.RequireWeights("/m.gguf", 10_000_000_000, 9, layers, gpus));
        Assert.Equal(refused, error is EngineException { Kind: EngineError.Device, Remedy: EngineRemedy.FewerGpuLayers });
        if (!refused)
            return;
        Assert.Contains("6.00 of 8.00 GB are free on CUDA0 (one), 2.10 of 4.00 GB are free on CUDA1 (other)", error!.Message);
        Assert.Contains("About 8 of its 10 layers would fit there", error.Message);
    }
}
