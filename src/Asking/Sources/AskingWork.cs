using System.Globalization;
using System.Text.Json.Serialization;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Asking.Sources;

/// <summary>
/// Which questions of which survey are asked, and how. It goes to workers as it is, so it holds nothing that only this process has.
/// </summary>
public sealed record AskingJob
{
    /// <summary>The seed of a sample where none is named.</summary>
    public const int DefaultSeed = 1;

    /// <summary>A survey's file or folder, or the word for the embedded one.</summary>
    public required string Survey { get; init; }

    /// <summary>How questions are asked.</summary>
    public required DesignChoice Design { get; init; }

    /// <summary>What of the survey is used.</summary>
    public SurveyPolicy Policy { get; init; } = SurveyPolicy.Default;

    /// <summary>Only the survey's first so many questions; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Of these a seeded sample of so many questions; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>Which sample.</summary>
    public int Seed { get; init; } = DefaultSeed;

    /// <summary>Only these questions, each by its id or source row, in this order; null for all.</summary>
    public IReadOnlyList<string>? Named { get; init; }

    /// <summary>Whether each prompt is decoded alone, in F32.</summary>
    public bool Exact { get; init; }

    internal Arithmetic Arithmetic => Exact ? Arithmetic.Exact : Arithmetic.Usual;

    /// <summary>
    /// The most prompts of a batch: what a run holds in memory. A question's prompts are never parted, since they share the most.
    /// </summary>
    public int MostPrompts { get; init; } = PromptBatch.MostPrompts;

    /// <summary>
    /// The same job with full paths, for a process that may have another working folder or other folders to look names up in.
    /// </summary>
    /// <exception cref="SurveyException">The survey's name is that of no file.</exception>
    public AskingJob WithFullPaths() => this with
    {
        Survey = SurveySource.IsSample(Survey) ? Survey : Path.GetFullPath(SurveyFolders.Find(Survey)),
        Design = Design with
        {
            Translations = Full(Design.Translations),
            Wordings = Full(Design.Wordings),
            Personas = Full(Design.Personas),
        },
    };

    static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}

/// <summary>A job with its survey loaded, its design checked against it and its questions chosen.</summary>
/// <param name="Job">The job.</param>
/// <param name="Loaded">The survey as its file has it.</param>
/// <param name="Survey">The survey under the job's policy.</param>
/// <param name="Design">How its questions are asked.</param>
/// <param name="Questions">The questions.</param>
public sealed record AskingWork(AskingJob Job, Survey Loaded, Survey Survey, PromptDesign Design, IReadOnlyList<Question> Questions)
{
    const int IdsShown = 10;

    /// <summary>The questions in batches of a bounded number of prompts.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<Question>> Batches { get; } = [.. PromptBatch.Cut(Questions, Design, Job.MostPrompts)];

    /// <exception cref="SurveyException">The survey cannot be loaded, or names nobody whom prompts should name.</exception>
    /// <exception cref="InputException">A translation is missing or of another language, or a question is not in the survey.</exception>
    public static AskingWork Of(AskingJob job) => Of(job, SurveySource.Load(job.Survey));

    /// <summary>The same with a survey that is loaded already.</summary>
    /// <inheritdoc cref="Of(AskingJob)"/>
    public static AskingWork Of(AskingJob job, Survey loaded)
    {
        var survey = job.Policy.Apply(loaded);
        return new(job, loaded, survey, PromptDesign.For(job.Design, loaded, job.Survey), Choose(job, survey));
    }

    /// <summary>The questions of a job.</summary>
    public static IReadOnlyList<Question> Choose(AskingJob job, Survey survey)
    {
        if (job.Named is { } named)
            return [.. named.Select(n => survey.Find(n) ?? throw Unknown(n, survey)).Distinct()];
        return Choose(survey, job.Limit, job.Sample, job.Seed);
    }

    /// <summary>Some of a survey's questions.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="limit">As <see cref="AskingJob.Limit"/>.</param>
    /// <param name="sample">As <see cref="AskingJob.Sample"/>.</param>
    /// <param name="seed">As <see cref="AskingJob.Seed"/>.</param>
    public static IReadOnlyList<Question> Choose(Survey survey, int? limit, int? sample, int seed)
    {
        List<Question> all = [.. survey.Questions.Take(limit ?? int.MaxValue)];
        return sample is { } size ? SeededSample.Of(all, size, seed) : all;
    }

    static InputException Unknown(string name, Survey survey)
    {
        var ids = survey.Questions.Where(q => q.Id != q.SourceRow.ToString(CultureInfo.InvariantCulture)).Select(q => q.Id).ToList();
        return new($"{survey.Name} has no question {name}; its rows run from {survey.Questions.Min(q => q.SourceRow)} to "
            + $"{survey.Questions.Max(q => q.SourceRow)}{(ids.Count == 0 ? "" : $", its ids are {string.Join(", ", ids.Take(IdsShown))}")}"
            + $"{(ids.Count > IdsShown ? ", ..." : "")}.", Remedy.NameQuestion);
    }
}
