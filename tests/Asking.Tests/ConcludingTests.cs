using LocalOpinions.Asking.Looking;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Tests;

/// <summary>What comes behind the last answer, and its end by Ctrl-C.</summary>
public sealed class ConcludingTests : RunTest
{
    static readonly SourceAbilities s_sampled = new() { WholeOffMenu = true, ExactSample = true };

    static int Prompts => AskingWork.Of(Sample()).Questions.Count;

    [Fact]
    public async Task An_interruption_of_the_scoring_is_obeyed_and_the_next_call_scores()
    {
        using var stop = new CancellationTokenSource();
        // All answers are there and nobody has scored them yet.
        var model = new MadeUpModel { Abilities = s_sampled, Shown = scored => { if (scored == Prompts) stop.Cancel(); } };
        var run = await RunAsync(model, Sample(), cancellation: stop.Token);
        Assert.True(run.Interrupted);
        Assert.Empty(model.Tasks);
        Assert.Equal((Prompts, 0), (Count("SELECT count(*) FROM answers"), Count("SELECT count(*) FROM similarities")));
        await IsCompletedAsync();
    }

    [Fact]
    public async Task An_interruption_of_the_noise_floors_sample_is_obeyed_and_the_next_call_samples()
    {
        using var stop = new CancellationTokenSource();
        var model = new MadeUpModel
        {
            Abilities = s_sampled,
            Doing = async (_, cancellation) =>
            {
                await stop.CancelAsync();
                // As a source that is at work until it is told to end.
                await Task.Delay(Timeout.Infinite, cancellation);
            },
        };
        var run = await RunAsync(model, Sample(), cancellation: stop.Token);
        Assert.True(run.Interrupted);
        Assert.IsType<SampleTask>(Assert.Single(model.Tasks));
        Assert.Equal((Prompts, 0), (Count("SELECT count(*) FROM answers"), Count("SELECT count(*) FROM noise_floors")));
        Assert.NotEqual(0, Count("SELECT count(*) FROM similarities"));
        await IsCompletedAsync();
    }

    [Fact]
    public async Task What_cannot_write_is_not_told_to()
    {
        var model = new MadeUpModel("a server");
        var written = Sample() with { Design = DesignChoice.Default with { Reading = AnswerReading.Written } };
        var look = new LookJob(new() { Model = model, Job = Sample() with { Named = ["18"] } });
        foreach (var ask in new Func<Task>[] { () => RunAsync(model, written), () => look.ExecuteAsync(default) })
            Assert.Contains("a server can be asked for probabilities, but not to write",
                (await Assert.ThrowsAsync<EngineException>(ask)).Message);
        Assert.Empty(model.Tasks);
        Assert.Equal(0, Count("SELECT count(*) FROM runs"));
    }

    // Nothing is asked again, and all is as if nobody had interrupted.
    async Task IsCompletedAsync()
    {
        var again = new MadeUpModel { Abilities = s_sampled };
        var run = await RunAsync(again, Sample());
        Assert.Equal((false, 0, Prompts), (run.Interrupted, run.Answered, (int)run.AlreadyAnswered));
        Assert.Empty(again.Scored);
        Assert.IsType<SampleTask>(Assert.Single(again.Tasks));
        await RunAsync(new MadeUpModel { Abilities = s_sampled }, Sample(), "whole.duckdb");
        Assert.Equal(Rows("whole.duckdb"), Rows());
        Assert.Equal(1, Count("SELECT count(*) FROM run_overview WHERE status = 'complete'"));
    }
}
