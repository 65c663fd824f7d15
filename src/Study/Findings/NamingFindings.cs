using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>Does naming a country move the model to its people, and more than naming another one?</summary>
static class NamingFindings
{
    public const string Topic = FindingTopics.Naming, OwnChange = "own change", OthersChange = "others' change",
        Beyond = "own beyond others", WrongCountry = "wrong-country difference",
        WhatItIs = "at equal sharpness, less the same for other countries; a name that draws answers to the world's average more than "
            + "other names do is not ruled out";

    /// <param name="data">The survey and its runs.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="defaultRun">Its run in the default condition.</param>
    /// <param name="named">The runs whose prompts name a country, by the country's name.</param>
    public static List<FindingRow> Of(StudyData data, int modelId, int defaultRun, IReadOnlyDictionary<string, int> named)
    {
        var columns = new QuestionColumns(data);
        List<(string Country, int Own, int Others, int Beyond, int? Wrong)> all = [];
        int[] runs = [.. named.Values];
        var sharp = runs.Length > 1 ? EqualSharpness.Similarities(data, runs) : [];
        double[][] asOthers = [.. sharp.Zip(runs, (table, run) => WithoutOwn(data, table, data.Prompted(run)))];
        foreach (var (i, (country, run)) in named.Index())
        {
            var isNamed = data.Prompted(run);
            if (!isNamed.Contains(true))
                continue;
            var (own, others, beyond) = Change(data, data.Similarities(run), data.Similarities(defaultRun), isNamed);
            int? wrong = runs.Length > 1
                ? columns.Add(Difference(data, sharp[i], [.. asOthers.Where((_, other) => other != i)], isNamed), data.Noise(runs))
                : null;
            var noise = data.Noise(run, defaultRun);
            all.Add((country, columns.Add(own, noise), columns.Add(others), columns.Add(beyond), wrong));
        }

        List<FindingRow> findings =
        [
            .. Verdict.Judge([.. all.Select(c => Finding(c.Own, c.Country, OwnChange))]),
            .. all.Select(c => Finding(c.Others, c.Country, OthersChange)),
            .. all.Select(c => Finding(c.Beyond, c.Country, Beyond)),
            .. Verdict.Judge([.. all.Where(c => c.Wrong is not null).Select(c => Finding(c.Wrong!.Value, c.Country, WrongCountry)
                with { Note = WhatItIs })]),
        ];
        findings.AddRange(named.Keys.Where(n => all.TrueForAll(c => c.Country != n))
            .Select(n => new FindingRow(modelId, Topic, "cross-national", n, OwnChange, 0, double.NaN)
            { Verdict = Verdict.TooFew, Note = "no national sample of this country in the survey" }));
        return findings;

        FindingRow Finding(int column, string country, string measure) =>
            columns.Finding(column, modelId, Topic, "cross-national", country, measure);
    }

    public static (double[] Own, double[] Others, double[] Beyond) Change(
        StudyData data, SimilarityMatrix changed, SimilarityMatrix standard, bool[] isNamed) =>
        Change(data, changed.Values, standard.Values, isNamed);

    /// <summary>
    /// Question by question, how much nearer a run is to some people than runs about others are, less the same for all other countries.
    /// </summary>
    /// <param name="data">The survey.</param>
    /// <param name="right">The run's similarities, questions × countries.</param>
    /// <param name="wrong">Those of the other runs, one or more, each without the countries that it is about: what its own name does to
    /// them is no yardstick for what a name does to everybody.</param>
    /// <param name="isNamed">For each country, whether the run is about it.</param>
    public static double[] Difference(StudyData data, double[] right, IReadOnlyList<double[]> wrong, bool[] isNamed) =>
        Change(data, right, Steering.MeanOf(wrong), isNamed).Beyond;

    /// <summary>A table without the countries that its run is about.</summary>
    public static double[] WithoutOwn(StudyData data, double[] table, bool[] isNamed) => Without(table, (_, c) => isNamed[c], data);

    /// <summary>A table without the similarities of some questions and countries, both by their place.</summary>
    public static double[] Without(double[] table, Func<int, int, bool> left, StudyData data) =>
        [.. table.Select((value, i) => left(i / data.Countries.Count, i % data.Countries.Count) ? double.NaN : value)];

    static (double[] Own, double[] Others, double[] Beyond) Change(
        StudyData data, ReadOnlySpan<double> changed, ReadOnlySpan<double> standard, bool[] isNamed)
    {
        double[] own = new double[data.Rows.Length], others = new double[own.Length], beyond = new double[own.Length];
        bool[] isOther = [.. data.Countries.Select((c, i) => c.National && !isNamed[i])];
        Steering.Change(changed, standard, isNamed, isOther, own, others, beyond);
        return (own, others, beyond);
    }
}
