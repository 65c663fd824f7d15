using LocalOpinions.Analysis;
using LocalOpinions.Asking.Outputs;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Asking.Drafting;

/// <summary>What to let a model translate, and where to put it.</summary>
public sealed record DraftRequest
{
    /// <summary>The model.</summary>
    public required IAskedModel Model { get; init; }

    /// <summary>A survey's file or folder, or the word for the embedded one.</summary>
    public required string Survey { get; init; }

    /// <summary>The language to translate into, a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The sheet to write (CSV).</summary>
    public required OutputFile Output { get; init; }

    /// <summary>Only the survey's first so many questions; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Shown how far it is.</summary>
    public IWorkMonitor Monitor { get; init; } = SilentMonitor.Instance;
}

/// <summary>Texts without a draft for one reason.</summary>
/// <param name="Reason">Why, in few words.</param>
/// <param name="Texts">How many.</param>
/// <param name="First">The first of them: the question's id, and its part.</param>
public sealed record LeftEmpty(string Reason, int Texts, string First);

/// <summary>What came of it.</summary>
public sealed record DraftOutcome
{
    /// <summary>The sheet.</summary>
    public required string File { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What to call the translator of these drafts: the model and its fingerprint.</summary>
    public required string Translator { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>The language.</summary>
    public required string Language { get; init; }

    /// <summary>The model's chat layout; plain where it has none.</summary>
    public required string Layout { get; init; }

    /// <summary>
    /// Texts that were to be translated; of them <see cref="Drafted"/> have a draft, all others are in <see cref="Empty"/>.
    /// </summary>
    public required int Texts { get; init; }

    /// <summary>Texts with a draft.</summary>
    public required int Drafted { get; init; }

    /// <summary>The others by reason, most first.</summary>
    public required IReadOnlyList<LeftEmpty> Empty { get; init; }
}

/// <summary>Lets a model draft a survey's translation into a translator's sheet.</summary>
public sealed class DraftJob(DraftRequest request)
{
    /// <summary>Tells what can be told before a model is looked for.</summary>
    /// <param name="survey">A survey's file or folder, or the word for the embedded one.</param>
    /// <param name="language">The language to translate into, a BCP 47 tag.</param>
    /// <exception cref="InputException">The survey is in that language already.</exception>
    public static void Require(string survey, string language) =>
        RequireAnother(SurveySource.Load(survey).Language, language, survey);

    /// <exception cref="InputException">The survey is in that language already.</exception>
    /// <exception cref="IOException">The sheet cannot be written.</exception>
    public async Task<DraftOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var work = AskingWork.Of(new() { Survey = request.Survey, Design = DesignChoice.Default, Named = [] });
        var survey = work.Loaded;
        RequireAnother(survey.Language, request.Language, request.Survey);
        var drafts = new TranslationDrafts(survey, request.Language, request.Limit);
        request.Model.Require(work.Design);
        await using var source = await request.Model.OpenAsync(work, SourceContext.None with { Warn = request.Monitor.Warn }, cancellation);
        source.RequireGeneration(request.Model.Name);
        var identity = source.IdentifyAsync();
        var drafted = await request.Monitor.DoAsync(
            source, new DraftTask(request.Language, request.Limit), "texts", cancellation, drafts.Wanted.Count);
        foreach (var (place, written, problem) in drafted)
        {
            if (written is null)
                drafts.Refuse(drafts.Wanted[place], problem!);
            else
                drafts.Add(drafts.Wanted[place], written);
        }
        request.Output.Write(TranslatorSheet.Export(drafts));

        var rows = drafts.Rows().Where(r => (r.Draft ?? r.Problem) is not null).ToList();
        return new()
        {
            File = request.Output.Path,
            Model = request.Model.Name,
            Translator = $"{request.Model.Name}, sha256 {(await identity).Fingerprint}",
            Survey = survey.Name,
            Language = request.Language,
            Layout = source.Facts.HasChat ? "chat" : "plain",
            Texts = rows.Count,
            Drafted = rows.Count(r => r.Draft is not null),
            Empty = [.. rows.Where(r => r.Problem is not null).GroupBy(r => r.Problem!)
                .Select(g => new LeftEmpty(g.Key, g.Count(), $"{g.First().Question.Id}, {g.First().Part}"))
                .OrderByDescending(e => e.Texts)],
        };
    }

    static void RequireAnother(string? language, string wanted, string survey)
    {
        if (language == wanted)
            throw new InputException($"{survey} is in {wanted} already.", Remedy.NameLanguage);
    }
}
