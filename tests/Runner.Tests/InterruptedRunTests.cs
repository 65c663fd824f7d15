using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>A run that Ctrl-C ends behind its last answer.</summary>
public sealed class InterruptedRunTests : IDisposable
{
    readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task It_ends_with_the_code_of_interruptions_and_says_how_to_go_on()
    {
        using var stop = new CancellationTokenSource();
        var outcome = await new RunJob(new()
        {
            Model = new GgufModel(ModelFile.Find(Repository.Fixture("tiny/llama-spm.gguf"), []))
            {
                Isolate = false,
                Threads = 1,
                Device = DeviceChoice.Cpu,
            },
            Job = new() { Survey = SurveySource.Sample, Design = DesignChoice.Default, Limit = 4 },
            Output = _line.PathOf("r.duckdb"),
            Monitor = new EndWhileSampling(stop),
        }).ExecuteAsync(stop.Token);
        var (code, said) = Printed(outcome);
        Assert.Equal(ExitCodes.Interrupted, code);
        Assert.Contains("Interrupted. 4 answers are stored", said, StringComparison.Ordinal);
        Assert.Contains("run the same command again to go on", said, StringComparison.Ordinal);
    }

    static (int Code, string Said) Printed(RunOutcome outcome)
    {
        var before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            return (RunReport.Print(outcome, json: false, countries: 10, mostOffMenu: 1), output.ToString());
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    sealed class EndWhileSampling(CancellationTokenSource stop) : IWorkMonitor
    {
        public void Warn(string notice)
        {
        }

        public void Begin(string part)
        {
        }

        public async Task WatchAsync(WorkProgress progress, Task work)
        {
            if (progress.Describe().Contains("noise floor", StringComparison.Ordinal))
                await stop.CancelAsync();
            await work;
        }
    }
}
