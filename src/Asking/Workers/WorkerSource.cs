using System.Collections.Concurrent;
using LocalOpinions.Asking.Local;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Workers;

/// <summary>The engine in child processes, each with a share of every batch. A child that dies is replaced and the work goes on.</summary>
sealed class WorkerSource : IAnswerSource
{
    const int SharesInFlight = 64;

    readonly List<WorkerSlot> _slots;
    readonly WorkerIncidents _incidents;
    readonly Dictionary<int, List<UnaskedQuestion>> _leftOut = [];

    // After a death tokenising and decoding wait for each other: the next death is then one's or the other's.
    readonly SemaphoreSlim _alone = new(1);
    readonly Func<Task<SourceIdentity>> _identity;

    WorkerSource(List<WorkerSlot> slots, SourceFacts facts, WorkerIncidents incidents, Func<Task<SourceIdentity>> identity) =>
        (_slots, Facts, _incidents, _identity) = (slots, facts, incidents, identity);

    public SourceFacts Facts { get; }

    public SourceAbilities Abilities => GgufSource.OfFiles;

    public EngineTimes Times { get; } = new();

    /// <summary>The workers' process ids.</summary>
    public IEnumerable<int> ProcessIds => _slots.Select(s => s.ProcessId).OfType<int>();

    /// <summary>Starts the workers and loads the model in each.</summary>
    /// <param name="start">Starts a worker.</param>
    /// <param name="job">What it is all about.</param>
    /// <param name="loads">One per worker.</param>
    /// <param name="warn">Told in words about every end of a worker.</param>
    /// <param name="identity">The model's, for whoever asks for it.</param>
    /// <exception cref="EngineException">The model cannot be used.</exception>
    public static async Task<WorkerSource> StartAsync(
        Func<IWorker> start, JobRequest job, IReadOnlyList<LoadRequest> loads, Action<string> warn, Func<Task<SourceIdentity>> identity)
    {
        var slots = loads.Select(l => new WorkerSlot(start, job, l)).ToList();
        var incidents = new WorkerIncidents(warn);
        try
        {
            // The first alone: a model that cannot be used is told once.
            var (_, facts) = await slots[0].AliveAsync(incidents.Died);
            await Task.WhenAll(slots.Skip(1).Select(s => s.AliveAsync(incidents.Died)));
            return new(slots, facts! with { Workers = slots.Count }, incidents, identity);
        }
        catch
        {
            foreach (var slot in slots)
                await slot.DisposeAsync();
            throw;
        }
    }

    public Task<SourceIdentity> IdentifyAsync() => _identity();

    public async Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation)
    {
        var held = _incidents.Any;
        if (held)
            await _alone.WaitAsync(CancellationToken.None);
        try
        {
            // One finds out what no worker survives; the others need not.
            var plan = await PlanAsync(_slots[0], batch, cancellation);
            return plan with { Unasked = [.. plan.Unasked, .. LeftOut(batch)] };
        }
        finally
        {
            if (held)
                _alone.Release();
        }
    }

    public IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation)
    {
        using var scores = new BlockingCollection<IReadOnlyList<PromptScore>>(SharesInFlight);
        var shares = new ConcurrentQueue<IReadOnlyList<DecodeGroup>>(
            Shares.Of([.. plan.Groups.Where(g => !g.Keys.All(k => answered(k)))], _slots.Count));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = Task.Run(() => ScoreAsync(plan, shares, answered, scores, stop));
        try
        {
            foreach (var group in scores.GetConsumingEnumerable())
                yield return group;
        }
        finally
        {
            // A reader that leaves early must not leave workers waiting for it.
            stop.Cancel();
            while (!scores.IsCompleted)
                scores.TryTake(out _, 10);
            work.GetAwaiter().GetResult();
        }
    }

    public async Task<T> RunAsync<T>(ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation) where T : class
    {
        if (_slots.Count == 1 || !task.CanBeParted)
            return await RunAsync(_slots[0], task, progress, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var joint = progress is null ? null : new JointProgress(progress);
        return task.Joined(await Task.WhenAll(_slots.Select(async (slot, i) =>
        {
            try
            {
                return await RunAsync(slot, task with { Part = new(i, _slots.Count) }, joint, stop.Token);
            }
            catch
            {
                // A part that fails ends the work of all.
                await stop.CancelAsync();
                throw;
            }
        })));
    }

    // Work that no single prompt is to blame for: a second death is an error.
    async Task<T> RunAsync<T>(WorkerSlot slot, ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var (worker, _) = await slot.AliveAsync(_incidents.Died);
            try
            {
                return await RunAsync(worker, task, progress, cancellation);
            }
            catch (WorkerDiedException e)
            {
                _incidents.Died(e.Reason);
                if (attempt == 2)
                    throw new EngineException(EngineError.Decode, $"llama.cpp ended twice: {e.Reason}.");
            }
        }
    }

    public SourceIncidents TakeIncidents() => _incidents.Take();

    public async ValueTask DisposeAsync()
    {
        foreach (var slot in _slots)
            await slot.DisposeAsync();
        _alone.Dispose();
    }

    async Task ScoreAsync(BatchPlan plan, ConcurrentQueue<IReadOnlyList<DecodeGroup>> shares, Predicate<int> answered,
        BlockingCollection<IReadOnlyList<PromptScore>> scores, CancellationTokenSource stop)
    {
        await _alone.WaitAsync();
        try
        {
            await Task.WhenAll(_slots.Select(async slot =>
            {
                try
                {
                    while (!stop.IsCancellationRequested && shares.TryDequeue(out var share))
                        await new ShareOfWork(slot, plan, LeftOutRows(plan.Batch), answered, scores, Times, _incidents)
                            .ScoreAsync(share, stop.Token);
                }
                catch
                {
                    // One that fails ends the work of all.
                    stop.Cancel();
                    throw;
                }
            }));
        }
        finally
        {
            scores.CompleteAdding();
            _alone.Release();
        }
    }

    async Task<BatchPlan> PlanAsync(WorkerSlot slot, int batch, CancellationToken cancellation)
    {
        for (var singly = false; ; singly = true)
        {
            var (worker, _) = await slot.AliveAsync(_incidents.Died);
            try
            {
                return await worker.PlanAsync(new(batch, LeftOutRows(batch), singly)).WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // The worker goes on until its input ends, for nobody.
                return BatchPlan.Nothing(batch, []);
            }
            catch (WorkerDiedException e)
            {
                _incidents.Died($"while tokenising{(worker.LastRow is { } row ? $" row {row}" : "")}, {e.Reason}");
                if (!singly || worker.LastRow is not { } culprit)
                    continue;
                lock (_leftOut)
                    (_leftOut.TryGetValue(batch, out var rows) ? rows : _leftOut[batch] = [])
                        .Add(new(culprit, $"llama.cpp ended twice while tokenising its prompts ({e.Reason})"));
            }
        }
    }

    static async Task<T> RunAsync<T>(
        IWorker worker, ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation) where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        await worker.SendAsync(new TaskRequest(task));
        using var stopping = cancellation.Register(() => _ = worker.TrySendAsync(new StopRequest()));
        while (true)
        {
            switch (await worker.ReceiveAsync())
            {
                case ProgressReply done:
                    progress?.Report(done.Progress);
                    break;
                case ResultReply result:
                    return WorkerJson.Read<T>(result.Result);
                case StoppedReply:
                    throw new OperationCanceledException(cancellation);
                case var other:
                    throw new InvalidOperationException($"A worker said {other.GetType().Name} during a task.");
            }
        }
    }

    List<UnaskedQuestion> LeftOut(int batch)
    {
        lock (_leftOut)
            return _leftOut.TryGetValue(batch, out var rows) ? [.. rows] : [];
    }

    int[] LeftOutRows(int batch) => [.. LeftOut(batch).Select(u => u.SourceRow)];
}
