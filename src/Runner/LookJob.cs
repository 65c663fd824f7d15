using LocalOpinions.Engine;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What to let a model write, and where to put it.</summary>
/// <param name="Rows">Questions, by row.</param>
/// <param name="Free">Whether the closing words are left out.</param>
/// <param name="Output">A results file with a run that asks the same; null to store nothing.</param>
sealed record LookRequest(
    string Model, string Survey, IReadOnlyList<int> Rows, Asking Asking, bool Free, Sampling Sampling, int Tokens, int Texts, IReadOnlyList<string> Stops, string? Output, bool Exact, DeviceChoice Device, int Threads);

/// <summary>A text and what it goes on from.</summary>
sealed record LookedAt(int SourceRow, string? Country, int Sequence, string Prompt, string Text, Finish Finish, int Tokens);

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

        List<(int Template, int SourceRow, PromptText Text)> asked = [];
        List<TokenizedPrompt> prompts = [];
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
                for (var template = 0; template < request.Asking.Templates.Count; template++)
                {
                    var text = Lay(tokenizer, request.Asking.Templates[template].Build(question), model);
                    prompts.Add(new(prompts.Count, model.Vocabulary.Tokenize(text), [], false));
                    asked.Add((template, question.SourceRow, text));
                }
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                // The other countries' prompts hold the same text.
                prompts.RemoveAll(p => asked[p.Key].SourceRow == question.SourceRow);
                asked.RemoveAll(a => a.SourceRow == question.SourceRow);
                unasked.Add(new(question.SourceRow, e.Message));
            }
        }

        string[] stops = request.Asking.Layout == Layout.Plain ? ["\nHuman:", .. request.Stops] : [.. request.Stops];
        var texts = TextGenerator.Generate(model, prompts, new(request.Sampling, request.Tokens, request.Texts, stops), request.Exact, request.Threads, cancellation)
            .Select(t => (t, asked[t.Key].Template, Looked: new LookedAt(
                asked[t.Key].SourceRow, request.Asking.Templates[asked[t.Key].Template].Country?.PromptedAs, t.Sequence, asked[t.Key].Text.ToString(), t.Text, t.Finish, t.Tokens))).ToList();
        if (results is not null && runs is not null)
        {
            foreach (var template in texts.GroupBy(t => t.Template))
                results.AppendGenerations(runs[template.Key], [.. template.Select(t => Row(t.Looked))]);
        }
        return new(file.Name, survey.Name, request.Asking.Describe(), request.Sampling.Seed, request.Sampling.Temperature, request.Sampling.TopP, [.. texts.Select(t => t.Looked)], unasked, request.Output, runs);
    }

    PromptText Lay(PromptTokenizer tokenizer, Prompt prompt, Model model) => (request.Free, tokenizer.Chat) switch
    {
        (false, _) => tokenizer.Lay(prompt),
        (true, null) => $"Human: {prompt.Message}\n\nAssistant:",
        (true, var chat) => chat.Write(model.Vocabulary, prompt.Message, ""),
    };

    GenerationRow Row(LookedAt text) => new(
        text.SourceRow, text.Sequence, request.Sampling.Seed, request.Sampling.Temperature, request.Sampling.TopP, text.Prompt, text.Text, text.Finish.ToString().ToLowerInvariant());

    /// <summary>Of each template the latest run of the file that asks this model the same.</summary>
    List<int> Runs(ResultsFile results, string modelSha256, string surveySha256, ChatFormat? chat)
    {
        using var rows = results.Query("SELECT model_sha256, survey_sha256, template_sha256, prompted_country, run_id FROM run_overview ORDER BY run_id DESC");
        var known = rows.Rows.Select(r => ((string)r[0]!, (string)r[1]!, (string)r[2]!, (string?)r[3], Id: (int)r[4]!)).ToList();
        return [.. request.Asking.Templates.Select(t => known.Where(k => (k.Item1, k.Item2, k.Item3, k.Item4) == (modelSha256, surveySha256, LaidOutTemplate.Of(t, chat).Sha256, t.Country?.PromptedAs)).Select(k => (int?)k.Id).FirstOrDefault()
            ?? throw new StoreException(StoreError.FileNotFound, $"{request.Output} holds no run that asks this model {request.Asking.Describe()}{(t.Country is { } c ? $" for {c.PromptedAs}" : "")}. Make it first with localopinions run and the same options, or leave --out out."))];
    }
}
