using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Asking.Workers;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>Tasks that several workers share.</summary>
public sealed class SharedTaskTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Parts_together_come_out_as_the_whole_to_the_last_bit(int parts)
    {
        var job = new AskingJob
        {
            Survey = SurveySource.Sample,
            Design = DesignChoice.Default with { Countries = ["Brazil", "Japan"] },
            Limit = 12,
        };
        var model = new GgufModel(ModelFile.Find(Repository.Fixture("tiny/llama-spm.gguf"), []))
        {
            Isolate = false,
            Threads = 1,
            Device = DeviceChoice.Cpu,
        };
        await using var source = await model.OpenAsync(AskingWork.Of(job), SourceContext.None, default);
        TextToClassify[] texts = [.. Enumerable.Range(0, 40).Select(i => new TextToClassify(
            $"Number {i}?", ["Yes", "No"], i == 5 ? new('x', 60_000) : $"It is {(i % 3 == 0 ? "so" : "not so")}, {i} times."))];
        await SameAsync(new ClassifyTask(texts, [3, 4]));
        await SameAsync(new WriteTask(false, new(new Sampling { Temperature = 1, Seed = 3 }, 6, 3, [])));
        await SameAsync(new DraftTask("ru", 4));
        await SameAsync(new SampleTask());
        await SameAsync(new VerifyTask());

        async Task SameAsync<T>(ModelTask<T> task) where T : class
        {
            var whole = await source.RunAsync(task, null, default);
            List<T> results = [];
            for (var i = 0; i < parts; i++)
                results.Add(await source.RunAsync(task with { Part = new(i, parts) }, null, default));
            Assert.True(task.CanBeParted);
            Assert.Equal(WorkerJson.Write(whole), WorkerJson.Write(task.Joined(results)));
            // Nobody did nothing, and nobody did all.
            Assert.All(results, r => Assert.NotEqual(WorkerJson.Write(whole), WorkerJson.Write(r)));
        }
    }

    [Fact]
    public async Task Each_worker_does_a_part_and_a_task_that_cannot_be_parted_is_one_workers()
    {
        var accidents = new Accidents();
        await using var source = await IsolationTests.StartAsync(accidents, 3);
        var seen = new Counted();
        var sample = await source.RunAsync(new SampleTask(), seen, default);
        Assert.Equal([0, 1, 2], sample.Scores.Select(s => s.Key));
        Assert.Equal([0, 1, 2], accidents.Parts.Select(p => p!.Number).Order());
        Assert.All(accidents.Parts, p => Assert.Equal(3, p!.Of));
        Assert.Equal(3, seen.Done);
        Assert.False(new RateTask(512, 1).CanBeParted);
    }

    [Fact]
    public async Task A_part_that_a_worker_died_on_is_done_once_more_and_no_other()
    {
        var accidents = new Accidents { PoisonParts = new() { [1] = 1 } };
        await using var source = await IsolationTests.StartAsync(accidents, 2);
        Assert.Equal([0, 1], (await source.RunAsync(new SampleTask(), null, default)).Scores.Select(s => s.Key));
        Assert.Equal([0, 1, 1], accidents.Parts.Select(p => p!.Number).Order());
        Assert.Single(source.TakeIncidents().Ends);
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_others_and_is_told()
    {
        await using var source = await IsolationTests.StartAsync(new() { FailingParts = [1] }, 3);
        var error = await Assert.ThrowsAsync<EngineException>(() => source.RunAsync(new SampleTask(), null, default));
        Assert.Equal("part 1 failed", error.Message);
    }

    sealed class Counted : IProgress<TaskProgress>
    {
        public int Done { get; private set; }

        public void Report(TaskProgress value) => Done += value.Done;
    }
}
