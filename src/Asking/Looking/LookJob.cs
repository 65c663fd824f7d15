using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Texts;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Looking;

/// <summary>What to let a model write, and where to put it.</summary>
public sealed record LookRequest
{
    /// <summary>Who writes.</summary>
    public required IAskedModel Model { get; init; }

    /// <summary>Behind which prompts; the questions that it names are those that are looked at.</summary>
    public required AskingJob Job { get; init; }

    /// <summary>Whether the closing words are left out.</summary>
    public bool Free { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public Sampling Sampling { get; init; } = new();

    /// <summary>The most tokens of a text.</summary>
    public int Tokens { get; init; } = 64;

    /// <summary>Texts per prompt.</summary>
    public int Texts { get; init; } = 1;

    /// <summary>Strings that end a text.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>A results file with a run that asks the same; null to store nothing.</summary>
    public string? Output { get; init; }

    /// <summary>Told in words what went wrong and was mended.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}

/// <summary>A text, what it goes on from, and whether it says what the probabilities say.</summary>
public sealed record LookedAt
{
    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>What the survey calls the question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The country or group that the prompt names; null where it names none.</summary>
    public required string? Country { get; init; }

    /// <summary>The template's name.</summary>
    public required string Template { get; init; }

    /// <summary>0, 1, ... for each text behind the same prompt.</summary>
    public required int Sequence { get; init; }

    /// <summary>The whole prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Why it ended.</summary>
    public required Finish Finish { get; init; }

    /// <summary>Tokens generated for it.</summary>
    public required int Tokens { get; init; }

    /// <summary>The option with the highest probability, as run reads it behind its prompt.</summary>
    public required string MostProbable { get; init; }

    /// <summary>That option's, among the options.</summary>
    public required double Probability { get; init; }

    /// <summary>The option that the text names; null where it names none or several.</summary>
    public required string? Names { get; init; }

    /// <summary>Whether the two are the same; null where the text names none or several.</summary>
    public required bool? Agrees { get; init; }
}

/// <summary>What the model wrote.</summary>
public sealed record LookOutcome
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>How the model was asked, in words.</summary>
    public required string Asking { get; init; }

    /// <summary>Of the sampling.</summary>
    public required long Seed { get; init; }

    /// <summary>Of the sampling.</summary>
    public required double Temperature { get; init; }

    /// <summary>Of the sampling.</summary>
    public required double TopP { get; init; }

    /// <summary>The texts.</summary>
    public required IReadOnlyList<LookedAt> Texts { get; init; }

    /// <summary>Questions that cannot be asked.</summary>
    public required IReadOnlyList<UnaskedQuestion> Unasked { get; init; }

    /// <summary>The results file; null where nothing was stored.</summary>
    public required string? File { get; init; }

    /// <summary>The runs that the texts were stored with; null where nothing was stored.</summary>
    public required IReadOnlyList<int>? StoredWithRun { get; init; }
}

/// <summary>Lets a model go on from the prompts of a way of asking. Countries share what their prompts share.</summary>
public sealed class LookJob(LookRequest request)
{
    /// <exception cref="InputException">A question is not in the survey, or the results file holds no run that asks the same.</exception>
    /// <exception cref="Engine.EngineException">The model cannot be used, or not be asked so.</exception>
    public async Task<LookOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var work = AskingWork.Of(request.Job);
        request.Model.Require(work.Design);
        using var results = request.Output is { } path ? ExistingFile.Open(path) : null;
        await using var source = await request.Model.OpenAsync(work, SourceContext.None with { Warn = request.Warn }, cancellation);
        source.RequireWriting(request.Model.Name);
        var runs = results is null ? null : Runs(results, await source.IdentifyAsync(), work, source.Facts);

        string[] stops = [.. WritingChoice.StopsOf(request.Job.Design.Layout), .. request.Stops];
        var task = new WriteTask(request.Free, new(request.Sampling, request.Tokens, request.Texts, stops));
        var written = await source.RunAsync(task, null, cancellation);
        var texts = written.Texts.Select(t => (t.Template, Looked: Look(work, t))).ToList();
        if (results is not null && runs is not null)
        {
            foreach (var template in texts.GroupBy(t => t.Template))
                results.AppendGenerations(runs[template.Key], [.. template.Select(t => Row(t.Looked))]);
        }
        return new()
        {
            Model = request.Model.Name,
            Survey = work.Survey.Name,
            Asking = work.Design.Describe(),
            Seed = request.Sampling.Seed,
            Temperature = request.Sampling.Temperature,
            TopP = request.Sampling.TopP,
            Texts = [.. texts.Select(t => t.Looked)],
            Unasked = written.Unasked,
            File = request.Output,
            StoredWithRun = runs,
        };
    }

    static LookedAt Look(AskingWork work, WrittenAnswer written)
    {
        var (options, probabilities) = (written.Options, written.Probabilities);
        var most = probabilities.Index().MaxBy(p => p.Item).Index;
        var named = TextRule.Read(
            written.Text.Text, work.Design.Choice.Listing == OptionListing.Listed ? written.Labels : [], options).Option;
        return new()
        {
            SourceRow = written.SourceRow,
            QuestionId = work.Questions.First(q => q.SourceRow == written.SourceRow).Id,
            Country = work.Design.Templates[written.Template].Country?.PromptedAs,
            Template = work.Design.Templates[written.Template].Name,
            Sequence = written.Text.Sequence,
            Prompt = written.Prompt,
            Text = written.Text.Text,
            Finish = written.Text.Finish,
            Tokens = written.Text.Tokens,
            MostProbable = options[most],
            Probability = probabilities[most],
            Names = named is { } i ? options[i] : null,
            Agrees = named is null ? null : named == most,
        };
    }

    GenerationRow Row(LookedAt text) => new()
    {
        SourceRow = text.SourceRow,
        Sequence = text.Sequence,
        Seed = request.Sampling.Seed,
        Temperature = request.Sampling.Temperature,
        TopP = request.Sampling.TopP,
        Prompt = text.Prompt,
        Text = text.Text,
        Finish = text.Finish.ToString().ToLowerInvariant(),
        Agrees = text.Agrees,
    };

    /// <summary>Of each template the latest run of the file that asks this model the same.</summary>
    List<int> Runs(ResultsFile results, SourceIdentity identity, AskingWork work, SourceFacts facts)
    {
        var known = results.Read<KnownRun>(
            """
            SELECT model_sha256, survey_sha256, template_sha256, prompted_country, translation_sha256, control, run_id
            FROM run_overview WHERE reading <> 'written' ORDER BY run_id DESC
            """);
        return [.. work.Design.Templates.Select(t => known
            .FirstOrDefault(k => k == new KnownRun(identity.Fingerprint, work.Survey.Sha256, LaidOutTemplate.Of(t, facts.Chat).Sha256,
                t.Country?.PromptedAs, t.Translation?.Sha256, RunControls.Of(t), k.RunId))
            ?.RunId ?? throw new InputException(
                $"{request.Output} holds no run that asks this model {work.Design.Describe()}"
                + $"{(t.Country is { } c ? $" for {c.PromptedAs}" : "")}.", Remedy.RunFirst))];
    }

    sealed record KnownRun(string ModelSha256, string SurveySha256, string TemplateSha256, string? PromptedCountry,
        string? TranslationSha256, string Control, int RunId);
}
