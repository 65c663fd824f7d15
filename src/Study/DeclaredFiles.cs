using System.Security.Cryptography;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Importing;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>
/// What a study names: files of models, its survey, translations, and imported answers. Names can come to stand for others, so a study that
/// was saved or run holds their hashes, and is not repeated on others.
/// </summary>
public static class DeclaredFiles
{
    /// <summary>The study with the SHA-256 of all that it names, as they are now.</summary>
    /// <param name="study">The study.</param>
    /// <param name="output">The results file, which holds the imported answers; need not be there where there are none.</param>
    /// <param name="modelOf">Gives the model that a declaration names.</param>
    /// <param name="cancellation">Ends it early; models may take as long as reading them.</param>
    /// <exception cref="InputException">A file is another than the study holds the hash of.</exception>
    public static async Task<StudyDeclaration> PinAsync(
        StudyDeclaration study, string output, Func<string, IAskedModel> modelOf, CancellationToken cancellation)
    {
        var survey = SurveySource.Load(study.Survey);
        var parts = StudyParts.Of(study, survey);
        var imported = ImportedAnswers.FindIn(output, study, survey, study.Policy().Apply(survey));
        // What is wrong with a model is told before its last byte has been read.
        foreach (var model in study.Models)
            modelOf(model).Require(PromptDesign.For(parts[0].Design, survey, study.Survey));
        Dictionary<string, string> found = [];
        foreach (var model in study.Models)
            found[model] = AsDeclared(study, model, modelOf(model), await modelOf(model).FingerprintAsync(cancellation));
        return Pinned(study, found, imported, survey, parts);
    }

    /// <summary>A model's fingerprint as the study holds it, where that is one of the same model.</summary>
    internal static string AsDeclared(StudyDeclaration study, string name, IAskedModel model, string fingerprint) =>
        study.Sha256?.GetValueOrDefault(name) is { } declared && model.IsSame(declared, fingerprint) ? declared : fingerprint;

    /// <summary>Tells, where the study holds hashes, a file that is another.</summary>
    internal static async Task RequireAsync(
        StudyDeclaration study, string output, Func<string, IAskedModel> modelOf, CancellationToken cancellation)
    {
        if (study.Sha256 is not null)
            await PinAsync(study, output, modelOf, cancellation);
    }

    /// <param name="study">The study.</param>
    /// <param name="models">The models' hashes, by name.</param>
    /// <param name="imported">The imported answers.</param>
    /// <param name="survey">As it was loaded.</param>
    /// <param name="parts">The study's.</param>
    internal static StudyDeclaration Pinned(StudyDeclaration study, IReadOnlyDictionary<string, string> models,
        IReadOnlyList<ImportedAnswers> imported, Survey survey, IReadOnlyList<AskedPart> parts)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (var model in study.Models)
            all[model] = models[model];
        foreach (var answers in imported)
            all[ImportJob.IdentityOf(answers.Name)] = answers.Sha256;
        all[study.Survey] = survey.Sha256;
        var translated = parts.Where(p => p.Language is not null)
            .Select(p => PromptDesign.For(p.Design, survey, study.Survey).Templates[0].Translation!);
        foreach (var (name, translation) in study.Translations.Zip(translated))
            all[name] = translation.Sha256;
        foreach (var name in new[] { study.Wordings, study.Personas }.OfType<string>())
            all[name] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(name)));
        foreach (var (name, sha256) in all)
        {
            if (study.Sha256?.GetValueOrDefault(name) is { } declared && !declared.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                throw new InputException(imported.Any(i => ImportJob.IdentityOf(i.Name) == name)
                    ? $"The answers {name} are others than the study was declared on: their SHA-256 is {sha256}, not {declared}. To study "
                        + "the new ones, take \"sha256\" out of the study file, which makes it another study."
                    : $"{name} is another file than the study was declared on: its SHA-256 is {sha256}, not {declared}. Put that file "
                        + "back; to study the new one, take \"sha256\" out of the study file, which makes it another study.");
        }
        return study with { Sha256 = all };
    }
}
