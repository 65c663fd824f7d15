using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>
/// The files that a study names: models, its survey, translations. Names can come to stand for other files, so a study that was saved or
/// run holds their hashes, and is not repeated on others.
/// </summary>
public static class DeclaredFiles
{
    /// <summary>The study with the SHA-256 of each file that it names, as they are now.</summary>
    /// <param name="study">The study.</param>
    /// <param name="modelOf">Gives the model that a declaration names.</param>
    /// <param name="cancellation">Ends it early; models may take as long as reading them.</param>
    /// <exception cref="InputException">A file is another than the study holds the hash of.</exception>
    public static async Task<StudyDeclaration> PinAsync(
        StudyDeclaration study, Func<string, IAskedModel> modelOf, CancellationToken cancellation)
    {
        var survey = SurveySource.Load(study.Survey);
        var parts = StudyParts.Of(study, survey);
        // What is wrong with a model is told before its last byte has been read.
        foreach (var model in study.Models)
            modelOf(model).Require(PromptDesign.For(parts[0].Design, survey, study.Survey));
        Dictionary<string, string> found = [];
        foreach (var model in study.Models)
            found[model] = await modelOf(model).FingerprintAsync(cancellation);
        return Pinned(study, found, survey, parts);
    }

    /// <summary>Tells, where the study holds hashes, a file that is another.</summary>
    internal static async Task RequireAsync(
        StudyDeclaration study, Func<string, IAskedModel> modelOf, CancellationToken cancellation)
    {
        if (study.Sha256 is not null)
            await PinAsync(study, modelOf, cancellation);
    }

    /// <param name="study">The study.</param>
    /// <param name="models">The models' hashes, by name.</param>
    /// <param name="survey">As it was loaded.</param>
    /// <param name="parts">The study's.</param>
    internal static StudyDeclaration Pinned(
        StudyDeclaration study, IReadOnlyDictionary<string, string> models, Survey survey, IReadOnlyList<StudyPart> parts)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (var model in study.Models)
            all[model] = models[model];
        all[study.Survey] = survey.Sha256;
        var translated = parts.Where(p => p.Language is not null)
            .Select(p => PromptDesign.For(p.Design, survey, study.Survey).Templates[0].Translation!);
        foreach (var (name, translation) in study.Translations.Zip(translated))
            all[name] = translation.Sha256;
        foreach (var (name, sha256) in all)
        {
            if (study.Sha256?.GetValueOrDefault(name) is { } declared && !declared.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                throw new InputException($"{name} is another file than the study was declared on: its SHA-256 is {sha256}, not {declared}. "
                    + "Put that file back; to study the new one, take \"sha256\" out of the study file, which makes it another study.");
        }
        return study with { Sha256 = all };
    }
}
