using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Study.Findings;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>A run of a study.</summary>
/// <param name="Part">The part of the study.</param>
/// <param name="Model">As it is named in the declaration.</param>
/// <param name="RunId">The run's number in the file.</param>
/// <param name="PromptedCountry">The country that its prompts name; null where they name none.</param>
sealed record StudyRun(StudyPart Part, string Model, int RunId, string? PromptedCountry);

/// <summary>Everything that a study finds about one model.</summary>
sealed class StudyFindings(ResultsFile results, StudyData data, Survey survey, StudyDeclaration study, int modelId,
    IReadOnlyList<StudyRun> runs)
{
    public IEnumerable<FindingRow> All()
    {
        var standard = runs.Single(r => r.Part.Name == StudyParts.Default).RunId;
        var named = Of(StudyParts.CrossNational).ToDictionary(r => r.PromptedCountry!, r => r.RunId);
        List<FindingRow> findings = [.. CountFindings.Of(results, survey, study, modelId, runs)];
        findings.AddRange(NearestFindings.Of(results, modelId, runs.Where(r => !StudyParts.IsControl(r.Part.Name)).Select(Row), Subject));
        if (named.Count > 0)
        {
            findings.AddRange(NamingFindings.Of(data, modelId, standard, named));
            findings.AddRange(HomogeneityFindings.Of(data, modelId, named));
        }
        var languages = runs.Where(r => r.Part.Language is not null).ToDictionary(r => r.Part.Language!, Row);
        if (languages.Count > 0)
            findings.AddRange(LanguageFindings.Of(data, modelId, standard, languages));
        foreach (var run in Of(StudyParts.Orders))
            findings.AddRange(OrderFindings.Of(results, data, modelId, Row(run)));
        foreach (var run in runs.Where(r => r.Part.Name is StudyParts.OptionsOnly or StudyParts.ShuffledQuestion))
            findings.AddRange(ControlFindings.OfQuestion(data, modelId, standard, Row(run)));
        var wrong = Of(StudyParts.WrongCountry).ToDictionary(r => r.PromptedCountry!, r => r.RunId);
        findings.AddRange(ControlFindings.OfCountry(data, modelId, named, wrong, StudyParts.WrongCountry));
        foreach (var run in runs.Where(r => r.Part.Name is StudyParts.Default or StudyParts.Orders))
            findings.AddRange(EntropyFindings.Of(results, data, modelId, Row(run)));
        findings.AddRange(TemplateFindings.Of(data, modelId,
            [.. runs.Where(r => r.Part.Name == StudyParts.Default || r.Part.IsOtherTemplate).Select(Row)]));
        return findings;
    }

    IEnumerable<StudyRun> Of(string part) => runs.Where(r => r.Part.Name == part);

    static StudyRunRow Row(StudyRun run) => new(run.Part.Name, run.RunId);

    string? Subject(StudyRunRow row) => runs.First(r => r.RunId == row.RunId && r.Part.Name == row.Part).PromptedCountry;
}
