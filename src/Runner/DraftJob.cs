using System.Numerics;
using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What to let a model translate, and where to put it.</summary>
/// <param name="Limit">Only the survey's first so many questions; null for all.</param>
sealed record DraftRequest(string Model, string Survey, string Language, string Output, int? Limit, DeviceChoice Device, int Threads, bool Quiet);

/// <summary>Texts without a draft for one reason.</summary>
/// <param name="First">The first of them: the question's id, and its part.</param>
sealed record LeftEmpty(string Reason, int Texts, string First);

/// <summary>What came of it.</summary>
/// <param name="Translator">What to call the translator of these drafts: the model and the SHA-256 of its file.</param>
/// <param name="Layout">The model's chat layout; plain where it has none.</param>
/// <param name="Texts">Texts that were to be translated; of them <paramref name="Drafted"/> have a draft, all others are in <paramref name="Empty"/>.</param>
sealed record DraftOutcome(string File, string Model, string Translator, string Survey, string Language, string Layout, int Texts, int Drafted, IReadOnlyList<LeftEmpty> Empty);

/// <summary>Lets a model draft a survey's translation into a translator's sheet. Greedy, so that the same model drafts the same.</summary>
sealed class DraftJob(DraftRequest request)
{
    // Tokens a translation may take per token of its text: vocabularies cut other scripts small.
    const int Growth = 6, Least = 32;

    readonly RunProgress _progress = new("texts");

    public async Task<DraftOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        NewFile.Require(request.Output);
        var survey = SurveySource.Load(request.Survey);
        if (survey.Language == request.Language)
            throw new InputException($"{request.Survey} is in {request.Language} already. Name another --language, or say in the survey's field language what it is in.");
        var drafts = new TranslationDrafts(survey, request.Language, request.Limit);
        var file = ModelChoice.Find(request.Model);
        var header = ModelHeader.Read(file);
        var chat = header.ChatTemplate is { } template ? ChatFormats.Recognise(template) : null;
        var hashing = Task.Run(() => ModelHash.Of(file, cancellation), cancellation);
        using var model = Model.Load(EngineRuntime.Start(request.Device.Kind), file, header, new(request.Device.Index));
        _progress.Expect(drafts.Wanted.Count);
        await _progress.ShowAsync(Task.Run(() => Write(model, chat, drafts, cancellation), cancellation), request.Quiet);
        NewFile.Write(request.Output, TranslatorSheet.Export(drafts));

        var rows = drafts.Rows().Where(r => (r.Draft ?? r.Problem) is not null).ToList();
        var empty = rows.Where(r => r.Problem is not null).GroupBy(r => r.Problem!).Select(g => new LeftEmpty(g.Key, g.Count(), $"{g.First().Question.Id}, {g.First().Part}")).OrderByDescending(e => e.Texts).ToList();
        return new(request.Output, file.Name, $"{file.Name}, sha256 {await hashing}", survey.Name, request.Language, chat?.Name ?? "plain", rows.Count, rows.Count(r => r.Draft is not null), empty);
    }

    void Write(Model model, ChatFormat? chat, TranslationDrafts drafts, CancellationToken cancellation)
    {
        _progress.Start();
        var prompts = Prompts(model, chat, drafts);
        // Texts of like length and lines end alike, and share their decodes.
        foreach (var group in prompts.GroupBy(p => (p.Most, drafts.Wanted[p.Prompt.Key].HasLines)).OrderBy(g => g.Key))
        {
            List<string> stops = [.. group.Key.HasLines ? (string[])[] : ["\n"], .. chat is null ? [drafts.Wanted[0].NextText] : (string[])[]];
            foreach (var text in TextGenerator.Generate(model, [.. group.Select(p => p.Prompt)], new(new Sampling(), group.Key.Most, 1, stops), precise: false, request.Threads, cancellation))
            {
                if (text.Finish == Finish.Length)
                    drafts.Refuse(drafts.Wanted[text.Key], "it did not end");
                else
                    drafts.Add(drafts.Wanted[text.Key], text.Text);
                _progress.Add(1, text.Tokens);
            }
        }
    }

    static List<(TokenizedPrompt Prompt, int Most)> Prompts(Model model, ChatFormat? chat, TranslationDrafts drafts)
    {
        List<(TokenizedPrompt, int)> prompts = [];
        foreach (var (key, text) in drafts.Wanted.Index())
        {
            try
            {
                // The survey's text is data: what looks like a control token in it stays text.
                var tokens = model.Vocabulary.Tokenize(chat is null ? text.Continuation : chat.Write(model.Vocabulary, text.Message, ""));
                var most = (int)BitOperations.RoundUpToPowerOf2((uint)(Growth * model.Vocabulary.Tokenize(text.Source).Length + Least));
                if (tokens.Length + most > model.ContextLength)
                    drafts.Refuse(text, "too long for the model's context");
                else
                    prompts.Add((new(key, tokens, [], false), most));
            }
            catch (EngineException e) when (e.Kind == EngineError.Prompt)
            {
                drafts.Refuse(text, "the model cannot read it");
            }
        }
        return prompts;
    }
}
