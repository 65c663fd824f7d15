using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Engine;
using LocalOpinions.Hub;
using LocalOpinions.Report;
using LocalOpinions.Serve;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Printing;

/// <summary>The rooms' remedies in the words of the command line: only here does an error learn of options and commands.</summary>
static class RemedyText
{
    /// <summary>The error's message, and behind it how to follow its remedy.</summary>
    public static string Told(Exception error) => Phrase(error) is { } phrase ? $"{error.Message} {phrase}" : error.Message;

    /// <summary>How to follow a remedy of an <see cref="InputException"/>.</summary>
    public static string? Of(Remedy remedy, string? subject) => remedy switch
    {
        Remedy.NameTranslation => "Give one with --translations FILE; 'localopinions translate --help' says how to make one.",
        Remedy.RunFirst => "Make it first with localopinions run and the same options, or leave --out out.",
        Remedy.MakeRun => $"Make one with: localopinions run --out {subject} ...",
        Remedy.Score => $"Go on with it, or score what is there: localopinions score {subject}",
        Remedy.ImportAnswers => $"Import them with: localopinions import ANSWERS.csv --survey S --out {subject}",
        Remedy.WriteTexts => "Let a model write some with: localopinions look",
        Remedy.WriteAnswers => "Let a model write some with: localopinions run --reading written",
        Remedy.MakeStudy => $"Make one with: localopinions study --model M --survey S --out {subject}",
        Remedy.RepeatStudy => $"Run it again on that file, which asks nothing that is answered: "
            + $"localopinions study --from STUDY.json --out {subject}",
        Remedy.ListStudies => $"localopinions sql {subject} \"from studies\" lists them.",
        Remedy.MakeSheet => $"Make one with: localopinions texts sheet FILE -o {subject}",
        Remedy.DeclareStudy => $"Declare one with: localopinions study --model M --survey S --save {subject} --dry-run",
        Remedy.ShowStudySchema => "To print it: localopinions study schema",
        Remedy.ReplaceFile => "(--force)",
        Remedy.NameLanguage => "Name another --language, or say in the survey's field language what it is in.",
        Remedy.NameModel => $"(localopinions models rename {subject} MODEL NAME)",
        Remedy.NameQuestion => "Name another --question.",
        Remedy.NameCountries => "(--country)",
        Remedy.NameWordings => "(--wordings)",
        _ => null,
    };

    /// <summary>A run's warning with what to try; null where it has none.</summary>
    public static string? Warning(RunSummary run) => run.Warning is null ? null
        : $"{run.Warning} Try {string.Join(", or ", run.Try.Select(Of))}; look --question N shows what it would write.";

    /// <summary>Questions that were not asked, each with how to ask it in its reason.</summary>
    public static IReadOnlyList<UnaskedQuestion> Told(IReadOnlyList<UnaskedQuestion> questions) =>
        [.. questions.Select(q => q.Try is { } way ? q with { Reason = $"{q.Reason} ({Of(way)})", Try = null } : q)];

    static string? Phrase(Exception error) => error switch
    {
        InputException e => Of(e.Remedy, e.Subject),
        SurveyException { Step: SurveyStep.PullSurvey } e => Catalogue.Find(e.File) is { Kind: PulledKind.Survey } entry
            ? $"(localopinions pull {entry.Name})" : Of(e.Step),
        SurveyException e => Of(e.Step),
        EngineException e => Of(e.Remedy),
        PullException e => Of(e.Remedy),
        StoreException { OutdatedFile: { } file } => $"Run once: localopinions score {file}",
        ReportException { Remedy: ReportRemedy.MakeRun } => "(localopinions run)",
        ReportException { Remedy: ReportRemedy.Score } => "(localopinions score FILE)",
        ServeException => "(--port)",
        _ => null,
    };

    public static string? Of(SurveyStep step) => step switch
    {
        SurveyStep.StartSurvey => "(localopinions surveys new)",
        SurveyStep.StartWordings => "(localopinions wordings new)",
        SurveyStep.PullSurvey => "(localopinions pull --list)",
        SurveyStep.ConvertSurvey => "(localopinions surveys convert)",
        SurveyStep.ExportTexts => "(localopinions translate export)",
        SurveyStep.NameTranslation => "(--translations)",
        SurveyStep.ImportAsMachine => "(--provenance machine)",
        SurveyStep.NameCountries => "(--country)",
        SurveyStep.UseShareable => "(--template shareable)",
        _ => null,
    };

    public static string? Of(EngineRemedy remedy) => remedy switch
    {
        EngineRemedy.FewerGpuLayers => "(--gpu-layers)",
        EngineRemedy.SmallerDecodes => "(--ubatch)",
        EngineRemedy.NewerDriver => "(-p:Gpu=cuda12 builds for older drivers; --device cpu meanwhile)",
        EngineRemedy.UseProcessor => "(--device cpu)",
        EngineRemedy.PlainLayout => "(--layout plain)",
        EngineRemedy.NoSystemOrPlainLayout => "(no --system and no system: of a wording; or --layout plain)",
        EngineRemedy.NameDate => "(--date YYYY-MM-DD)",
        EngineRemedy.FewerTokens => "(--tokens)",
        _ => null,
    };

    public static string? Of(PullRemedy remedy) => remedy switch
    {
        PullRemedy.OtherName => "(--name)",
        PullRemedy.HashOrOtherName => "(--sha256, --name)",
        PullRemedy.OtherFolder => "(--folder)",
        PullRemedy.NameAndFolder => "(--name, --folder)",
        PullRemedy.HashPerFile => "(--sha256)",
        _ => null,
    };

    public static string Of(OtherAsking asking) => asking switch
    {
        OtherAsking.EndWithSpace => "--ending space",
        OtherAsking.EndWithParen => "--ending paren",
        OtherAsking.ReadTexts => "--reading text",
        OtherAsking.ChatLayout => "--layout chat",
        OtherAsking.PlainLayout => "--layout plain",
        _ => throw new ArgumentOutOfRangeException(nameof(asking), asking, "no such way of asking"),
    };
}
