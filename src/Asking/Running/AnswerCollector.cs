using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sharding;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Running;

/// <summary>
/// Puts questions to a model, batch by batch, until every run has an answer to each: while one batch is decoded, the next is tokenised.
/// </summary>
/// <remarks>Runs go by template, and within a template by reading.</remarks>
sealed class AnswerCollector(
    IAnswerSource source, AskingWork work, ResultsFile results, IReadOnlyList<RunHandle> runs, IWorkMonitor monitor,
        TimeProvider clock)
{
    readonly PromptDesign _design = work.Design;
    readonly TextTaker _taker = new(work);
    // A question is unanswered as a whole, whatever its orders.
    readonly HashSet<(int RunId, int SourceRow)> _answered = work.Design.Choice.Reading != AnswerReading.Written ? []
        : [.. runs.SelectMany(r => r.Answered.Where(a => !r.UnansweredRows.Contains(a.SourceRow)).Select(a => (r.RunId, a.SourceRow)))];
    readonly List<UnaskedQuestion> _unasked = [];
    readonly List<string> _plans = [], _ends = [];
    (long Prompts, long Bytes) _steady;
    long _withoutNumbers, _prompts, _plannedPrompts;

    public WorkProgress Progress { get; } = new();

    public EngineTimes Times => source.Times;

    /// <summary>Which of the prompts are asked; null for all.</summary>
    public ShardRange? Shard { get; init; }

    public Stopwatch Preparing { get; } = new();

    public IReadOnlyList<UnaskedQuestion> Unasked => _unasked;

    /// <summary>Why engines ended that had a process of their own, one reason each.</summary>
    public IReadOnlyList<string> Ends => _ends;

    public long AlreadyAnswered { get; private set; }

    /// <summary>
    /// Managed bytes that all threads allocated per prompt, from the first commit of each batch on; null where none has two.
    /// </summary>
    public double? AllocatedBytesPerAnswer => _steady.Prompts > 0 ? (double)_steady.Bytes / _steady.Prompts : null;

    public long PlannedTokens { get; private set; }

    public long PlannedUnsharedTokens { get; private set; }

    /// <summary>Time at work, without what measuring llama.cpp's own rate took.</summary>
    public double Seconds => Math.Max(0, Progress.Seconds - Times.Probing.TotalSeconds);

    /// <returns>False when interrupted.</returns>
    public async Task<bool> CollectAsync(CancellationToken cancellation)
    {
        var (batches, questions) = (work.Batches, work.Questions);
        var places = batches.Index().ToDictionary(b => b.Item, b => b.Index);
        var open = batches.Where(b => !IsAnswered(b)).ToHashSet();
        // A run's plan is that of all its batches: one that an earlier session answered is planned again, but not decoded.
        // So is every batch of a shard, since what the shard takes depends on what stands before it.
        var planned = work.Job.Exact && Shard is null || open.Count == 0 ? batches.Where(open.Contains).ToList() : batches;
        AlreadyAnswered = Enumerable.Range(0, _design.Templates.Count)
            .Sum(t => (long)questions.Sum(q => Orders(q).Count(o => IsAnswered(t, q.SourceRow, o))));
        _prompts = questions.Sum(q => (long)_design.PromptsOf(q));
        Progress.Expect(_prompts - AlreadyAnswered);

        var next = PrepareAsync(0);
        try
        {
            for (var i = 0; i < planned.Count && !cancellation.IsCancellationRequested; i++)
            {
                Preparing.Start();
                var batch = await next;
                Preparing.Stop();
                if (cancellation.IsCancellationRequested)
                    break;
                next = PrepareAsync(i + 1);
                List(batch.Unasked);
                if (batch.Asked.Count == 0)
                    continue;
                Record(batch, isLast: i == planned.Count - 1);
                var mine = Shard?.Keys(batch.Groups, _plannedPrompts, _prompts);
                _plannedPrompts += batch.Asked.Count;
                if (mine is not null)
                    Progress.Expect(Progress.All - batch.Asked.Index().Count(a => !mine.Contains(a.Index) && !IsAnswered(batch, a.Index)));
                if (open.Contains(planned[i]))
                    await AskAsync(batch, key => IsAnswered(batch, key) || mine?.Contains(key) == false, cancellation);
            }
        }
        finally
        {
            // Whatever happened: the model outlives those who tokenise with it.
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        if (_withoutNumbers > 0 && AlreadyAnswered == 0 && _withoutNumbers == Progress.All && !cancellation.IsCancellationRequested)
            throw new EngineException(EngineError.Decode, $"The model answers none of the {_withoutNumbers:N0} prompts. "
                + $"Row {Unasked[^1].SourceRow}: {Unasked[^1].Reason}.");
        return !cancellation.IsCancellationRequested;

        Task<BatchPlan> PrepareAsync(int i) => i < planned.Count
            ? source.PlanAsync(places[planned[i]], cancellation)
            : Task.FromResult(BatchPlan.Nothing(-1, []));
    }

    async Task AskAsync(BatchPlan batch, Predicate<int> answered, CancellationToken cancellation)
    {
        var asked = new BatchAnswers(
            [.. runs.Select(r => r.RunId)], _design.Readings, batch.Asked, source.Abilities.WholeOffMenu);
        var writer = new AnswerWriter(results, asked, Progress, _taker, _answered, clock);
        Progress.Start();
        try
        {
            await AnswerPipeline.ExecuteAsync(stop => source.Score(batch, answered, stop), writer, done =>
                monitor.WatchAsync(Progress, done),
                cancellation);
        }
        finally
        {
            Progress.Stop();
            _steady = (_steady.Prompts + writer.Steady.Prompts, _steady.Bytes + writer.Steady.Bytes);
        }
        Note(source.TakeIncidents(), batch);
        Note(new([], writer.SetAside), batch);
        _withoutNumbers += writer.SetAside.Count;
    }

    IEnumerable<int> Orders(Question question) => Enumerable.Range(0, _design.OrdersOf(question));

    bool IsAnswered(BatchPlan batch, int key) =>
        IsAnswered(batch.Asked[key].Template, batch.Asked[key].SourceRow, batch.Asked[key].OrderIndex);

    // Its readings are stored together.
    bool IsAnswered(int template, int sourceRow, int order) =>
        runs[template * _design.Readings.Count].Answered.Contains((sourceRow, order));

    bool IsAnswered(IReadOnlyList<Question> batch) =>
        runs.All(r => batch.All(q => _design.CanAsk(q, out _) && Orders(q).All(o => r.Answered.Contains((q.SourceRow, o)))));

    void List(IReadOnlyList<UnaskedQuestion> unasked)
    {
        _unasked.AddRange(unasked);
        results.Append([], [.. runs.SelectMany((r, i) => unasked.Where(u => !r.UnansweredRows.Contains(u.SourceRow)
                && (u.Template is null || u.Template == i / _design.Readings.Count))
            .Select(u => new UnansweredRow(r.RunId, u.SourceRow, u.Reason)))]);
    }

    /// <summary>Takes down the ends of engines behind the last batch.</summary>
    public void Note(SourceIncidents incidents) => _ends.AddRange(incidents.Ends);

    void Note(SourceIncidents incidents, BatchPlan batch)
    {
        Note(incidents);
        foreach (var (key, reason) in incidents.SetAside)
        {
            var what = batch.Asked[key];
            _unasked.Add(new(what.SourceRow, reason));
            // A question with an answer in another order of its options counts as answered.
            var orders = batch.Asked.Where(a => a.Template == what.Template && a.SourceRow == what.SourceRow)
                .Select(a => (a.SourceRow, a.OrderIndex)).ToList();
            var readings = runs.Skip(what.Template * _design.Readings.Count).Take(_design.Readings.Count).ToList();
            if (!results.ReadAnswers(readings[0].RunId, orders).Any())
                results.Append([], [.. readings.Select(r => new UnansweredRow(r.RunId, what.SourceRow, reason))]);
        }
    }

    // Known once everything is planned. An exact answer depends on no plan, so there is none to record.
    void Record(BatchPlan plan, bool isLast)
    {
        PlannedTokens += plan.Tokens;
        PlannedUnsharedTokens += plan.UnsharedTokens;
        _plans.Add(plan.Sha256);
        if (work.Job.Exact || !source.Abilities.Plan || !isLast)
            return;
        var all = _plans.Count == 1 ? _plans[0] : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(_plans))));
        foreach (var run in runs)
            results.SetPlan(run.RunId, all);
    }
}
