using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>Do the model's answers for different countries differ as much as these countries' people do?</summary>
static class HomogeneityFindings
{
    public const string Topic = "homogeneity";

    /// <param name="named">The runs whose prompts name a country, by the country's name.</param>
    public static IEnumerable<FindingRow> Of(StudyData data, int modelId, IReadOnlyDictionary<string, int> named)
    {
        // One label per country: two samples of the same people are no difference between countries.
        var pairs = named.Values.Select(run => (Column: Array.IndexOf(data.Prompted(run), true), Run: run))
            .Where(p => p.Column >= 0).ToList();
        double[] model = new double[data.Rows.Length], people = new double[model.Length], difference = new double[model.Length];
        for (var question = 0; question < model.Length; question++)
        {
            var row = data.Rows[question];
            var here = pairs.Where(p => data.Answers(p.Run).ContainsKey(row)
                && data.People.GetValueOrDefault(row)?.ContainsKey(p.Column) == true).ToList();
            model[question] = people[question] = double.NaN;
            if (here.Count >= 2)
            {
                model[question] = Distance(here.Select(p => data.Answers(p.Run)[row]));
                people[question] = Distance(here.Select(p => data.People[row][p.Column]));
            }
            difference[question] = model[question] - people[question];
        }
        var columns = new QuestionColumns(data);
        int m = columns.Add(model), p = columns.Add(people), d = columns.Add(difference);
        FindingRow Finding(int column, string measure) => columns.Finding(column, modelId, Topic, "cross-national", null, measure);
        if (Finding(m, "distance between the model's answers for different countries") is { N: > 0 } first)
            return [first with { P = double.NaN }, Finding(p, "distance between these countries' people") with { P = double.NaN },
                .. Verdict.Judge([Finding(d, "model's distance less the people's")])];
        return [];
    }

    static double Distance(IEnumerable<double[]> answers)
    {
        var all = answers.ToList();
        var block = DistributionBlock.Create(all[0].Length, all.Count);
        foreach (var answer in all)
            block.Add(answer);
        return Homogeneity.MeanDistance(block);
    }
}
