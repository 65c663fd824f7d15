using LocalOpinions.Analysis;
using LocalOpinions.Asking.Local;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Workers;

/// <summary>A worker's side of the conversation: a model of its own, in a process of its own.</summary>
/// <remarks>It ends when its input does, and so with the program that started it, however that ends.</remarks>
/// <param name="input">What it is asked: JSON, a line each.</param>
/// <param name="output">What it answers: JSON, a line each. Nothing else may be written there.</param>
public sealed class WorkerServer(TextReader input, TextWriter output)
{
    readonly Lock _writing = new();
    readonly CancellationTokenSource _ending = new();
    CancellationTokenSource? _stopping;
    JobRequest? _job;
    EngineRuntime? _runtime;
    AskingWork? _work;
    GgufSource? _source;

    /// <summary>Works until the input ends.</summary>
    public async Task ServeAsync()
    {
        var work = Task.CompletedTask;
        var plans = new List<Task>();
        try
        {
            while (await input.ReadLineAsync() is { } line)
            {
                switch (WorkerJson.Read<WorkerRequest>(line))
                {
                    case JobRequest job:
                        Prepare(job);
                        break;
                    case LoadRequest load:
                        Load(load);
                        break;
                    case PlanRequest plan:
                        plans.Add(Guard(() => Say(new PlannedReply(Plan(plan)))));
                        break;
                    case ScoreRequest score:
                        work = Begin(stop => Score(score, stop));
                        break;
                    case TaskRequest task:
                        work = Begin(stop => Do(task.Task, stop));
                        break;
                    case StopRequest:
                        _stopping?.Cancel();
                        break;
                }
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
        // The runner is gone or wants no more: what is being decoded is of no use to anybody.
        _ending.Cancel();
        await Task.WhenAll([work, .. plans]);
        if (_source is not null)
            await _source.DisposeAsync();
    }

    GgufSource Source => _source ?? throw new InvalidOperationException("A worker was asked before it had loaded its model.");

    void Prepare(JobRequest job)
    {
        (_job, _work) = (job, AskingWork.Of(job.Job));
        _runtime = EngineRuntime.Start(job.Device);
        Say(new HelloReply(_runtime.Devices));
    }

    void Load(LoadRequest load)
    {
        if (_job is null || _work is null || _runtime is null)
            throw new InvalidOperationException("A worker was told to load before it knew its job.");
        var choice = new LoadChoice(new(load.Gpu, _job.GpuLayers), load.Threads, _job.Ubatch, _job.Contexts, _job.Probe);
        // Who the model is, the runner finds out.
        _source = GgufSource.Load(_runtime, ModelFile.Find(_job.ModelPath, []), _work, choice, () => throw new NotSupportedException());
        Say(new ReadyReply(_source.Facts));
    }

    BatchPlan Plan(PlanRequest plan) =>
        Source.Plan(plan.Batch, plan.LeaveOut, plan.Singly ? row => Say(new WorkingReply([], row)) : null, _ending.Token);

    void Score(ScoreRequest score, CancellationToken stop)
    {
        // A worker that took a dead one's place knows no plan yet.
        if (!Source.HasPlan(score.Batch, score.Sha256)
            && Source.Plan(score.Batch, score.LeaveOut, null, stop).Sha256 is var sha256
            && sha256 != score.Sha256 && !stop.IsCancellationRequested)
        {
            throw new EngineException(
                EngineError.Decode,
                $"Two workers put the same prompts together differently ({sha256} and {score.Sha256}): was a file changed during the run? "
                + "Run again to go on.");
        }
        var before = Source.Times.Snapshot();
        var wanted = score.Keys.ToHashSet();
        void Working(int context, IReadOnlyList<int> keys) => Say(new WorkingReply([.. keys.Where(wanted.Contains)], null, context));
        if (!stop.IsCancellationRequested)
        {
            var scores = score.Alone
                ? Source.ScoreAlone(score.Batch, score.Keys, Working, stop)
                : Source.Score(score.Batch, key => !wanted.Contains(key), Working, score.Singly, stop);
            foreach (var group in scores)
                Say(new ScoredReply(group));
        }
        Say(new DoneReply(Source.Times.Since(before)));
    }

    void Do(ModelTask task, CancellationToken stop)
    {
        try
        {
            var result = Source.Run(task, progress => Say(new ProgressReply(progress)), stop);
            Say(new ResultReply(WorkerJson.Element(result)));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Say(new StoppedReply());
        }
    }

    Task Begin(Action<CancellationToken> work)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        var stop = _stopping.Token;
        return Guard(() => work(stop));
    }

    async Task Guard(Action work)
    {
        try
        {
            await Task.Run(work);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    void Fail(Exception e)
    {
        if (_ending.IsCancellationRequested)
            return;
        Say(e switch
        {
            EngineException engine => new FailedReply(engine.Kind, engine.Message, engine.Remedy),
            SurveyException or InputException or IOException => new FailedReply(EngineError.ModelUnusable, e.Message),
            _ => new FailedReply(null, e.ToString()),
        });
    }

    void Say(WorkerReply reply)
    {
        var line = WorkerJson.Write(reply);
        lock (_writing)
        {
            try
            {
                output.WriteLine(line);
                output.Flush();
            }
            catch (IOException)
            {
                // Nobody listens any more; the end of the input says so too.
                _ending.Cancel();
            }
        }
    }
}
