using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Asking.Workers;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tests;

/// <summary>What happens to workers: on which prompts and rows they die, and how often.</summary>
sealed class Accidents
{
    /// <summary>Prompts on which a worker dies whenever it decodes them.</summary>
    public HashSet<int> Poison { get; init; } = [];

    /// <summary>Rows on which a worker dies whenever it tokenises them.</summary>
    public HashSet<int> PoisonRows { get; init; } = [];

    /// <summary>How often a worker dies before its first decode, whatever is in it.</summary>
    public int Early { get; set; }

    /// <summary>How often a worker dies when it loads its model.</summary>
    public int Loads { get; set; }

    /// <summary>How many decodes are under way at once, where a worker is not told to do one after the other.</summary>
    public int Contexts { get; init; } = 1;

    /// <summary>Of every request whether it said so.</summary>
    public List<bool> Singly { get; } = [];

    /// <summary>The reason of every end.</summary>
    public string Words { get; init; } = "SIGABRT: made up";

    /// <summary>Parts of a task that a worker dies on, and how often.</summary>
    public Dictionary<int, int> PoisonParts { get; init; } = [];

    /// <summary>Parts of a task that fail.</summary>
    public HashSet<int> FailingParts { get; init; } = [];

    /// <summary>Every part of a task that was begun; null for a whole one.</summary>
    public List<TaskPart?> Parts { get; } = [];

    /// <summary>Every decode that was begun.</summary>
    public List<int[]> Decodes { get; } = [];

    public int Started { get; set; }
}

/// <summary>A worker without a process, which dies when it is told to.</summary>
sealed class ScriptedWorker : IWorker
{
    public const int Rows = 6, PerRow = 2;

    readonly Accidents _accidents;
    readonly Queue<WorkerReply> _replies = new();
    readonly TaskCompletionSource _stopped = new();
    EngineException? _failure;
    bool _endless;

    public ScriptedWorker(Accidents accidents)
    {
        _accidents = accidents;
        Id = ++accidents.Started;
    }

    public int Id { get; }

    public int? LastRow { get; private set; }

    public bool HasEnded { get; private set; }

    public async Task SendAsync(WorkerRequest request)
    {
        if (!await TrySendAsync(request))
            throw Dead();
    }

    public Task<bool> TrySendAsync(WorkerRequest request)
    {
        if (HasEnded)
            return Task.FromResult(false);
        switch (request)
        {
            case JobRequest:
                _replies.Enqueue(new HelloReply([]));
                break;
            case LoadRequest when _accidents.Loads > 0:
                _accidents.Loads--;
                HasEnded = true;
                break;
            case LoadRequest:
                _replies.Enqueue(new ReadyReply(new()
                {
                    Architecture = "",
                    Description = "",
                    Quantisation = "",
                    Build = "",
                    Device = "",
                    Machine = "",
                }));
                break;
            case ScoreRequest score:
                Score(score);
                break;
            case TaskRequest task:
                Do(task.Task);
                break;
            case StopRequest when _endless:
                _endless = false;
                _stopped.SetResult();
                break;
        }
        return Task.FromResult(true);
    }

    // What a part says is its number, so that a test sees who did what; one that waits for its end has no result.
    void Do(ModelTask task)
    {
        var part = task.Part?.Number ?? 0;
        lock (_accidents)
        {
            _accidents.Parts.Add(task.Part);
            HasEnded = _accidents.PoisonParts.GetValueOrDefault(part) > 0;
            if (HasEnded)
                _accidents.PoisonParts[part]--;
        }
        if (HasEnded)
            return;
        if (_accidents.FailingParts.Contains(part))
            _failure = new EngineException(EngineError.Decode, $"part {part} failed");
        else if (_accidents.FailingParts.Count > 0)
            _endless = true;
        else
        {
            _replies.Enqueue(new ProgressReply(new(1, 10)));
            _replies.Enqueue(new ResultReply(WorkerJson.Element(
                new ExactSample([new(0, 7, 0, [0, 1])], [new(part, [-1, -1], [0.5, 0.5], 0.5, 1, false)]))));
        }
    }

    public async Task<WorkerReply> ReceiveAsync()
    {
        if (_endless)
        {
            await _stopped.Task;
            return new StoppedReply();
        }
        return _replies.TryDequeue(out var reply) ? reply : throw _failure ?? (Exception)Dead();
    }

    public Task<BatchPlan> PlanAsync(PlanRequest request)
    {
        var rows = Enumerable.Range(0, Rows).Except(request.LeaveOut).ToList();
        foreach (var row in rows)
        {
            LastRow = request.Singly ? row : null;
            if (_accidents.PoisonRows.Contains(row))
            {
                HasEnded = true;
                throw Dead();
            }
        }
        List<PromptItem> asked = [.. rows.SelectMany(r => Enumerable.Range(0, PerRow).Select(o => new PromptItem(0, r, o, [0, 1])))];
        DecodeGroup[] groups = [.. Enumerable.Range(0, asked.Count).Chunk(3).Select((keys, i) => new DecodeGroup(i, keys))];
        return Task.FromResult(new BatchPlan(request.Batch, asked, [], groups, "plan", 0, 0));
    }

    public ValueTask DisposeAsync()
    {
        HasEnded = true;
        return ValueTask.CompletedTask;
    }

    void Score(ScoreRequest score)
    {
        // Decodes of three prompts, as they were planned; those without a wanted prompt are left out.
        _accidents.Singly.Add(score.Singly);
        var decodes = score.Alone ? score.Keys.Chunk(1) : score.Keys.GroupBy(k => k / 3).Select(g => g.ToArray());
        foreach (var together in decodes.Chunk(score.Singly ? 1 : _accidents.Contexts))
        {
            foreach (var (context, keys) in together.Index())
            {
                _replies.Enqueue(new WorkingReply(keys, null, context));
                _accidents.Decodes.Add(keys);
            }
            if (_accidents.Early > 0 || together.Any(keys => keys.Any(_accidents.Poison.Contains)))
            {
                _accidents.Early = Math.Max(0, _accidents.Early - 1);
                HasEnded = true;
                return;
            }
            foreach (var keys in together)
                _replies.Enqueue(new ScoredReply([.. keys.Select(k => new PromptScore(k, [-1, -1], [0.5, 0.5], 0.5, 1, false))]));
        }
        _replies.Enqueue(new DoneReply(new(0, default, default, default, default, [])));
    }

    WorkerDiedException Dead() => new(_accidents.Words);
}
