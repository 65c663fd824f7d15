using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>What rounding activations for quantised weights is worth, measured beside a run that is long enough.</summary>
public sealed class RoundingTests : RunTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_run_of_quantised_weights_has_it_and_is_otherwise_the_same(bool exact)
    {
        var model = Quantised(WeightFormat.Q8_0);
        var job = Long() with { Exact = exact };
        var before = Left();
        var run = await RunAsync(model, job);
        Assert.InRange(run.Answered, 1024, 4096);
        var rounding = run.Runs[0].RoundingFloor!;
        Assert.Equal(run.Answered / 64 / 4, rounding.Prompts, 1.0);
        // Activations of 8 bits against float: something, and no other answer.
        Assert.InRange(rounding.MeanProb, 1e-7, 0.1);
        Assert.InRange(rounding.MaxProb, rounding.MeanProb, 0.2);
        Assert.All(run.Runs, r => Assert.Equal(rounding, r.RoundingFloor));
        Assert.Equal(exact, run.Runs[0].NoiseFloor is null);
        // Known already, so that nothing is converted again.
        Assert.Equal(rounding, (await RunAsync(model, job)).Runs[0].RoundingFloor);
        Assert.Equal(before, Left());
    }

    [Fact]
    public async Task Weights_in_float_and_a_short_run_have_none()
    {
        Assert.All((await RunAsync(Quantised(WeightFormat.F32), Long())).Runs, r => Assert.Null(r.RoundingFloor));
        Assert.Null((await RunAsync(Quantised(WeightFormat.Q8_0), Sample(limit: 8))).Runs[0].RoundingFloor);
    }

    [Theory]
    [InlineData("cpu", AnswerReading.Labels, true)]
    [InlineData("cpu", AnswerReading.Text, true)]
    [InlineData("cpu", AnswerReading.Verbalised, false)]
    [InlineData("cuda", AnswerReading.Labels, false)]
    [InlineData("llama-server", AnswerReading.Labels, false)]
    public void It_is_measured_where_it_is_little_work(string device, AnswerReading reading, bool little) =>
        Assert.Equal(little, RoundingTask.IsLittle(
            AskingWork.Of(Long() with { Design = Long().Design with { Reading = reading } }), device));

    [Fact]
    public async Task All_answers_stand_where_it_fails_and_it_is_told()
    {
        List<string> warnings = [];
        var model = new MadeUpModel("m")
        {
            Device = "cpu",
            Abilities = new() { Float = true },
            Doing = (task, _) => task is not RoundingTask ? Task.CompletedTask
                : throw new EngineException(EngineError.ModelUnusable, "m cannot be converted to F32: the disk is full"),
        };
        var run = await new RunJob(new() { Model = model, Job = Long(), Output = At("r.duckdb"), Monitor = new Warned(warnings) })
            .ExecuteAsync(default);
        Assert.Null(run.Runs[0].RoundingFloor);
        Assert.InRange(run.Answered, 1024, int.MaxValue);
        Assert.Equal("What rounding is worth was not measured: m cannot be converted to F32: the disk is full", Assert.Single(warnings));
    }

    static int Left() => Directory.GetDirectories(Path.GetTempPath(), "localopinions-float-*").Length;

    AskingJob Long()
    {
        if (!File.Exists(At("long.yaml")))
            File.WriteAllText(At("long.yaml"), "format: localopinions-survey/1\nquestions:\n"
                + string.Concat(Enumerable.Range(0, 1024).Select(i => $"""
                  - id: q{i}
                    text: "Is {i} many?"
                    options: [Yes, No]
                    answers: {"{"}Kenya: {"{"}counts: [{1 + i % 7}, {1 + i % 5}]{"}}"}

                """)));
        return new() { Survey = At("long.yaml"), Design = DesignChoice.Default };
    }

    GgufModel Quantised(WeightFormat format)
    {
        var file = At($"tiny.{format}.gguf");
        var tiny = ModelFile.Find(Repository.Fixture("tiny/llama-spm.gguf"), []);
        WeightConversion.Write(EngineRuntime.Start(DeviceKind.Cpu), tiny, file, format, threads: 1);
        return new(ModelFile.Find(file, [])) { Device = DeviceChoice.Cpu, Threads = 1, Isolate = false };
    }

    sealed class Warned(List<string> warnings) : IWorkMonitor
    {
        public void Begin(string title)
        {
        }

        public void Warn(string message) => warnings.Add(message);

        public Task WatchAsync(WorkProgress progress, Task work) => work;
    }
}
