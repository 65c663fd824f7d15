using System.Diagnostics;
using System.Threading.Channels;
using LocalOpinions.Engine;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Puts a survey to a model and stores the answers. The same request goes on where an earlier one ended.</summary>
sealed class RunJob(RunRequest request)
{
    const int ProbeRepetitions = 5;

    public async Task<RunOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        // What may be wrong in the request is found before anything slow begins.
        var survey = SurveySource.Load(request.Survey);
        var file = ModelFile.Find(request.Model, ModelFile.DefaultFolders());
        var runtime = EngineRuntime.Start(request.Device);
        ModelHeader.Read(file);
        using var results = ResultsFile.Open(request.Output);
        var hashing = Task.Run(() => file.ComputeSha256(cancellation), cancellation);
        using var model = Model.Load(runtime, file);
        var sha256 = await hashing;

        var template = Template.Create(TemplateFamily.Faithful, request.Ending);
        var surveyId = SurveySource.AddTo(results, survey, request.Survey);
        var run = results.BeginRun(Describe(runtime, template, AddModel(results, model, sha256), surveyId));
        var asked = survey.Questions.Take(request.Limit ?? int.MaxValue).ToList();

        var preparing = Stopwatch.StartNew();
        var (prompts, unasked) = Prepare(model, template, asked.Where(q => !run.Answered.Contains((q.SourceRow, AnswerWriter.OnlyOrder))), cancellation);
        results.Append([], [.. unasked.Where(u => !run.UnansweredRows.Contains(u.SourceRow)).Select(u => new UnansweredRow(run.RunId, u.SourceRow, u.Reason))]);
        preparing.Stop();

        var progress = new RunProgress();
        PromptRateProbe? probe = null;
        if (prompts.Count > 0)
        {
            try
            {
                probe = await AskAsync(model, prompts, results, run.RunId, progress, cancellation);
            }
            finally
            {
                var complete = !cancellation.IsCancellationRequested && progress.Questions == prompts.Count;
                results.EndRun(run.RunId, new RunEnd(complete ? "complete" : "interrupted", progress.Seconds, progress.Tokens, progress.Tokens));
            }
        }
        else
        {
            results.EndRun(run.RunId, new RunEnd("complete", 0, 0, 0));
        }

        // Read once: an interruption from here on comes too late to matter.
        var interrupted = cancellation.IsCancellationRequested;
        if (!interrupted)
            ScoreJob.Score(results, run.RunId);
        var stored = results.Runs().Single(r => r.RunId == run.RunId);
        return new(request.Output, run.RunId, file.Name, sha256, survey.Name, survey.Notice, runtime.Build, runtime.DeviceName, request.Exact, interrupted,
            asked.Count, asked.Count(q => run.Answered.Contains((q.SourceRow, AnswerWriter.OnlyOrder))), progress.Questions, unasked,
            progress.Tokens, progress.Seconds, Rate(progress.Tokens, progress), Rate(progress.Questions, progress), stored.MeanOffMenu, stored.ForcedBoundaries,
            preparing.Elapsed.TotalSeconds, Process.GetCurrentProcess().PeakWorkingSet64, probe);
    }

    /// <summary>Tokenises everything ahead; a question that cannot be asked is listed with its reason, and the others go on.</summary>
    static (List<TokenizedPrompt> Prompts, List<UnaskedQuestion> Unasked) Prepare(Model model, Template template, IEnumerable<Question> questions, CancellationToken cancellation)
    {
        var reader = new LabelReader(model.Vocabulary);
        var boundary = template.Ending == PromptEnding.Paren ? LabelBoundary.Paren : LabelBoundary.Space;
        List<TokenizedPrompt> prompts = [];
        List<UnaskedQuestion> unasked = [];
        foreach (var question in questions)
        {
            // An interrupted preparation is an interrupted run of no answers.
            if (cancellation.IsCancellationRequested)
                break;
            if (!template.CanAsk(question, out var reason))
            {
                unasked.Add(new(question.SourceRow, reason!));
                continue;
            }
            try
            {
                var prompt = template.Build(question);
                var tokenized = reader.Read(prompt.SourceRow, prompt.Text, prompt.Labels, boundary);
                if (tokenized.Tokens.Length > model.ContextLength)
                    unasked.Add(new(question.SourceRow, $"its prompt of {tokenized.Tokens.Length:N0} tokens is longer than the model's context of {model.ContextLength:N0}"));
                else
                    prompts.Add(tokenized);
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                unasked.Add(new(question.SourceRow, e.Message));
            }
        }
        return (prompts, unasked);
    }

    /// <summary>The engine's thread owns the native context; behind it, through a bounded channel, the writer commits.</summary>
    async Task<PromptRateProbe?> AskAsync(Model model, List<TokenizedPrompt> prompts, ResultsFile results, int runId, RunProgress progress, CancellationToken cancellation)
    {
        using var scorer = new PromptScorer(model, prompts, new(request.Exact, request.Threads));
        List<double> rates = request.Probe && !cancellation.IsCancellationRequested ? [.. scorer.ProbePromptRate(ProbeRepetitions)] : [];
        var channel = Channel.CreateBounded<IReadOnlyList<PromptScore>>(new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true });

        progress.Start(prompts.Count, prompts.Sum(p => (long)p.Tokens.Length));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var engine = Task.Factory.StartNew(() => Produce(scorer, channel.Writer, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var writer = new AnswerWriter(results, runId, progress).WriteAllAsync(channel.Reader);
        // A writer that fails must not leave the engine waiting for room.
        _ = writer.ContinueWith(w => channel.Writer.TryComplete(w.Exception), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            await progress.ShowAsync(writer, request.Quiet);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            progress.Stop();
            // Whatever happened: the native context outlives its thread, and the results file its writer.
            await engine;
            await writer.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (!request.Probe || cancellation.IsCancellationRequested)
            return null;
        rates.AddRange(scorer.ProbePromptRate(ProbeRepetitions));
        var median = Median(rates);
        return new(rates, median, Rate(progress.Tokens, progress) / median);
    }

    static void Produce(PromptScorer scorer, ChannelWriter<IReadOnlyList<PromptScore>> scores, CancellationToken cancellation)
    {
        try
        {
            foreach (var group in scorer.Score(cancellation))
            {
                if (!scores.TryWrite(group))
                    scores.WriteAsync(group, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            scores.TryComplete();
        }
        catch (ChannelClosedException)
        {
            // The writer failed; its error is the one to show.
        }
        catch (Exception e)
        {
            // Thrown again by the writer, after it has stored what came before.
            scores.TryComplete(e);
        }
    }

    RunRow Describe(EngineRuntime runtime, Template template, int modelId, int surveyId) => new(
        modelId, surveyId, template.Condition, PromptedCountry: null, template.Name, template.Version.ToString(), template.Sha256, template.Ending.ToString().ToLowerInvariant(),
        OptionOrder: "faithful", Plan: request.Exact ? "one by one" : "side by side", request.Exact, KvType: request.Exact ? "f32" : "f16", FlashAttention: !request.Exact, runtime.Build, runtime.DeviceName,
        request.Threads, Machine: runtime.Devices[0].Description, ToolVersion: typeof(RunJob).Assembly.GetName().Version!.ToString(3));

    static int AddModel(ResultsFile results, Model model, string sha256) => results.AddModel(new ModelRow(
        model.File.Name, model.File.Path, sha256, model.Header.Architecture, model.Description, model.Parameters, model.File.Bytes, model.Header.Quantisation, model.Vocabulary.Size, model.ContextLength));

    static double Rate(long count, RunProgress progress) => progress.Seconds > 0 ? count / progress.Seconds : 0;

    static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
