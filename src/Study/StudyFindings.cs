using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Study.Findings;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>A run of a study, and what the study knows of it.</summary>
/// <param name="Asked">The part of the study.</param>
/// <param name="Model">As it is named in the declaration.</param>
/// <param name="RunId">The run's number in the file.</param>
/// <param name="PromptedCountry">The country that its prompts name; null where they name none.</param>
sealed record StudyRun(StudyPart Asked, string Model, int RunId, string? PromptedCountry) : StudyRunRow(Asked.Name, RunId);

/// <summary>Everything that a study finds about one model.</summary>
sealed class StudyFindings(ResultsFile results, StudyData data, Survey survey, StudyDeclaration study, int modelId,
    IReadOnlyList<StudyRun> runs)
{
    public IEnumerable<FindingRow> All()
    {
        var standard = runs.Single(r => r.Part == StudyParts.Default).RunId;
        var named = Of(StudyParts.CrossNational).ToDictionary(r => r.PromptedCountry!, r => r.RunId);
        List<FindingRow> findings = [.. CountFindings.Of(results, survey, study, modelId, runs)];
        findings.AddRange(NearestFindings.Of(results, modelId, runs.Where(r => !StudyParts.IsControl(r.Part))));
        if (named.Count > 0)
        {
            findings.AddRange(NamingFindings.Of(data, modelId, standard, named));
            findings.AddRange(HomogeneityFindings.Of(data, modelId, named));
        }
        var languages = runs.Where(r => r.Asked.Language is not null).ToDictionary(r => r.Asked.Language!);
        if (languages.Count > 0)
            findings.AddRange(LanguageFindings.Of(data, modelId, standard, languages));
        foreach (var run in Of(StudyParts.Orders))
            findings.AddRange(OrderFindings.Of(results, data, modelId, run));
        foreach (var run in runs.Where(r => r.Part is StudyParts.OptionsOnly or StudyParts.ShuffledQuestion))
            findings.AddRange(ControlFindings.OfQuestion(data, modelId, standard, run));
        var wrong = Of(StudyParts.WrongCountry).ToDictionary(r => r.PromptedCountry!, r => r.RunId);
        findings.AddRange(ControlFindings.OfCountry(data, modelId, named, wrong, StudyParts.WrongCountry));
        foreach (var run in runs.Where(r => r.Part is StudyParts.Default or StudyParts.Orders))
            findings.AddRange(EntropyFindings.Of(results, data, modelId, run));
        findings.AddRange(TemplateFindings.Of(data, modelId,
            [.. runs.Where(r => r.Part == StudyParts.Default || r.Asked.IsOtherTemplate)]));
        return findings;
    }

    IEnumerable<StudyRun> Of(string part) => runs.Where(r => r.Part == part);
}
