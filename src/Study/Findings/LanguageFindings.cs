using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Study.Findings;

/// <summary>Does asking in a language move the model to the people who speak it, and more than to others?</summary>
static class LanguageFindings
{
    public const string Topic = FindingTopics.Language, WrongLanguage = "wrong-language difference",
        WhatItIs = "against the other languages at equal sharpness, less the same for other countries";

    /// <param name="data">The survey and its runs.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="defaultRun">Its run in the default condition.</param>
    /// <param name="languages">The translated runs by language tag.</param>
    public static List<FindingRow> Of(StudyData data, int modelId, int defaultRun, IReadOnlyDictionary<string, StudyRun> languages)
    {
        var columns = new QuestionColumns(data);
        List<(string Language, string Part, int Own, int Others, int Beyond, int? Wrong, string Speakers)> all = [];
        int[] runs = [.. languages.Values.Select(r => r.RunId)];
        bool[][] speakers = [.. languages.Keys.Select(language => Speakers(data, language))];
        var differences = NamingFindings.Differences(data, runs, speakers);
        List<FindingRow> findings = [];
        foreach (var (i, (language, run)) in languages.Index())
        {
            var isSpeaker = speakers[i];
            if (!isSpeaker.Contains(true))
            {
                findings.Add(new(modelId, Topic, run.Part, language, NamingFindings.OwnChange, 0, double.NaN)
                { Verdict = Verdict.TooFew, Note = "no country of its speakers in the survey" });
                continue;
            }
            var (own, others, beyond) = NamingFindings.Change(
                data, data.Similarities(run.RunId).Values, data.Similarities(defaultRun).Values, isSpeaker);
            var named = string.Join(", ", data.Countries.Where((_, i) => isSpeaker[i]).Select(c => c.Label));
            int? wrong = differences is null ? null : columns.Add(differences(i), data.Noise(runs));
            var noise = data.Noise(run.RunId, defaultRun);
            all.Add((language, run.Part, columns.Add(own, noise), columns.Add(others), columns.Add(beyond), wrong, named));
        }
        findings.InsertRange(0,
        [
            .. Verdict.Judge([.. all.Select(l => columns.Finding(l.Own, modelId, Topic, l.Part, l.Language, NamingFindings.OwnChange)
                with { Note = $"speakers: {l.Speakers}" })]),
            .. all.Select(l => columns.Finding(l.Others, modelId, Topic, l.Part, l.Language, NamingFindings.OthersChange)),
            .. all.Select(l => columns.Finding(l.Beyond, modelId, Topic, l.Part, l.Language, NamingFindings.Beyond)),
            .. Verdict.Judge([.. all.Where(l => l.Wrong is not null).Select(l => columns.Finding(
                l.Wrong!.Value, modelId, Topic, l.Part, l.Language, WrongLanguage) with { Note = WhatItIs })]),
        ]);
        return findings;
    }

    static bool[] Speakers(StudyData data, string language)
    {
        var iso3 = SpokenIn.Countries(language);
        return [.. data.Countries.Select(c => c.National && c.Iso3 is not null && iso3.Contains(c.Iso3))];
    }
}
