using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>The sample that the noise floor is measured on.</summary>
public sealed class SampleTests : RunTest
{
    [Fact]
    public void It_takes_as_many_prompts_as_its_tokens_allow()
    {
        TokenizedPrompt[] prompts = [.. Enumerable.Range(0, 4).Select(i => new TokenizedPrompt(i, new int[10 + i], [[1], [2]], false))];
        Assert.Equal((0, 0, 1, 2, 4, 4), (Taken(0), Taken(9), Taken(10), Taken(32), Taken(46), Taken(1000)));

        int Taken(long tokens) => new SampleTask(tokens).Affordable(prompts)?.Prompts ?? 0;
    }

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
        var sample = await source.RunAsync(new SampleTask(long.MaxValue), seen, default);
        Assert.Equal(4, sample.Scores.Count);
        Assert.Equal((4, 4), (seen.Expected, seen.Done));
    }

    static GgufModel Bundled() => new(ModelFile.Find(Repository.DefaultModel, []))
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
