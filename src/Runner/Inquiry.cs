using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Engine;
using LocalOpinions.Runner.Workers;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Puts questions to a model, batch by batch, until every run has an answer to each: while one batch is decoded, the next is tokenised.</summary>
/// <remarks>Runs go by template, and within a template by reading.</remarks>
sealed class Inquiry(IPromptEngine engine, Asking asking, ResultsFile results, IReadOnlyList<RunHandle> runs, bool exact, bool quiet)
{
    readonly List<UnaskedQuestion> _unasked = [];
    readonly List<string> _plans = [], _ends = [];
    (long Prompts, long Bytes) _steady;

    public RunProgress Progress { get; } = new();

    public EngineTimes Times => engine.Times;

    public Stopwatch Preparing { get; } = new();

    public IReadOnlyList<UnaskedQuestion> Unasked => _unasked;

    /// <summary>Why engines ended that had a process of their own, one reason each.</summary>
    public IReadOnlyList<string> Ends => _ends;

    public long AlreadyAnswered { get; private set; }

    /// <summary>Managed bytes that all threads allocated per prompt, from the first commit of each batch on; 0 where none has two.</summary>
    public double AllocatedBytesPerAnswer => _steady.Prompts > 0 ? (double)_steady.Bytes / _steady.Prompts : 0;

    public long PlannedTokens { get; private set; }

    public long PlannedUnsharedTokens { get; private set; }

    /// <summary>Time at work, without what measuring llama.cpp's own rate took.</summary>
    public double Seconds => Math.Max(0, Progress.Seconds - Times.Probing.TotalSeconds);

    /// <returns>False when interrupted.</returns>
    public async Task<bool> AskAsync(IReadOnlyList<Question> questions, CancellationToken cancellation)
    {
        var batches = PromptBatch.Cut(questions, asking).ToList();
        var open = batches.Where(b => !IsAnswered(b)).ToHashSet();
        // A run's plan is that of all its batches: one that an earlier session answered is planned again, but not decoded.
        var planned = exact || open.Count == 0 ? batches.Where(open.Contains).ToList() : batches;
        AlreadyAnswered = Enumerable.Range(0, asking.Templates.Count).Sum(t => (long)questions.Sum(q => Orders(q).Count(o => IsAnswered(t, q.SourceRow, o))));
        Progress.Expect(questions.Sum(q => (long)Orders(q).Count() * asking.Templates.Count) - AlreadyAnswered);

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
                if (open.Contains(planned[i]))
                    await AskAsync(batch, cancellation);
            }
        }
        finally
        {
            // Whatever happened: the model outlives those who tokenise with it.
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return !cancellation.IsCancellationRequested;

        Task<BatchPlan> PrepareAsync(int i) => i < planned.Count
            ? engine.PlanAsync(batches.IndexOf(planned[i]), cancellation)
            : Task.FromResult(new BatchPlan(-1, [], [], [], "", 0, 0));
    }

    async Task AskAsync(BatchPlan batch, CancellationToken cancellation)
    {
        var writer = new AnswerWriter(results, [.. runs.Select(r => r.RunId)], asking.Readings, batch.Asked, Progress);
        Progress.Start();
        try
        {
            await AskJob.ExecuteAsync(stop => engine.Score(batch, IsAnswered, stop), writer, work => Progress.ShowAsync(work, quiet), cancellation);
        }
        finally
        {
            Progress.Stop();
            _steady = (_steady.Prompts + writer.Steady.Prompts, _steady.Bytes + writer.Steady.Bytes);
        }
        Note(engine.TakeIncidents(), batch);

        bool IsAnswered(int key) => this.IsAnswered(batch.Asked[key].Template, batch.Asked[key].SourceRow, batch.Asked[key].OrderIndex);
    }

    IEnumerable<int> Orders(Question question) => asking.CanAsk(question, out _) ? Enumerable.Range(0, asking.Orders.For(question).Count) : [];

    // Its readings are stored together.
    bool IsAnswered(int template, int sourceRow, int order) => runs[template * asking.Readings.Count].Answered.Contains((sourceRow, order));

    bool IsAnswered(IReadOnlyList<Question> batch) => runs.All(r => batch.All(q => asking.CanAsk(q, out _) && Orders(q).All(o => r.Answered.Contains((q.SourceRow, o)))));

    void List(IReadOnlyList<UnaskedQuestion> unasked)
    {
        _unasked.AddRange(unasked);
        results.Append([], [.. runs.SelectMany(r => unasked.Where(u => !r.UnansweredRows.Contains(u.SourceRow)).Select(u => new UnansweredRow(r.RunId, u.SourceRow, u.Reason)))]);
    }

    /// <summary>Takes down the ends of engines behind the last batch.</summary>
    public void Note(EngineIncidents incidents) => _ends.AddRange(incidents.Ends);

    void Note(EngineIncidents incidents, BatchPlan batch)
    {
        Note(incidents);
        foreach (var (key, reason) in incidents.SetAside)
        {
            var what = batch.Asked[key];
            _unasked.Add(new(what.SourceRow, reason));
            // A question with an answer in another order of its options counts as answered.
            var orders = batch.Asked.Where(a => a.Template == what.Template && a.SourceRow == what.SourceRow).Select(a => (a.SourceRow, a.OrderIndex)).ToList();
            var readings = runs.Skip(what.Template * asking.Readings.Count).Take(asking.Readings.Count).ToList();
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
        if (exact || !isLast)
            return;
        var all = _plans.Count == 1 ? _plans[0] : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(_plans))));
        foreach (var run in runs)
            results.SetPlan(run.RunId, all);
    }
}
