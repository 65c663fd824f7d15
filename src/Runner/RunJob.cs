using System.Diagnostics;
using LocalOpinions.Engine;
using LocalOpinions.Runner.Workers;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Puts a survey to a model, stores the answers and scores them. The same request goes on where an earlier one ended.</summary>
sealed class RunJob(RunRequest request)
{
    const int ProbeRepetitions = 5;

    Asking _asking = request.Asking;

    public async Task<RunOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        // What may be wrong in the request is found before anything slow begins.
        var loaded = SurveySource.Load(request.Survey);
        var survey = request.Policy.Apply(loaded);
        _asking = request.Asking.For(loaded, request.Survey);
        var file = ModelChoice.Find(request.Model);
        var header = ModelHeader.Read(file);
        if (request.Engines is null or { Isolate: false })
            EngineRuntime.Start(request.Device.Kind);
        using var results = ResultsFile.Open(request.Output);
        var hashing = Task.Run(() => ModelHash.Of(file, cancellation), cancellation);
        var questions = request.Choose(survey);
        await using var engine = await EngineChoice.StartAsync(request with { Asking = _asking }, file, header, questions, results, hashing);
        var sha256 = await hashing;

        var surveyId = SurveySource.AddTo(results, survey, request.Survey);
        var modelId = AddModel(results, file, engine.Facts, sha256);
        var chat = _asking.Layout == Layout.Chat ? header.ChatFormat(file) : null;
        var runs = _asking.Templates
            .SelectMany(t => _asking.Readings.Select(r => results.BeginRun(Describe(engine.Facts, t, chat, modelId, surveyId, questions.Count) with { Reading = r.Name }))).ToList();

        var rates = await ProbeAsync(engine);
        var inquiry = new Inquiry(engine, _asking, results, runs, request.Exact, request.Quiet);
        var (complete, writable) = (false, true);
        try
        {
            complete = await inquiry.AskAsync(questions, cancellation);
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
                results.EndRun(run.RunId, new(complete ? "complete" : "interrupted", inquiry.Seconds / runs.Count, inquiry.Times.Tokens / runs.Count, inquiry.Progress.Tokens / runs.Count));
        }
        rates = [.. rates, .. inquiry.Times.Probes, .. complete ? await ProbeAsync(engine) : []];
        if (complete)
        {
            results.Score([.. runs.Select(r => r.RunId)]);
            if (!request.Exact)
                await NoiseFloorJob.StoreAsync(engine, _asking, results, surveyId, [.. runs.Select(r => r.RunId)]);
        }
        inquiry.Note(engine.TakeIncidents());
        return Outcome(inquiry, survey, file, header, sha256, engine.Facts, results, runs, questions.Count, rates, complete);
    }

    RunOutcome Outcome(
        Inquiry inquiry, Survey survey, ModelFile file, ModelHeader header, string sha256, EngineFacts engine, ResultsFile results, List<RunHandle> runs, int questions, IReadOnlyList<double> rates, bool complete)
    {
        var (times, progress) = (inquiry.Times, inquiry.Progress);
        var stored = results.Runs().ToDictionary(r => r.RunId);
        return new(
            request.Output, [.. runs.Select((r, i) => Summary(stored[r.RunId], _asking.Readings[i % _asking.Readings.Count].Name))],
            _asking.Describe(), file.Name, sha256, survey.Name, survey.Notice, survey.Policy.Describe(), survey.Policies, engine.Build, engine.Device, engine.Threads, request.Exact, Interrupted: !complete,
            questions, inquiry.AlreadyAnswered, progress.Answers, inquiry.Unasked,
            times.Tokens, progress.Tokens, inquiry.Seconds, Rate(times.Tokens), Rate(progress.Tokens), Rate(progress.Answers),
            Ceiling: inquiry.PlannedTokens > 0 ? (double)inquiry.PlannedUnsharedTokens / inquiry.PlannedTokens : null,
            DecodingShare: times.BusyShare, ReadingShare: times.Total > TimeSpan.Zero ? times.Reading / times.Total : 0,
            inquiry.AllocatedBytesPerAnswer,
            inquiry.Preparing.Elapsed.TotalSeconds, Process.GetCurrentProcess().PeakWorkingSet64,
            rates.Count > 0 ? new(rates, Median(rates), Rate(times.Tokens) / Median(rates), Rate(progress.Tokens) / Median(rates)) : null)
        { Workers = engine.Workers, EngineEnds = inquiry.Ends };

        double Rate(long count) => inquiry.Seconds > 0 ? count / inquiry.Seconds : 0;

        RunSummary Summary(RunInfo run, string reading)
        {
            var mass = LabelMass.Read(results, run.RunId);
            var hasChat = header.ChatTemplate is { } template && ChatFormats.Recognise(template) is not null;
            return new(run.RunId, run.PromptedCountry, reading, run.PlanSha256, run.MeanOffMenu, mass, mass?.Warning(_asking, hasChat), run.ForcedBoundaries, run.NoiseFloor);
        }
    }

    RunRow Describe(EngineFacts engine, Template template, ChatFormat? chat, int modelId, int surveyId, int questions)
    {
        var laidOut = LaidOutTemplate.Of(template, chat);
        return new(
            modelId, surveyId, template.Condition, template.Country?.PromptedAs, laidOut.Name, laidOut.Version, laidOut.Sha256, template.Ending.ToString().ToLowerInvariant(),
            _asking.Orders.Name, PlanName(engine, questions), request.Exact, KvType: request.Exact ? "f32" : "f16", FlashAttention: !request.Exact, engine.Build, engine.Device,
            engine.Threads, engine.Machine, ToolVersion: typeof(RunJob).Assembly.GetName().Version!.ToString(3))
        {
            Language = template.Translation?.Language,
            Translation = template.Translation?.Provenance.ToString().ToLowerInvariant(),
            TranslationSha256 = template.Translation?.Sha256,
            Control = ControlNames.Of(template.Control),
            // A chat layout, a control or another language changes more than the wording.
            Wording = chat is null && template.Control == Control.None && template.Translation is null ? template.Named : null,
        };
    }

    // Packed answers depend a little on what they are packed with, so that is part of what makes a run; exact ones do not.
    string PlanName(EngineFacts engine, int questions)
    {
        if (request.Exact)
            return "one by one";
        var with = _asking.Countries.Count > 1 ? $" for {string.Join(", ", _asking.Countries.Select(c => c.PromptedAs))}" : "";
        return $"packed/3 {engine.PlanShape}, {Which()} {questions} questions{with}";

        // Which questions, too: others are packed otherwise.
        string Which() => request switch
        {
            { Sample: null } => "the first",
            { Seed: RunRequest.DefaultSeed, Limit: null } => "a sample of",
            _ => $"sample {request.Seed}{(request.Limit is { } limit ? $" of the first {limit}" : "")}:",
        };
    }

    static int AddModel(ResultsFile results, ModelFile file, EngineFacts engine, string sha256) => results.AddModel(new ModelRow(
        file.Name, file.Path, sha256, engine.Architecture, engine.Description, engine.Parameters, file.Bytes, engine.Quantisation, engine.VocabularySize, engine.ContextLength));

    async Task<IReadOnlyList<double>> ProbeAsync(IPromptEngine engine) => request.Probe ? await engine.MeasureAsync(ProbeRepetitions) : [];

    internal static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
