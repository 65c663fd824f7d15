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
        bool[][] about = [.. runs.Select(data.Prompted)];
        var differences = Differences(data, runs, about);
        foreach (var (i, (country, run)) in named.Index())
        {
            if (!about[i].Contains(true))
                continue;
            var (own, others, beyond) = Change(data, data.Similarities(run).Values, data.Similarities(defaultRun).Values, about[i]);
            int? wrong = differences is null ? null : columns.Add(differences(i), data.Noise(runs));
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

    /// <summary>
    /// Of several runs, each about some people: by the run's place, question by question, how much nearer it is to its people than the
    /// other runs are, less the same for all other countries, at equal sharpness. Null for a run alone.
    /// </summary>
    /// <param name="data">The survey.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="about">By run, for each country whether it is about it.</param>
    public static Func<int, double[]>? Differences(StudyData data, int[] runs, bool[][] about)
    {
        if (runs.Length < 2)
            return null;
        var sharp = EqualSharpness.Similarities(data, runs);
        // What a run does to its own people is no yardstick for what such runs do to everybody.
        double[][] asOthers = [.. sharp.Zip(about, (table, own) => Without(data, table, (_, country) => own[country]))];
        return i => Difference(data, sharp[i], [.. asOthers.Where((_, other) => other != i)], about[i]);
    }

    /// <summary>
    /// Question by question, how much nearer a run is to some people than others are, less the same for all other countries.
    /// </summary>
    /// <param name="data">The survey.</param>
    /// <param name="right">The run's similarities.</param>
    /// <param name="wrong">Those of the others, one or more, questions × countries, each without the countries that it is about.</param>
    /// <param name="isNamed">For each country, whether the run is about it.</param>
    public static double[] Difference(StudyData data, SimilarityMatrix right, IReadOnlyList<double[]> wrong, bool[] isNamed) =>
        Change(data, right.Values, Steering.MeanOf(wrong), isNamed).Beyond;

    /// <summary>A table without the similarities of some questions and countries, both by their place.</summary>
    public static double[] Without(StudyData data, SimilarityMatrix table, Func<int, int, bool> left)
    {
        var rest = table.Values.ToArray();
        for (var i = 0; i < rest.Length; i++)
        {
            if (left(i / data.Countries.Count, i % data.Countries.Count))
                rest[i] = double.NaN;
        }

        return rest;
    }

    public static (double[] Own, double[] Others, double[] Beyond) Change(
        StudyData data, ReadOnlySpan<double> changed, ReadOnlySpan<double> standard, bool[] isNamed)
    {
        double[] own = new double[data.Rows.Length], others = new double[own.Length], beyond = new double[own.Length];
        bool[] isOther = [.. data.Countries.Select((c, i) => c.National && !isNamed[i])];
        Steering.Change(changed, standard, isNamed, isOther, own, others, beyond);
        return (own, others, beyond);
    }
}
