using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Texts;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Classifying;

/// <summary>Whose texts are put to which model.</summary>
public sealed record ClassifyRequest
{
    /// <summary>The model that classifies.</summary>
    public required IAskedModel Model { get; init; }

    /// <summary>The results file.</summary>
    public required string Results { get; init; }

    /// <summary>A run whose reading is written; null for the last that there is.</summary>
    public int? RunId { get; init; }

    /// <summary>How the turns are laid out.</summary>
    public TurnLayout Layout { get; init; }

    /// <summary>The day that the model's template is told where it asks for one.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Coded sheets to hold the classes against.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Shown how far it is.</summary>
    public IWorkMonitor Monitor { get; init; } = SilentMonitor.Instance;
}

/// <summary>Texts without a class for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Texts">How many.</param>
public sealed record LeftUnclassified(string Reason, int Texts);

/// <summary>What came of it.</summary>
public sealed record ClassifyOutcome
{
    /// <summary>The run whose texts they are.</summary>
    public required int RunId { get; init; }

    /// <summary>The model that classified, and in which wording.</summary>
    public required TextClassifier Classifier { get; init; }

    /// <summary>Texts of the run.</summary>
    public required int Texts { get; init; }

    /// <summary>Of these, those that got a class now.</summary>
    public required int Classified { get; init; }

    /// <summary>Those that had one from this model in this wording.</summary>
    public required int AlreadyClassified { get; init; }

    /// <summary>The others.</summary>
    public required IReadOnlyList<LeftUnclassified> Unclassified { get; init; }

    /// <summary>Of classes, rule and sheets every two that share texts.</summary>
    public required IReadOnlyList<ReadersAgreement> Agreement { get; init; }
}

/// <summary>Lets a model say which option each text of a run gives. What has a class is not asked again.</summary>
public sealed class ClassifyJob(ClassifyRequest request)
{
    /// <summary>Texts that are asked together.</summary>
    const int TextsPerStep = 1024;

    /// <exception cref="InputException">There is no such run, its texts cannot be classified, or a sheet does not fit.</exception>
    /// <exception cref="Engine.EngineException">The model cannot be used, or not be asked so.</exception>
    public async Task<ClassifyOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var work = AskingWork.Of(new()
        {
            Survey = SurveySource.Sample,
            Named = [],
            Design = new() { Layout = request.Layout, Date = request.Date },
        });
        using var results = ExistingFile.Open(request.Results);
        var texts = RunTexts.Of(results, request.RunId);
        ReadersAgreement.Require(results, request.Sheets);
        request.Model.Require(work.Design);
        await using var source = await request.Model.OpenAsync(work, SourceContext.None with { Warn = request.Monitor.Warn }, cancellation);
        var wording = LaidOutTemplate.Of(
            ClassifyWording.Name, ClassifyWording.Version, ClassifyWording.Sha256, source.Facts.Chat?.Alone?.Sha256);
        var identity = await source.IdentifyAsync();
        var classifier = new TextClassifier(
            identity.Fingerprint, request.Model.Name, $"{wording.Name} {wording.Version}", wording.Sha256);

        var known = texts.ClassifiedBy(results, classifier);
        var progress = new WorkProgress("texts");
        progress.Expect(texts.All.Count - known.Count);
        progress.Start();
        var classifying = ClassifyAsync(results, source, texts, classifier, known, progress, cancellation);
        await request.Monitor.WatchAsync(progress, classifying);
        var problems = await classifying;
        return new()
        {
            RunId = texts.RunId,
            Classifier = classifier,
            Texts = texts.All.Count,
            Classified = texts.All.Count - known.Count - problems.Count,
            AlreadyClassified = known.Count,
            Unclassified = [.. problems.GroupBy(p => p).Select(g => new LeftUnclassified(g.Key, g.Count()))
                .OrderByDescending(u => u.Texts)],
            Agreement = ReadersAgreement.Of(results, texts.RunId, classifier, request.Sheets),
        };
    }

    // Of a step with a gap all is planned, so that the rest comes out as it would have.
    static async Task<List<string>> ClassifyAsync(ResultsFile results, IAnswerSource source, RunTexts texts, TextClassifier classifier,
        IReadOnlySet<(int, int)> known, WorkProgress progress, CancellationToken cancellation)
    {
        List<string> problems = [];
        foreach (var step in texts.All.Chunk(TextsPerStep))
        {
            int[] done = [.. step.Index().Where(t => known.Contains((t.Item.SourceRow, t.Item.Sequence))).Select(t => t.Index)];
            if (done.Length == step.Length)
                continue;
            var task = new ClassifyTask([.. step.Select(t => t.Asked)], done);
            await using var classes = new ClassWriter(results, texts.RunId, classifier, step, progress);
            var classified = await source.RunAsync(task, classes, cancellation);
            problems.AddRange(classified.Select(c => c.Problem).OfType<string>());
        }
        return problems;
    }
}
