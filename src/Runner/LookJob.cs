using LocalOpinions.Engine;
using LocalOpinions.Runner.Workers;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What to let a model write, and where to put it.</summary>
/// <param name="Rows">Questions, by row.</param>
/// <param name="Free">Whether the closing words are left out.</param>
/// <param name="Output">A results file with a run that asks the same; null to store nothing.</param>
sealed record LookRequest(
    string Model, string Survey, IReadOnlyList<int> Rows, Asking Asking, bool Free, Sampling Sampling, int Tokens, int Texts, IReadOnlyList<string> Stops, string? Output, bool Exact, DeviceChoice Device, int Threads);

/// <summary>A text, what it goes on from, and whether it says what the probabilities say.</summary>
/// <param name="MostProbable">The option with the highest probability, as run reads it behind its prompt.</param>
/// <param name="Probability">That option's, among the options.</param>
/// <param name="Names">The option that the text names; null where it names none or several.</param>
/// <param name="Agrees">Whether the two are the same; null where the text names none or several.</param>
sealed record LookedAt(int SourceRow, string? Country, int Sequence, string Prompt, string Text, Finish Finish, int Tokens, string MostProbable, double Probability, string? Names, bool? Agrees);

/// <summary>A prompt to write on from.</summary>
/// <param name="Prompt">As run puts it.</param>
/// <param name="Text">As it is written on from; with --free it has no closing words.</param>
/// <param name="Read">What run reads behind it.</param>
sealed record LookPrompt(int Template, int SourceRow, Prompt Prompt, PromptText Text, TokenizedPrompt Read);

/// <summary>What the model wrote.</summary>
/// <param name="StoredWithRun">The runs that the texts were stored with; null where nothing was stored.</param>
sealed record LookOutcome(
    string Model, string Survey, string Asking, long Seed, double Temperature, double TopP, IReadOnlyList<LookedAt> Texts, IReadOnlyList<UnaskedQuestion> Unasked, string? File, IReadOnlyList<int>? StoredWithRun);

/// <summary>Lets a model go on from the prompts of a way of asking. Countries share what their prompts share.</summary>
sealed class LookJob(LookRequest request)
{
    public LookOutcome Execute(CancellationToken cancellation)
    {
        var survey = SurveySource.Load(request.Survey);
        request = request with { Asking = request.Asking.For(survey, request.Survey) };
        var questions = request.Rows.Select(row => survey.Questions.FirstOrDefault(q => q.SourceRow == row)
            ?? throw new EngineException(EngineError.Prompt, $"{survey.Name} has no row {row}; its rows run from {survey.Questions.Min(q => q.SourceRow)} to {survey.Questions.Max(q => q.SourceRow)}.")).ToList();
        var file = ModelChoice.Find(request.Model);
        var runtime = EngineRuntime.Start(request.Device.Kind);
        using var results = request.Output is { } path ? Options.OpenExisting(path) : null;
        using var model = Model.Load(runtime, file, ModelHeader.Read(file), new(request.Device.Index));
        var tokenizer = new PromptTokenizer(model, request.Asking);
        var runs = results is null ? null : Runs(results, ModelHash.Of(file, cancellation), survey.Sha256, tokenizer.Chat);

        List<LookPrompt> asked = [];
        List<UnaskedQuestion> unasked = [];
        foreach (var question in questions)
        {
            if (!request.Asking.CanAsk(question, out var reason))
            {
                unasked.Add(new(question.SourceRow, reason!));
                continue;
            }
            try
            {
                asked.AddRange(request.Asking.Templates.Select(t => t.Build(question))
                    .Select((prompt, template) => new LookPrompt(template, prompt.SourceRow, prompt, Lay(tokenizer, prompt, model), tokenizer.Read(prompt))).ToList());
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                unasked.Add(new(question.SourceRow, e.Message));
            }
        }

        var texts = Write(model, asked, cancellation);
        if (results is not null && runs is not null)
        {
            foreach (var template in texts.GroupBy(t => t.From.Template))
                results.AppendGenerations(runs[template.Key], [.. template.Select(t => Row(t.Looked))]);
        }
        return new(file.Name, survey.Name, request.Asking.Describe(), request.Sampling.Seed, request.Sampling.Temperature, request.Sampling.TopP, [.. texts.Select(t => t.Looked)], unasked, request.Output, runs);
    }

    List<(LookPrompt From, LookedAt Looked)> Write(Model model, List<LookPrompt> asked, CancellationToken cancellation)
    {
        if (asked.Count == 0)
            return [];
        var probabilities = Read(model, asked, cancellation);
        List<TokenizedPrompt> prompts = [.. asked.Select((a, key) => new TokenizedPrompt(key, model.Vocabulary.Tokenize(a.Text), [], false))];
        string[] stops = request.Asking.Layout == Layout.Plain ? ["\nHuman:", .. request.Stops] : [.. request.Stops];
        return [.. TextGenerator.Generate(model, prompts, new(request.Sampling, request.Tokens, request.Texts, stops), request.Exact, request.Threads, cancellation)
            .Select(t => (asked[t.Key], Look(asked[t.Key], probabilities[t.Key], t)))];
    }

    double[][] Read(Model model, List<LookPrompt> asked, CancellationToken cancellation)
    {
        List<TokenizedPrompt> prompts = [.. asked.Select((a, key) => a.Read with { Key = key })];
        var plan = LocalEngine.Plan(model, prompts, request.Exact);
        using var scorer = new PromptScorer(model, plan, new(request.Exact, request.Threads));
        var probabilities = new double[asked.Count][];
        foreach (var score in scorer.Score(null, cancellation).SelectMany(s => s))
            probabilities[score.Key] = score.Probabilities;
        cancellation.ThrowIfCancellationRequested();
        return probabilities;
    }

    LookedAt Look(LookPrompt from, double[] probabilities, GeneratedText text)
    {
        var most = Array.IndexOf(probabilities, probabilities.Max());
        var named = NamedOption.In(text.Text, request.Asking.Listing == Listing.Listed ? from.Prompt.Labels : [], from.Prompt.Options);
        return new(
            from.SourceRow, request.Asking.Templates[from.Template].Country?.PromptedAs, text.Sequence, from.Text.ToString(), text.Text, text.Finish, text.Tokens,
            from.Prompt.Options[most], probabilities[most], named is { } i ? from.Prompt.Options[i] : null, named is null ? null : named == most);
    }

    PromptText Lay(PromptTokenizer tokenizer, Prompt prompt, Model model) => (request.Free, tokenizer.Chat) switch
    {
        (false, _) => tokenizer.Lay(prompt),
        (true, null) => $"Human: {prompt.Message}\n\nAssistant:",
        (true, var chat) => chat.Write(model.Vocabulary, prompt.Message, ""),
    };

    GenerationRow Row(LookedAt text) => new(
        text.SourceRow, text.Sequence, request.Sampling.Seed, request.Sampling.Temperature, request.Sampling.TopP, text.Prompt, text.Text, text.Finish.ToString().ToLowerInvariant(), text.Agrees);

    /// <summary>Of each template the latest run of the file that asks this model the same.</summary>
    List<int> Runs(ResultsFile results, string modelSha256, string surveySha256, ChatFormat? chat)
    {
        using var rows = results.Query("SELECT model_sha256, survey_sha256, template_sha256, prompted_country, translation_sha256, control, run_id FROM run_overview ORDER BY run_id DESC");
        var known = rows.Rows.Select(r => (Asks: ((string)r[0]!, (string)r[1]!, (string)r[2]!, (string?)r[3], (string?)r[4], (string)r[5]!), Id: (int)r[6]!)).ToList();
        return [.. request.Asking.Templates.Select(t => known
            .Where(k => k.Asks == (modelSha256, surveySha256, LaidOutTemplate.Of(t, chat).Sha256, t.Country?.PromptedAs, t.Translation?.Sha256, ControlNames.Of(t.Control))).Select(k => (int?)k.Id).FirstOrDefault()
            ?? throw new StoreException(StoreError.FileNotFound, $"{request.Output} holds no run that asks this model {request.Asking.Describe()}{(t.Country is { } c ? $" for {c.PromptedAs}" : "")}. Make it first with localopinions run and the same options, or leave --out out."))];
    }
}
