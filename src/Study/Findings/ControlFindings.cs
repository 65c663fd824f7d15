using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>What is left of the answers when something is taken away: the question, its right text, or the right country.</summary>
static class ControlFindings
{
    public const string Topic = FindingTopics.Controls;

    /// <summary>A control that asks in the default wording: options only, or another question's text.</summary>
    public static IEnumerable<FindingRow> OfQuestion(StudyData data, int modelId, int defaultRun, StudyRunRow control)
    {
        double[] standard = data.MeanOverCountries(defaultRun),
            changed = data.MeanOverCountries(control.RunId);
        double[] lost = [.. standard.Zip(changed, (s, c) => s - c)];
        var moved = new double[lost.Length];
        for (var question = 0; question < moved.Length; question++)
        {
            moved[question] = data.Answers(defaultRun).TryGetValue(data.Rows[question], out var p)
                && data.Answers(control.RunId).TryGetValue(data.Rows[question], out var q)
                ? OrderFindings.Distance(p, q)
                : double.NaN;
        }
        var columns = new QuestionColumns(data);
        int l = columns.Add(lost, data.Noise(defaultRun, control.RunId)), m = columns.Add(moved);
        return
        [
            .. Verdict.Judge([columns.Finding(l, modelId, Topic, control.Part, null, "similarity lost")
                with { Note = "above 0 where the question matters to how near the answers are" }]),
            columns.Finding(m, modelId, Topic, control.Part, null, "distance of the answers")
                with { P = double.NaN, Note = "0 where the question does not matter to the answers" },
        ];
    }

    /// <summary>
    /// Prompts that name a wrong country against those that name the right one: how much nearer the right ones are to the people, less the
    /// same for all other countries.
    /// </summary>
    public static IEnumerable<FindingRow> OfCountry(
        StudyData data, int modelId, IReadOnlyDictionary<string, int> named, IReadOnlyDictionary<string, int> wrong, string part,
        Func<string, Dictionary<int, string?>> namedInstead)
    {
        var columns = new QuestionColumns(data);
        List<(string Country, int Column)> all = [];
        foreach (var (country, run) in wrong.Where(w => named.ContainsKey(w.Key)))
        {
            var isNamed = data.Prompted(named[country]);
            if (!isNamed.Contains(true))
                continue;
            var sharp = EqualSharpness.Similarities(data, [named[country], run]);
            all.Add((country, columns.Add(
                NamingFindings.Difference(data, sharp[0], [WithoutInstead(sharp[1], country)], isNamed), data.Noise(named[country], run))));
        }
        return Verdict.Judge([.. all.Select(c => columns.Finding(
            c.Column, modelId, Topic, part, c.Country, "right country less a wrong one") with { Note = NamingFindings.WhatItIs })]);

        double[] WithoutInstead(SimilarityMatrix table, string country)
        {
            var instead = namedInstead(country);
            return NamingFindings.Without(data, table, (question, c) => instead.GetValueOrDefault(data.Rows[question]) is { } other
                && (data.Countries[c].Label == other || data.Countries[c].Name == other));
        }
    }
}
