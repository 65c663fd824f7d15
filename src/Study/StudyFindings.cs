using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Asking.Prompts;
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
sealed record StudyRun(StudyPart Asked, string Model, int RunId, string? PromptedCountry) : StudyRunRow(Asked.Name, RunId)
{
    /// <summary>What tells it from others of its part: the template's name where that asks in several; null otherwise.</summary>
    public string? Way => StudyParts.IsSeveral(Asked.Name) ? Template : null;

    /// <summary>Its template's name; null where it was imported.</summary>
    public string? Template { get; init; }
}

/// <summary>Everything that a study finds about one model.</summary>
/// <param name="results">The file.</param>
/// <param name="data">The survey and its runs there.</param>
/// <param name="loaded">The survey as its file has it.</param>
/// <param name="survey">The same under the study's policies.</param>
/// <param name="study">The declaration.</param>
/// <param name="modelId">The model.</param>
/// <param name="runs">Its runs.</param>
sealed class StudyFindings(ResultsFile results, StudyData data, Survey loaded, Survey survey, StudyDeclaration study, int modelId,
    IReadOnlyList<StudyRun> runs)
{
    PromptDesign? _wrong;

    public IEnumerable<FindingRow> All()
    {
        var standard = runs.Single(r => r.Part == StudyParts.Default).RunId;
        var named = Of(StudyParts.CrossNational).ToDictionary(r => r.PromptedCountry!, r => r.RunId);
        List<FindingRow> findings = [.. CountFindings.Of(results, survey, study, modelId, runs)];
        findings.AddRange(NearestFindings.Of(results, modelId, runs.Where(r => !StudyParts.IsControl(r.Part) && r.Way is null)));
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
        if (wrong.Count > 0)
            findings.AddRange(ControlFindings.OfCountry(data, modelId, named, wrong, StudyParts.WrongCountry, NamedInstead));
        foreach (var run in runs.Where(r => r.Part is StudyParts.Default or StudyParts.Orders))
            findings.AddRange(EntropyFindings.Of(results, data, modelId, run));
        findings.AddRange(OfWordings());
        findings.AddRange(PerturbationFindings.Of(data, modelId, [.. Of(StudyParts.Perturbed)]));
        foreach (var run in Of(StudyParts.Written))
            findings.AddRange(WrittenFindings.Of(results, modelId, standard, run));
        var most = study.MostOffMenu ?? OffMenuLimit.Default;
        var offMenu = runs.ToDictionary(r => r.RunId, r => OffMenuLimit.MeanOf(results, r.RunId));
        return findings.Select(f => Judged(f, runs.Where(r => r.RunId == standard || r.Part == f.Part
            && (f.Subject is null || r.PromptedCountry is null || r.PromptedCountry == f.Subject)).Max(r => offMenu[r.RunId]), most));
    }

    IEnumerable<FindingRow> OfWordings()
    {
        var templates = runs.Where(r => r.Part == StudyParts.Default || r.Asked.IsOtherTemplate);
        var inOneOrder = Distinct(study.WordingsInOneOrder ? templates.Concat(Of(StudyParts.Wordings)) : templates);
        // The default's own answers in those orders, where it was asked in them, are one wording more.
        var alike = study.WordingsInOneOrder ? inOneOrder
            : Distinct(Of(StudyParts.Wordings).Concat(study.Orders == study.WordingOrders ? Of(StudyParts.Orders) : []));
        List<FindingRow> findings = [.. TemplateFindings.Of(data, modelId, StudyParts.Default, inOneOrder)];
        if (!study.WordingsInOneOrder)
            findings.AddRange(TemplateFindings.Of(data, modelId, StudyParts.Wordings, alike));
        if (Of(StudyParts.Wordings).Any())
            findings.AddRange(VarianceFindings.Of(results, modelId, StudyParts.Wordings, [.. alike.Select(r => r.RunId)]));
        return findings;

        List<StudyRun> Distinct(IEnumerable<StudyRun> worded)
        {
            List<StudyRun> named = [.. worded.DistinctBy(r => r.Template ?? r.Part)];
            var wordings = WordingVariance.Distinct(results, [.. named.Select(r => r.RunId)]);
            return [.. named.Where(r => wordings.Contains(r.RunId))];
        }
    }

    /// <summary>By source row, whom the control names in a country's place.</summary>
    Dictionary<int, string?> NamedInstead(string country)
    {
        if (Of(StudyParts.WrongCountry).First(r => r.PromptedCountry == country) is { Asked: not AskedPart, RunId: var imported })
            return results.NamedInstead(imported).ToDictionary(n => n.Key, n => (string?)n.Value);
        // One part, one design: of all its countries.
        _wrong ??= PromptDesign.For(((AskedPart)Of(StudyParts.WrongCountry).First().Asked).Design, loaded, study.Survey);
        var template = _wrong.Templates.First(t => t.Country?.PromptedAs == country);
        return loaded.Questions.ToDictionary(q => q.SourceRow, q => template.Names(q)?.PromptedAs);
    }

    /// <summary>Answers of which little is on the options are counted and measured, and nothing is concluded from them.</summary>
    static FindingRow Judged(FindingRow finding, double offMenu, double most) =>
        offMenu > most && finding.Verdict is not null and not Verdict.TooFew
            ? finding with
            {
                Verdict = Verdict.OffMenu,
                Note = $"{(finding.Note is null ? "" : $"{finding.Note}; ")}{offMenu:P0} of the probability is on no option",
            } : finding;

    IEnumerable<StudyRun> Of(string part) => runs.Where(r => r.Part == part);
}
