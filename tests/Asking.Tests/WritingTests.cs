using System.Threading.Channels;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>When answers are stored, and what storing them costs.</summary>
public sealed class WritingTests : RunTest
{
    [Fact]
    public async Task What_has_waited_two_seconds_is_stored()
    {
        var clock = new HandClock();
        var (results, writer, scores) = Begin(clock);
        using (results)
        {
            var writing = writer.WriteAllAsync(scores.Reader);
            await scores.Writer.WriteAsync([Score(0)]);
            clock.Advance(TimeSpan.FromSeconds(1));
            await scores.Writer.WriteAsync([Score(1)]);
            Assert.Equal(0, Stored(results));
            clock.Advance(TimeSpan.FromSeconds(1.5));
            await scores.Writer.WriteAsync([Score(2)]);
            while (Stored(results) == 0)
                await Task.Yield();
            scores.Writer.Complete();
            await writing;
            Assert.Equal(3, Stored(results));
        }
    }

    [Fact]
    public async Task What_was_decoded_together_is_stored_together()
    {
        var (results, writer, scores) = Begin(new HandClock());
        using (results)
        {
            var writing = writer.WriteAllAsync(scores.Reader);
            await scores.Writer.WriteAsync([.. Enumerable.Range(0, 600).Select(Score)]);
            await scores.Writer.WriteAsync([.. Enumerable.Range(600, 600).Select(Score)]);
            // A thousand would part the second group: the first is stored alone.
            while (Stored(results) == 0)
                await Task.Yield();
            Assert.Equal(600, Stored(results));
            scores.Writer.Complete();
            await writing;
            Assert.Equal(1200, Stored(results));
        }
    }

    // The engine's thread waits for no collection of garbage. By a clock of its own, at which every decode's answers are a commit of their
    // own: the most that commits can cost, whatever the speed of the machine.
    [Fact]
    public async Task An_answer_costs_less_than_a_kilobyte_of_managed_memory()
    {
        var run = await new RunJob(new()
        {
            Model = new GgufModel(ModelFile.Find(Repository.DefaultModel, []))
            {
                Isolate = false,
                Threads = 1,
                Device = new(DeviceKind.Cpu),
            },
            Job = Sample() with
            {
                Design = new()
                {
                    Family = Surveys.Prompts.TemplateFamily.Shareable,
                    Countries = ["Brazil", "China", "Germany", "Japan", "Kenya", "Nigeria", "Russia", "Turkey"],
                },
            },
            Output = At("r.duckdb"),
            Clock = new CountingClock(TimeSpan.FromSeconds(3)),
        }).ExecuteAsync(default);
        Assert.True(run.Answered > 100);
        Assert.InRange(run.AllocatedBytesPerAnswer!.Value, 1, 1024);
    }

    (ResultsFile Results, AnswerWriter Writer, Channel<IReadOnlyList<PromptScore>> Scores) Begin(TimeProvider clock)
    {
        var results = ResultsFile.Open(At("w.duckdb"));
        QuestionRow[] questions =
            [.. Enumerable.Range(0, 1200).Select(row => new QuestionRow(row, "made up", $"{row}?", ["yes", "no"], []))];
        var survey = results.AddSurvey(new SurveyRow("s", "s", "s"), questions, []);
        var model = new MadeUpModel();
        var work = AskingWork.Of(Sample());
        var source = model.OpenAsync(work, SourceContext.None, default).Result;
        var modelId = results.AddModel(new()
        {
            Name = "m",
            Path = "",
            Sha256 = "m",
            Architecture = "",
            Description = "",
            ParameterCount = 0,
            FileBytes = 0,
            Quantisation = "",
            VocabularySize = 0,
            ContextLength = 0,
        });
        var run = results.BeginRun(new RunKeys(work, source, modelId, survey).All().Single());
        PromptItem[] asked = [.. questions.Select(q => new PromptItem(0, q.SourceRow, 0, [0, 1]))];
        var batch = new BatchAnswers([run.RunId], work.Design.Readings, asked, WholeOffMenu: true);
        var writer = new AnswerWriter(results, batch, new(), new(work), [], clock);
        return (results, writer, Channel.CreateUnbounded<IReadOnlyList<PromptScore>>());
    }

    static PromptScore Score(int key) => new(key, [Math.Log(0.25), Math.Log(0.25)], [0.5, 0.5], 0.5, 1, ForcedBoundary: false);

    static long Stored(ResultsFile results)
    {
        using var query = results.Query("SELECT count(*) FROM answers");
        return (long)query.Rows.Single()[0]!;
    }

    /// <summary>Stands still until it is moved; its timers never fire.</summary>
    sealed class HandClock : TimeProvider
    {
        long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _now);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

        sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// <summary>Goes on by the same step at every look.</summary>
    sealed class CountingClock(TimeSpan step) : TimeProvider
    {
        long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);
    }
}
