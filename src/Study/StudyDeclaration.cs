using System.Text.Json.Serialization;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Study;

/// <summary>
/// A study as it is declared: which models, which survey, under which conditions, with which controls. Everything that the results depend
/// on stands here, so that the file repeats the study; where and how fast it is computed does not. <c>study.schema.json</c> describes the
/// file.
/// </summary>
public sealed record StudyDeclaration
{
    /// <summary>How days are written: with year, month and day in this order.</summary>
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>The countries that prompts name where none are given.</summary>
    public static IReadOnlyList<string> EightCountries { get; } = [
        "United States", "Brazil", "Germany", "Russia", "Turkey", "Nigeria", "China", "Japan"];

    /// <summary>For editors: where the schema is. Not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>GGUF files, or names of models, that are asked.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>
    /// Names of models whose answers were imported into the results file, and are looked up there part by part. Null for none.
    /// </summary>
    public IReadOnlyList<string>? Imported { get; init; }

    /// <summary>A survey file, or the word sample.</summary>
    public required string Survey { get; init; }

    /// <summary>
    /// SHA-256 of the files that it names, by the name: what makes a study that is repeated the same study. Null before it is saved or
    /// run.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Sha256 { get; init; }

    /// <summary>default, cross-national, linguistic.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = ["default", "cross-national"];

    /// <summary>
    /// The wording of every condition: shareable, faithful or corrected; where nobody is asked, what the imported files call theirs.
    /// </summary>
    public string Template { get; init; } = "shareable";

    /// <summary>paren or space.</summary>
    public string Ending { get; init; } = "paren";

    /// <summary>
    /// labels; or text-sum, text-mean, text-bytes or text-pmi for the options' whole texts under that score, behind the ending space. Null
    /// for labels.
    /// </summary>
    public string? Reading { get; init; }

    /// <summary>plain, or chat for the model's own chat layout.</summary>
    public string Layout { get; init; } = "plain";

    /// <summary>A system message before every prompt; null for none.</summary>
    public string? System { get; init; }

    /// <summary>The day that chat templates are told, as <see cref="DateFormat"/> has it; null to tell none.</summary>
    public string? Date { get; init; }

    /// <summary>Countries that cross-national prompts name.</summary>
    public IReadOnlyList<string> Countries { get; init; } = EightCountries;

    /// <summary>
    /// Translations for the linguistic condition: files, or for the sample survey and for imported answers language tags.
    /// </summary>
    public IReadOnlyList<string> Translations { get; init; } = [];

    /// <summary>What is done with options for don't know, refused and the like: keep, drop or separate.</summary>
    public string Refusals { get; init; } = "keep";

    /// <summary>Whether samples that do not stand for their whole country are left out.</summary>
    public bool DropNonNational { get; init; }

    /// <summary>Whether totals that slipped in among the options are left out.</summary>
    public bool DropTotals { get; init; }

    /// <summary>Whether the option in the middle of a scale is left out.</summary>
    public bool DropMiddles { get; init; }

    /// <summary>Distributions of fewer people are left out, where the survey says how many were asked.</summary>
    public int FewestRespondents { get; init; }

    /// <summary>train or held-out: only that part of the survey. Null for all of it.</summary>
    public string? Part { get; init; }

    /// <summary>The split of which that is a part, as <see cref="SurveySplit.Parse"/> reads it. Null for the default one.</summary>
    public string? Split { get; init; }

    /// <summary>Orders of options in which the default condition is asked besides the survey's own; faithful for none besides.</summary>
    public string Orders { get; init; } = "cyclic";

    /// <summary>Whether the default condition is asked in another template too: shareable, or faithful beside shareable.</summary>
    public bool OtherTemplate { get; init; } = true;

    /// <summary>A file of wordings of one's own in which the default condition is asked too; null for none.</summary>
    public string? Wordings { get; init; }

    /// <summary>Orders of options in which each of these wordings is asked; null for the survey's own alone.</summary>
    public string? WordingOrders { get; init; }

    /// <summary>Whether wordings are asked in the survey's own order alone.</summary>
    internal bool WordingsInOneOrder => WordingOrders is null or OptionOrders.SurveysOwn;

    /// <summary>
    /// What is changed by rule in the default condition, as <see cref="Surveys.Prompts.Perturbation.Parse"/> takes it. Null for nothing.
    /// </summary>
    public IReadOnlyList<string>? Perturbations { get; init; }

    /// <summary>A file of personas for which the cross-national condition is asked too; null for none.</summary>
    public string? Personas { get; init; }

    /// <summary>
    /// Texts that models write to each prompt of the default condition besides: 1 greedily, more by sampling. Null for none.
    /// </summary>
    public int? Written { get; init; }

    /// <summary>Whether models are asked besides what people answer. Null for no.</summary>
    public bool? Verbalised { get; init; }

    /// <summary>sample, full or none: on how many questions the controls are run.</summary>
    public string Controls { get; init; } = "sample";

    /// <summary>Questions of the sample.</summary>
    public int ControlQuestions { get; init; } = 500;

    /// <summary>Only the survey's first so many questions; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Of the control sample, the label prior's sample, and the bootstrap.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// A run with a larger mean probability outside all options, 0 to 1, is reported and not judged; null for
    /// <see cref="Analysis.Rankings.OffMenuLimit"/>.
    /// </summary>
    public double? MostOffMenu { get; init; }

    /// <summary>Replicates of the bootstrap.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>What of the survey is used.</summary>
    public SurveyPolicy Policy() => new(Enum.Parse<RefusalPolicy>(Refusals, ignoreCase: true), !DropNonNational, FewestRespondents,
        !DropTotals, Part is null ? null
            : new(Split is null ? SurveySplit.Default : SurveySplit.Parse(Split), Part == SurveyPart.HeldOut), !DropMiddles);

    /// <summary>The reading that findings are from, as runs name it; the other scores of whole texts are stored beside it.</summary>
    public string JudgedReading() => Reading ?? PromptDesign.LabelReading;

    /// <summary>What is asked in a part.</summary>
    public AskingJob JobOf(AskedPart part) =>
        new() { Survey = Survey, Design = part.Design, Policy = Policy(), Limit = Limit, Sample = part.Sample, Seed = Seed };

    /// <summary>The questions of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="survey">The study's survey, under its policy.</param>
    public IReadOnlyList<Question> QuestionsOf(StudyPart part, Survey survey) =>
        AskingWork.Choose(survey, Limit, part.Sample, Seed);
}
