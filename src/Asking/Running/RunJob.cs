using System.Diagnostics;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Running;

/// <summary>Puts a survey to a model, stores the answers and scores them. The same request goes on where an earlier one ended.</summary>
public sealed class RunJob(RunRequest request)
{
    /// <exception cref="Engine.EngineException">The model cannot be used, or not be asked so.</exception>
    /// <exception cref="SurveyException">The survey cannot be used.</exception>
    /// <exception cref="Analysis.InputException">Something that is named is not there.</exception>
    /// <exception cref="StoreException">The results file cannot be used; what was answered before is stored.</exception>
    public async Task<RunOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        // What may be wrong in the request is found before anything slow begins.
        var work = AskingWork.Of(request.Job with { MostPrompts = Math.Min(request.Job.MostPrompts, request.Model.MostPrompts) });
        request.Model.Require(work.Design);
        using var results = ResultsFile.Open(request.Output, StoreOptions.Default with { Identity = request.OutputIdentity });
        await using var source = await request.Model.OpenAsync(
            work, new(() => Known(results), request.Monitor.Warn) { Stored = () => Stored(results) }, cancellation);
        if (work.Design.Choice.Reading == AnswerReading.Written)
            source.RequireWriting(request.Model.Name);
        var identity = await source.IdentifyAsync();

        var surveyId = SurveySource.AddTo(results, work.Survey, request.Job.Survey);
        var key = new RunKeys(work, source, results.AddModel(ModelOf(identity, source.Facts)), surveyId);
        List<RunRow> rows = [.. key.All()];
        if (AskedBefore.Tell(results, rows) is { } notice)
            request.Monitor.Warn(notice);
        var runs = rows.Select(results.BeginRun).ToList();

        foreach (var run in source.Facts.Warnings.Count > 0 ? runs : [])
            results.AddWarnings(run.RunId, source.Facts.Warnings);
        if (work.Design.Choice.Control == Control.WrongCountry)
            StoreNames(results, work, runs);
        KeptPrompts.Store(results, work, source.Facts.Chat, runs);

        var rates = await ProbeAsync(source, cancellation);
        var collector = new AnswerCollector(source, work, results, runs, request.Monitor, request.Clock) { Shard = request.Shard };
        var (complete, writable) = (false, true);
        try
        {
            complete = await collector.CollectAsync(cancellation);
        }
        catch (StoreException)
        {
            // What cannot take answers, as a full disk, cannot take the session's end either; that would only hide the cause.
            writable = false;
            throw;
        }
        finally
        {
            // A session belongs to one run; work that several runs share is parted evenly.
            foreach (var run in writable ? runs : [])
            {
                results.EndRun(run.RunId, new(
                    !complete ? "interrupted" : request.Shard is null ? "complete" : "shard", collector.Seconds / runs.Count,
                    collector.Times.Tokens / runs.Count, collector.Progress.Tokens / runs.Count)
                {
                    Waiting = source.Abilities.Plan && collector.Times.Tokens > 0 ? 1 - collector.Times.BusyShare : null,
                });
            }
        }
        // Some things are wrong with a source only once it has been asked.
        foreach (var run in source.Facts.Warnings.Count > 0 ? runs : [])
            results.AddWarnings(run.RunId, source.Facts.Warnings);
        // All answers are stored: interrupted from here on, the same request makes what is missing.
        var means = complete && request.Shard is null ? PersonaMeans.Of(work, source, rows) : [];
        var meanIds = PersonaMeans.Store(results, work, means, runs);
        complete = complete && (request.AskOnly || request.Shard is not null
            || await ConcludeAsync(source, work, results, surveyId, runs, meanIds, cancellation));
        rates = [.. rates, .. collector.Times.Probes, .. complete ? await ProbeAsync(source, cancellation) : []];
        collector.Note(source.TakeIncidents());
        results.RequireInPlace();
        return Outcome(collector, work, identity, source, results, runs, [.. meanIds.Zip(means, (id, m) => (id, m.Reading))], rates,
            complete);
    }

    // Who reads the answers elsewhere cannot draw the names again.
    static void StoreNames(ResultsFile results, AskingWork work, List<RunHandle> runs)
    {
        foreach (var (template, readings) in work.Design.Templates.Zip(runs.Chunk(work.Design.Readings.Count)))
        {
            var named = work.Questions.ToDictionary(q => q.SourceRow, q => template.Names(q)!.PromptedAs);
            foreach (var run in readings)
                results.AddNamedInstead(run.RunId, named);
        }
    }

    static HashSet<string> Known(ResultsFile results) =>
        [.. results.Runs().Where(r => r.Status == "complete").Select(r => r.ModelSha256)];

    static List<(string, string)> Stored(ResultsFile results) =>
        [.. results.Runs().Select(r => (r.Model, r.ModelSha256)).Distinct()];

    static ModelRow ModelOf(SourceIdentity identity, SourceFacts facts) => new()
    {
        Name = identity.Name,
        Path = identity.Place,
        Sha256 = identity.Fingerprint,
        Architecture = facts.Architecture,
        Description = facts.Description,
        ParameterCount = facts.Parameters,
        FileBytes = identity.Bytes,
        Quantisation = facts.Quantisation,
        VocabularySize = facts.VocabularySize,
        ContextLength = facts.ContextLength,
    };

    /// <returns>False when interrupted.</returns>
    async Task<bool> ConcludeAsync(
        IAnswerSource source, AskingWork work, ResultsFile results, int surveyId, List<RunHandle> runs, IReadOnlyList<int> means,
        CancellationToken cancellation)
    {
        int[] ids = [.. runs.Select(r => r.RunId)];
        try
        {
            results.Score([.. ids, .. means], new() { FewestQuestions = request.FewestQuestions }, cancellation);
            // What is written either stands there or does not: there is no number for the arithmetic to move.
            if (source.Abilities.ExactSample && !work.Job.Exact && work.Design.Choice.Reading != AnswerReading.Written)
                await NoiseFloorJob.StoreAsync(source, work.Design, results, surveyId, ids, request.Monitor, cancellation);
            await RoundingJob.StoreAsync(source, work, results, surveyId, ids, request.Monitor, cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    RunOutcome Outcome(
        AnswerCollector collector, AskingWork work, SourceIdentity identity, IAnswerSource source, ResultsFile results,
        List<RunHandle> runs, IReadOnlyList<(int Id, string Reading)> means, IReadOnlyList<double> rates, bool complete)
    {
        var (times, progress, facts, readings) = (collector.Times, collector.Progress, source.Facts, work.Design.Readings);
        var stored = results.Runs().ToDictionary(r => r.RunId);
        return new()
        {
            File = request.Output,
            FileIdentity = results.Identity,
            Runs = [.. runs.Select((r, i) => Summary(stored[r.RunId], readings[i % readings.Count].Name) with
            {
                Persona = work.Design.Templates[i / readings.Count].Persona?.Name,
            }), .. means.Select(m => Summary(stored[m.Id], m.Reading))],
            Asking = work.Design.Describe(),
            Model = identity.Name,
            ModelWarnings = facts.Warnings,
            ModelSha256 = identity.Fingerprint,
            Survey = work.Survey.Name,
            Notice = work.Survey.Notice,
            Policy = work.Survey.Policy.Describe(),
            Policies = work.Survey.Policies,
            EngineBuild = facts.Build,
            Device = facts.Device,
            Threads = facts.Threads,
            Exact = work.Job.Exact,
            Interrupted = !complete,
            NoiseTooCostly = source.Abilities.ExactSample && !work.Job.Exact && SampleTask.SizeOf(work) == 0,
            Shard = request.Shard?.Shard.ToString(),
            Questions = work.Questions.Count,
            AlreadyAnswered = collector.AlreadyAnswered,
            Answered = progress.Done,
            Unanswered = collector.Unasked,
            Tokens = times.Tokens,
            UnsharedTokens = progress.Tokens,
            Seconds = collector.Seconds,
            TokensPerSecond = Rate(times.Tokens),
            EffectiveTokensPerSecond = Rate(progress.Tokens),
            AnswersPerSecond = Rate(progress.Done),
            Ceiling = collector.PlannedTokens > 0 ? (double)collector.PlannedUnsharedTokens / collector.PlannedTokens : null,
            DecodingShare = times.BusyShare,
            ReadingShare = times.Total > TimeSpan.Zero ? times.Reading / times.Total : 0,
            AllocatedBytesPerAnswer = collector.AllocatedBytesPerAnswer,
            PreparationSeconds = collector.Preparing.Elapsed.TotalSeconds,
            PeakMemoryBytes = Process.GetCurrentProcess().PeakWorkingSet64,
            Probe = rates.Count == 0 ? null
                : new(rates, Median.Of(rates), Rate(times.Tokens) / Median.Of(rates), Rate(progress.Tokens) / Median.Of(rates)),
            Workers = facts.Workers,
            EngineEnds = collector.Ends,
        };

        double Rate(long count) => collector.Seconds > 0 ? count / collector.Seconds : 0;

        RunSummary Summary(RunInfo run, string reading)
        {
            var mass = LabelMass.Read(results, run.RunId);
            var warning = mass?.Warning(work.Design.Choice, facts.HasChat);
            return new(run) { Reading = reading, LabelMass = mass, Warning = warning?.Text, Try = warning?.Try ?? [] };
        }
    }

    async Task<IReadOnlyList<double>> ProbeAsync(IAnswerSource source, CancellationToken cancellation)
    {
        if (!request.Probe || !source.Abilities.Rate || cancellation.IsCancellationRequested)
            return [];
        try
        {
            return await source.RunAsync(RateTask.OfRun, null, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // An interrupted run is told as such by whoever collects its answers.
            return [];
        }
    }
}
