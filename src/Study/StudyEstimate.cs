using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Store;

namespace LocalOpinions.Study;

/// <summary>What one part of a study will cost for one model.</summary>
public sealed record PartEstimate
{
    /// <summary>As it is named in the declaration.</summary>
    public required string Model { get; init; }

    /// <summary>The part's name.</summary>
    public required string Part { get; init; }

    /// <summary>How it asks, in words.</summary>
    public required string Asking { get; init; }

    /// <summary>Questions of the part.</summary>
    public required int Questions { get; init; }

    /// <summary>Of these, how many cannot be asked, by reason.</summary>
    public required IReadOnlyDictionary<string, int> NotAsked { get; init; }

    /// <summary>Prompts of the others.</summary>
    public required long Prompts { get; init; }

    /// <summary>Of these, how many the results file holds answers to.</summary>
    public required long Answered { get; init; }

    /// <summary>Tokens of all prompts.</summary>
    public required long UnsharedTokens { get; init; }

    /// <summary>Tokens to be decoded: what prompts share is decoded once.</summary>
    public required long Tokens { get; init; }

    /// <summary>Expected time in seconds for what has no answer yet, at the rate of the probe.</summary>
    public required double Seconds { get; init; }

    /// <summary>Unshared / decoded tokens: the most that sharing can gain.</summary>
    public double Ceiling => Tokens > 0 ? (double)UnsharedTokens / Tokens : 1;
}

/// <summary>What a study will cost, before any of it is run.</summary>
/// <param name="Parts">Model by model, part by part.</param>
/// <param name="TokensPerSecond">By model: decoded tokens per second in a short probe on real prompts.</param>
/// <param name="SurveyQuestions">Questions of the survey.</param>
/// <param name="SurveyPairs">Its pairs of question and country.</param>
/// <param name="UsablePairs">Of these, those with data.</param>
public sealed record StudyEstimate(
    IReadOnlyList<PartEstimate> Parts, IReadOnlyDictionary<string, double> TokensPerSecond, int SurveyQuestions, int SurveyPairs,
        int UsablePairs)
{
    /// <summary>The runs of imported answers that the study takes or lacks.</summary>
    public IReadOnlyList<ImportedPart> Imported { get; init; } = [];

    /// <summary>Builds, tokenises and plans every prompt of the study, and decodes a few of them for the rate.</summary>
    /// <param name="study">The study.</param>
    /// <param name="output">The results file that it would go on in, which need not be there.</param>
    /// <param name="modelOf">Gives the model that a declaration names.</param>
    /// <param name="warn">Told in words what went wrong and was mended.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<StudyEstimate> OfAsync(
        StudyDeclaration study, string output, Func<string, IAskedModel> modelOf, Action<string> warn, CancellationToken cancellation)
    {
        var loaded = Asking.Prompts.SurveySource.Load(study.Survey);
        var survey = study.Policy().Apply(loaded);
        await DeclaredFiles.RequireAsync(study, output, modelOf, cancellation);
        var imported = ImportedAnswers.FindIn(output, study, loaded, survey);
        using var results = File.Exists(output) ? ResultsFile.OpenReadOnly(output) : null;
        var parts = StudyParts.Of(study, loaded);
        if (StudyReach.Limits(study, survey) is { } limits)
            warn(limits);
        AskingJob[] jobs = [.. parts.Select(study.JobOf)];
        AskingWork[] works = [.. jobs.Select(job => AskingWork.Of(job, loaded))];
        List<PartEstimate> estimates = [];
        Dictionary<string, double> rates = [];
        foreach (var name in study.Models)
        {
            var model = modelOf(name);
            // What a model can be asked for differs by reading; to look at a file takes a while.
            foreach (var work in works.DistinctBy(w => w.Design.Choice.Reading))
                model.Require(work.Design);
            await using var source = await model.OpenAsync(works[0], SourceContext.None with { Warn = warn }, cancellation);
            var (each, rate) = await source.RunAsync(new EstimateTask(jobs), null, cancellation);
            rates.Add(name, rate);
            var fingerprint = results is null ? "" : await model.FingerprintAsync(cancellation);
            long[] answered = [.. works.Select(work => results is null ? 0
                : AnsweredAlready.Count(results, work, source, fingerprint))];
            estimates.AddRange(each.Select((estimate, i) => new PartEstimate
            {
                Model = name,
                Part = parts[i].Name,
                Asking = estimate.Asking,
                Questions = estimate.Questions,
                NotAsked = estimate.NotAsked,
                Prompts = estimate.Prompts,
                Answered = answered[i],
                UnsharedTokens = estimate.UnsharedTokens,
                Tokens = estimate.Tokens,
                // The rate is that of one engine; each has a share of the work.
                Seconds = estimate.Tokens / (estimate.TokensPerSecond ?? rate) / Math.Max(1, source.Facts.Workers)
                    * (1 - (double)answered[i] / Math.Max(1, estimate.Prompts)),
            }));
        }
        return new(estimates, rates, survey.Questions.Count, survey.Pairs, survey.Questions.Sum(q => q.Humans.Count))
        {
            Imported = [.. imported.SelectMany(i => i.Parts)],
        };
    }
}
