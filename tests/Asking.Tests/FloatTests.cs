using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Verifying;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>What the arithmetic is worth: the exact computation against the same weights in F32.</summary>
public sealed class FloatTests : RunTest
{
    [Theory]
    [InlineData(WeightFormat.Q8_0)]
    [InlineData(WeightFormat.Q4_0)]
    public async Task Quantised_weights_are_also_computed_in_float(WeightFormat format)
    {
        var file = At($"tiny.{format}.gguf");
        WeightConversion.Write(EngineRuntime.Start(DeviceKind.Cpu), Tiny(), file, format, threads: 1);
        var before = Left();
        var outcome = await VerifyAsync(ModelFile.Find(file, []));
        Assert.Null(outcome.WhyNoFloat);
        var exact = Assert.Single(outcome.Comparisons, c => (c.Way, c.Against) == ("exact", "float"));
        // Activations of 8 bits against float: something, and no other answer.
        Assert.InRange(exact.LargestProbability, 1e-7, 0.1);
        Assert.Contains(outcome.Comparisons, c => (c.Way, c.Against) == ("as a run", "float"));
        Assert.Equal(outcome.Noise, outcome.Comparisons.Where(c => c.Way == "as a run" && c.Against is "exact" or "float")
            .Where(c => c.Way == "as a run").Max(c => c.LargestCountryDifference));
        Assert.Equal(before, Left());
    }

    [Fact]
    public async Task Weights_in_float_are_not_converted()
    {
        var file = At("tiny.F32.gguf");
        WeightConversion.Write(EngineRuntime.Start(DeviceKind.Cpu), Tiny(), file, WeightFormat.F32, threads: 1);
        var outcome = await VerifyAsync(ModelFile.Find(file, []));
        Assert.Contains("F32 already", outcome.WhyNoFloat);
        Assert.DoesNotContain(outcome.Comparisons, c => c.Against == "float");
    }

    [Fact]
    public async Task What_cache_flash_attention_and_packing_are_worth_is_told_apart()
    {
        var steps = (await VerifyAsync(Tiny())).Comparisons.ToDictionary(c => (c.Way, c.Against));
        var cache = steps[("F16 cache", "exact")].MeanLogProbability;
        var attention = steps[("one by one", "F16 cache")].MeanLogProbability;
        var packing = steps[("as a run", "one by one")].MeanLogProbability;
        // Each moves something, and together they are at least what lies between their ends.
        Assert.All([cache, attention, packing], step => Assert.InRange(step, 1e-9, 0.05));
        Assert.InRange(steps[("as a run", "exact")].MeanLogProbability, 1e-9, cache + attention + packing);
    }

    static Task<VerifyOutcome> VerifyAsync(ModelFile file) =>
        new VerifyJob(new GgufModel(file) { Device = DeviceChoice.Cpu, Threads = 1 }, Sample(limit: 4))
            .ExecuteAsync(SilentMonitor.Instance, default);

    static ModelFile Tiny() => ModelFile.Find(Repository.Fixture("tiny/llama-spm.gguf"), []);

    static int Left() => Directory.GetDirectories(Path.GetTempPath(), "localopinions-float-*").Length;
}
