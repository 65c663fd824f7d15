using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>Does naming a country move the model to its people, and more than naming another one?</summary>
static class NamingFindings
{
    public const string Topic = FindingTopics.Naming, OwnChange = "own change", OthersChange = "others' change",
        Beyond = "own beyond others", WrongCountry = "wrong-country difference";

    /// <param name="data">The survey and its runs.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="defaultRun">Its run in the default condition.</param>
    /// <param name="named">The runs whose prompts name a country, by the country's name.</param>
    public static List<FindingRow> Of(StudyData data, int modelId, int defaultRun, IReadOnlyDictionary<string, int> named)
    {
        var columns = new QuestionColumns(data);
        List<(string Country, int Own, int Others, int Beyond, int? Wrong)> all = [];
        foreach (var (country, run) in named)
        {
            var isNamed = data.Prompted(run);
            if (!isNamed.Contains(true))
                continue;
            var (own, others, beyond) = Change(data, data.Similarities(run), data.Similarities(defaultRun), isNamed);
            int? wrong = named.Count > 1
                ? columns.Add(Difference(data, run, [.. named.Values.Where(r => r != run)], isNamed))
                : null;
            all.Add((country, columns.Add(own), columns.Add(others), columns.Add(beyond), wrong));
        }

        List<FindingRow> findings =
        [
            .. Verdict.Judge([.. all.Select(c => Finding(c.Own, c.Country, OwnChange))]),
            .. all.Select(c => Finding(c.Others, c.Country, OthersChange)),
            .. Verdict.Judge([.. all.Select(c => Finding(c.Beyond, c.Country, Beyond))]),
            .. Verdict.Judge([.. all.Where(c => c.Wrong is not null).Select(c => Finding(c.Wrong!.Value, c.Country, WrongCountry))]),
        ];
        findings.AddRange(named.Keys.Where(n => all.TrueForAll(c => c.Country != n))
            .Select(n => new FindingRow(modelId, Topic, "cross-national", n, OwnChange, 0, double.NaN)
            { Verdict = Verdict.TooFew, Note = "no national sample of this country in the survey" }));
        return findings;

        FindingRow Finding(int column, string country, string measure) =>
            columns.Finding(column, modelId, Topic, "cross-national", country, measure);
    }

    public static (double[] Own, double[] Others, double[] Beyond) Change(
        StudyData data, SimilarityMatrix changed, SimilarityMatrix standard, bool[] isNamed)
    {
        double[] own = new double[data.Rows.Length], others = new double[own.Length], beyond = new double[own.Length];
        Steering.Change(changed.Values, standard.Values, isNamed, own, others, beyond);
        return (own, others, beyond);
    }

    static double[] Difference(StudyData data, int right, int[] wrong, bool[] isNamed)
    {
        var difference = new double[data.Rows.Length];
        Steering.WrongCountry(To(data, right, isNamed), [.. wrong.SelectMany(run => To(data, run, isNamed))], difference);
        return difference;
    }

    /// <summary>Question by question, the similarity to a country, the mean over its labels.</summary>
    public static double[] To(StudyData data, int run, bool[] isNamed) => data.Similarities(run).MeanOver(isNamed);
}
