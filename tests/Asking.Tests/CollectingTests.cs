using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Tests;

/// <summary>Prompts, batches, resuming and writing, without a model file or a process.</summary>
public sealed class CollectingTests : RunTest
{
    static readonly DesignChoice s_cyclic = new()
    {
        Family = TemplateFamily.Shareable,
        Countries = ["Brazil", "Japan"],
        Orders = "cyclic",
    };

    // 24 questions in all their rotations for two countries, in batches of 20 prompts: one batch would hide what happens between two.
    static AskingJob Batches => Sample() with { Design = s_cyclic, MostPrompts = 20 };

    [Fact]
    public void A_cut_never_parts_the_prompts_of_a_question()
    {
        var work = AskingWork.Of(Batches);
        Assert.True(work.Batches.Count > 5);
        Assert.Equal(work.Questions.Select(q => q.SourceRow), work.Batches.SelectMany(b => b).Select(q => q.SourceRow));
        Assert.All(work.Batches, b => Assert.True(b.Count == 1 || b.Sum(work.Design.PromptsOf) <= 20));
        // Full, or the next question would not have fitted.
        foreach (var (batch, next) in work.Batches.Zip(work.Batches.Skip(1)))
            Assert.True(batch.Sum(work.Design.PromptsOf) + work.Design.PromptsOf(next[0]) > 20);
    }

    [Fact]
    public async Task Many_batches_answer_what_one_does()
    {
        var (one, many) = (new MadeUpModel(), new MadeUpModel());
        await RunAsync(one, Batches with { MostPrompts = PromptBatch.MostPrompts }, "one.duckdb");
        await RunAsync(many, Batches, "many.duckdb");
        Assert.Equal((1, true), (one.Planned, many.Planned > 5));
        Assert.Equal(Rows("one.duckdb"), Rows("many.duckdb"));
    }

    [Fact]
    public async Task Each_prompt_is_asked_once_in_every_order_for_every_country()
    {
        var model = new MadeUpModel();
        var run = await RunAsync(model, Batches);
        var work = AskingWork.Of(Batches);
        Assert.Equal(work.Questions.Sum(work.Design.PromptsOf), run.Answered);
        Assert.Equal(run.Answered, model.Scored.Select(s => (s.SourceRow, s.Template, s.OrderIndex)).Distinct().Count());
        Assert.Equal(["Brazil", "Japan"], run.Runs.Select(r => r.PromptedCountry));
        Assert.Equal(run.Answered, Count("SELECT count(*) FROM answers"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(60)]
    [InlineData(150)]
    public async Task Interrupted_anywhere_it_goes_on_to_the_same_rows(int after)
    {
        using var stop = new CancellationTokenSource();
        var first = new MadeUpModel { Before = scored => { if (scored >= after) stop.Cancel(); } };
        var interrupted = await RunAsync(first, Batches, cancellation: stop.Token);
        Assert.True(interrupted.Interrupted);
        // What was asked is stored.
        Assert.Equal(first.Scored.Count, Count("SELECT count(*) FROM answers"));
        Assert.Equal(0, Count("SELECT count(*) FROM similarities"));

        var second = new MadeUpModel();
        var run = await RunAsync(second, Batches);
        Assert.False(run.Interrupted);
        Assert.Equal(first.Scored.Count, run.AlreadyAnswered);
        Assert.Empty(first.Scored.Select(Name).Intersect(second.Scored.Select(Name)));
        Assert.Equal(1, Count("SELECT count(DISTINCT prompted_country) - 1 FROM run_overview WHERE status = 'complete'"));

        await RunAsync(new MadeUpModel(), Batches, "whole.duckdb");
        Assert.Equal(Rows("whole.duckdb"), Rows());

        static (int, int, int) Name(PromptItem item) => (item.Template, item.SourceRow, item.OrderIndex);
    }

    [Fact]
    public async Task A_source_that_fails_loses_nothing_that_came_before()
    {
        var model = new MadeUpModel { Before = scored => { if (scored >= 40) throw new InvalidOperationException("the line is cut"); } };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(model, Batches));
        Assert.Equal("the line is cut", error.Message);
        Assert.Equal(40, Count("SELECT count(*) FROM answers"));
        Assert.Equal(2, Count("SELECT count(*) FROM run_overview WHERE status = 'interrupted'"));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_stored_with_its_reason_once()
    {
        int[] rows = [.. AskingWork.Of(Sample()).Questions.Take(2).Select(q => q.SourceRow)];
        for (var i = 0; i < 2; i++)
        {
            var run = await RunAsync(new MadeUpModel { Refused = rows }, Sample());
            Assert.Equal(rows, run.Unanswered.Select(u => u.SourceRow));
        }
        Assert.Equal(2, Count("SELECT count(*) FROM unanswered WHERE reason = 'it will not'"));
    }

    // The last answer is stored: Ctrl-C must not wait for the scoring.
    [Fact]
    public async Task An_interruption_behind_the_last_answer_is_obeyed()
    {
        using var stop = new CancellationTokenSource();
        var prompts = AskingWork.Of(Sample()).Questions.Count;
        var model = new MadeUpModel { Together = 1000, Abilities = new() { WholeOffMenu = true, ExactSample = true } };
        var run = await new Running.RunJob(new()
        {
            Model = model,
            Job = Sample(),
            Output = At("r.duckdb"),
            Monitor = new StoppingMonitor(stop),
        }).ExecuteAsync(stop.Token);
        Assert.True(run.Interrupted);
        Assert.Equal((prompts, 0), (Count("SELECT count(*) FROM answers"), Count("SELECT count(*) FROM similarities")));
        Assert.Empty(model.Tasks);
        Assert.False((await RunAsync(new MadeUpModel(), Sample())).Interrupted);
        Assert.NotEqual(0, Count("SELECT count(*) FROM similarities"));
    }

    [Fact]
    public void A_question_that_is_not_in_the_survey_is_told()
    {
        var error = Assert.Throws<Analysis.InputException>(() => AskingWork.Of(Sample() with { Named = ["99999"] }));
        Assert.Contains("has no question 99999", error.Message);
    }

    sealed class StoppingMonitor(CancellationTokenSource stop) : Running.IWorkMonitor
    {
        public void Warn(string notice)
        {
        }

        public void Begin(string part)
        {
        }

        public async Task WatchAsync(Running.WorkProgress progress, Task work)
        {
            await work;
            await stop.CancelAsync();
        }
    }
}
