using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>The sample that the noise floor is measured on.</summary>
public sealed class SampleTests : RunTest
{
    [Theory]
    [InlineData(AnswerReading.Labels, 2, 4)]
    [InlineData(AnswerReading.Labels, 640, 10)]
    [InlineData(AnswerReading.Text, 1_000_000, 32)]
    [InlineData(AnswerReading.Verbalised, 39, 0)]
    [InlineData(AnswerReading.Verbalised, 80, 2)]
    [InlineData(AnswerReading.Verbalised, 1_000_000, 8)]
    public void Its_size_follows_from_what_is_asked(AnswerReading reading, long prompts, int size) =>
        Assert.Equal(size, SampleTask.SizeOf(reading, prompts));

    [Fact]
    public async Task Of_numbers_that_cost_more_than_the_asking_there_is_none_and_it_is_told()
    {
        var job = Sample(limit: 2) with { Design = DesignChoice.Default with { Reading = AnswerReading.Verbalised } };
        var run = await RunAsync(Bundled(), job);
        Assert.Equal(2, run.Answered);
        Assert.True(run.NoiseTooCostly);
        Assert.Null(run.Runs[0].NoiseFloor);
    }

    [Fact]
    public async Task It_reports_its_decodes()
    {
        var seen = new Seen();
        await using var source = await Bundled().OpenAsync(AskingWork.Of(Sample(limit: 6)), SourceContext.None, default);
        var sample = await source.RunAsync(new SampleTask(), seen, default);
        Assert.Equal(4, sample.Scores.Count);
        Assert.Equal((4, 4), (seen.Expected, seen.Done));
    }

    static GgufModel Bundled() => new(ModelFile.Find(Repository.Fixture("tiny/qwen3-bpe.gguf"), []))
    {
        Isolate = false,
        Threads = 1,
        Device = new(DeviceKind.Cpu),
    };

    sealed class Seen : IProgress<TaskProgress>
    {
        public int Expected { get; private set; }

        public int Done { get; private set; }

        public void Report(TaskProgress value) => (Expected, Done) = (Math.Max(Expected, value.Expected), Done + value.Done);
    }
}
