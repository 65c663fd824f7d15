using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>
/// How much of the ranking is only how evenly a country's people spread over the options, and who is nearest beyond that.
/// </summary>
static class EntropyFindings
{
    public const string Topic = FindingTopics.Entropy;
    const int FewestCountries = 3, Named = 3;

    public static IEnumerable<FindingRow> Of(ResultsFile results, StudyData data, int modelId, StudyRunRow run)
    {
        HashSet<string> ranked =
            [.. results.ReadValues<string>("SELECT country FROM country_similarity WHERE run_id = ? AND ranked", run.RunId)];
        var countries = Enumerable.Range(0, data.Countries.Count).Where(c => ranked.Contains(data.Countries[c].Label))
            .Select(c => (data.Countries[c].Label, Point: Means(data, run.RunId, c))).ToList();
        double[] entropies = [.. countries.Select(c => c.Point.Entropy)], similarities = [.. countries.Select(c => c.Point.Similarity)];
        if (countries.Count < FewestCountries || entropies.Distinct().Count() < 2)
            yield break;
        // What is said of all of them rests on the means of each.
        var n = countries.Min(c => c.Point.N);
        var line = LinearFit.Of(entropies, similarities);
        var (verdict, about) = (OnEnough(n), $"over {countries.Count} ranked countries");
        yield return new(modelId, Topic, run.Part, null, "correlation of similarity with the people's entropy", n, line.Correlation)
        { Verdict = verdict, Note = about };
        yield return new(modelId, Topic, run.Part, null, "similarity per unit of normalised entropy", n, line.Slope) { Verdict = verdict };
        foreach (var (label, point) in countries.OrderByDescending(c => line.Residual(c.Point.Entropy, c.Point.Similarity)).Take(Named))
            yield return new(modelId, Topic, run.Part, label, "similarity beyond what entropy gives", point.N,
                line.Residual(point.Entropy, point.Similarity))
            { Verdict = OnEnough(point.N) };
    }

    static string? OnEnough(int questions) => questions < Verdict.FewestQuestions ? Verdict.TooFew : null;

    static (double Entropy, double Similarity, int N) Means(StudyData data, int runId, int country)
    {
        var similarities = data.Similarities(runId);
        double entropy = 0, similarity = 0;
        var n = 0;
        for (var question = 0; question < data.Rows.Length; question++)
        {
            var value = similarities[question, country];
            if (double.IsNaN(value))
                continue;
            entropy += ScalarOracle.NormalisedEntropy(data.People[data.Rows[question]][country]);
            similarity += value;
            n++;
        }
        return (entropy / n, similarity / n, n);
    }
}
