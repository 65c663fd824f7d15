using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Workers;

/// <summary>A worker's side of the conversation: an engine of its own, in a process of its own.</summary>
/// <remarks>It ends when its standard input does, and so with the runner, however that ends.</remarks>
sealed class WorkerServer(TextReader input, TextWriter output, RunRequest request)
{
    readonly Lock _writing = new();
    readonly CancellationTokenSource _ending = new();
    CancellationTokenSource? _scoring;
    LocalEngine? _engine;

    public async Task ServeAsync()
    {
        var work = Task.CompletedTask;
        var plans = new List<Task>();
        try
        {
            var survey = SurveySource.Load(request.Survey);
            var asking = request.Asking.For(survey, request.Survey);
            var questions = request.Choose(request.Policy.Apply(survey));
            var file = ModelFile.Find(request.Model, ModelFile.DefaultFolders());
            var header = ModelHeader.Read(file);
            var runtime = EngineRuntime.Start(request.Device.Kind);
            Say(new HelloReply(runtime.Devices));
            while (await input.ReadLineAsync() is { } line)
            {
                switch (WorkerJson.Read<WorkerRequest>(line))
                {
                    case LoadRequest load:
                        _engine = LocalEngine.Load(runtime, file, header, request with { Asking = asking }, questions, new(load.Gpu ?? request.Device.Index, request.GpuLayers), load.Threads);
                        Say(new ReadyReply(_engine.Facts));
                        break;
                    case PlanRequest plan:
                        plans.Add(Guard(() => Say(new PlannedReply(Plan(plan)))));
                        break;
                    case ScoreRequest score:
                        _scoring = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
                        var stop = _scoring.Token;
                        work = Guard(() => Score(score, stop));
                        break;
                    case SampleRequest:
                        work = Guard(async () => Say(new SampledReply(await Engine.SampleAsync())));
                        break;
                    case MeasureRequest measure:
                        work = Guard(async () => Say(new MeasuredReply(await Engine.MeasureAsync(measure.Repetitions))));
                        break;
                    case StopRequest:
                        _scoring?.Cancel();
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
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    LocalEngine Engine => _engine ?? throw new InvalidOperationException("A worker was asked before it had loaded its model.");

    BatchPlan Plan(PlanRequest plan) => Engine.Plan(plan.Batch, plan.LeaveOut, plan.Singly ? row => Say(new WorkingReply([], row)) : null, _ending.Token);

    void Score(ScoreRequest score, CancellationToken stop)
    {
        // A worker that took a dead one's place knows no plan yet.
        if (!Engine.HasPlan(score.Batch, score.Sha256) && Engine.Plan(score.Batch, score.LeaveOut, null, stop).Sha256 is var sha256 && sha256 != score.Sha256 && !stop.IsCancellationRequested)
            throw new EngineException(EngineError.Decode, $"Two workers put the same prompts together differently ({sha256} and {score.Sha256}): was a file changed during the run? Run again to go on.");
        var before = Engine.Times.Snapshot();
        var wanted = score.Keys.ToHashSet();
        void Working(IReadOnlyList<int> keys) => Say(new WorkingReply([.. keys.Where(wanted.Contains)], null));
        if (!stop.IsCancellationRequested)
        {
            var scores = score.Alone ? Engine.ScoreAlone(score.Batch, score.Keys, Working, stop) : Engine.Score(score.Batch, key => !wanted.Contains(key), Working, stop);
            foreach (var group in scores)
                Say(new ScoredReply(group));
        }
        Say(new DoneReply(Engine.Times.Since(before)));
    }

    Task Guard(Action work) => Guard(() => Task.Run(work));

    async Task Guard(Func<Task> work)
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
        if (!_ending.IsCancellationRequested)
            Say(e is SurveyException or EngineException or IOException ? new FailedReply((e as EngineException)?.Kind ?? EngineError.ModelUnusable, e.Message) : new FailedReply(null, e.ToString()));
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
