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
        Assert.Equal(8192L * 30 * 3 * 128 * 2, ContextMemory.Cache(header, 8192, precise: false));
        Assert.Equal(8192L * 30 * 3 * 128 * 4, ContextMemory.Cache(header, 8192, precise: true));
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
    }
}
