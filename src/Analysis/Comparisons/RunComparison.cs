using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Comparisons;

/// <summary>A run in a comparison.</summary>
/// <param name="Origin">run where this program asked the model, import where the answers came from a file.</param>
sealed record ComparedRun(int RunId, string Model, string Asked, string Origin, int SurveyId);

/// <summary>
/// A run's similarity to a country on the questions that all compared runs and the country answered, in all three conventions.
/// </summary>
/// <param name="Difference">In bits, against the first run; with its 95 % interval and its p-value, Holm-corrected over countries. NaN for
/// the first run itself.</param>
sealed record ComparedSimilarity(int RunId, string Country, int N, double Bits, double Nats, double Divergence, double Difference,
    double Low, double High, double PHolm, string? Verdict);

/// <summary>Puts runs side by side, own and imported ones alike: the same questions, the same scales.</summary>
/// <param name="Questions">Questions that all of them answered.</param>
sealed record RunComparison(IReadOnlyList<ComparedRun> Runs, int Questions, IReadOnlyList<ComparedSimilarity> Countries)
{
    const int Resamples = 2000, Seed = 1;

    public static IReadOnlyList<ComparedRun> All(ResultsFile results)
    {
        using var rows = results.Query(
            """
            SELECT run_id, m.name, condition || coalesce(', ' || prompted_country, '') || coalesce(', ' || language,
                '') || ', ' || template || ', ' || option_order || CASE WHEN reading = 'labels' THEN '' ELSE ', ' || reading END
                || CASE WHEN control = 'none' THEN '' ELSE ', ' || control END, origin, survey_id
            FROM runs JOIN models AS m USING (model_id) ORDER BY run_id
            """);
        return [.. rows.Rows.Select(r => new ComparedRun((int)r[0]!, (string)r[1]!, (string)r[2]!, (string)r[3]!, (int)r[4]!))];
    }

    /// <param name="results">The file.</param>
    /// <param name="runs">Two or more runs of one survey.</param>
    public static RunComparison Of(ResultsFile results, IReadOnlyList<ComparedRun> runs)
    {
        var data = new StudyData(results, runs[0].SurveyId, Seed, Resamples);
        var answers = runs.Select(r => data.Answers(r.RunId)).ToList();
        int[] common = [.. Enumerable.Range(0, data.Rows.Length).Where(q => answers.TrueForAll(a => a.ContainsKey(data.Rows[q])))];
        List<ComparedSimilarity> similarities = [];
        var tables = runs.Select(r => data.Similarities(r.RunId)).ToList();
        for (var run = 0; run < runs.Count; run++)
            similarities.AddRange(Similarities(data, runs, tables, run, common));
        return new(runs, common.Length, similarities);
    }

    static IEnumerable<ComparedSimilarity> Similarities(
        StudyData data, IReadOnlyList<ComparedRun> runs, List<double[]> tables, int run, int[] common)
    {
        var columns = new QuestionColumns(data);
        List<(int Country, int Column, int N, double Bits, double Nats, double Divergence)> all = [];
        for (var country = 0; country < data.Countries.Count; country++)
        {
            if (!data.Countries[country].National)
                continue;
            var difference = new double[data.Rows.Length];
            Array.Fill(difference, double.NaN);
            double bits = 0, nats = 0, divergence = 0;
            var n = 0;
            foreach (var question in common)
            {
                var place = question * data.Countries.Count + country;
                var similarity = tables[run][place];
                if (double.IsNaN(similarity))
                    continue;
                var jsBits = (1 - similarity) * (1 - similarity);
                (bits, nats, divergence, n) = (bits + similarity, nats + Similarity.Nats(jsBits), divergence
                    + Similarity.Divergence(jsBits), n + 1);
                difference[question] = similarity - tables[0][place];
            }
            if (n > 0)
                all.Add((country, columns.Add(difference), n, bits / n, nats / n, divergence / n));
        }
        var findings = run == 0 ? [] : Verdict.Judge([.. all.Select(
            c => columns.Finding(c.Column, 0, "compare", "", data.Countries[c.Country].Label, "difference"))]).ToList();
        return all.Select((c, i) => run == 0
            ? new ComparedSimilarity(runs[run].RunId, data.Countries[c.Country].Label, c.N, c.Bits, c.Nats, c.Divergence, double.NaN,
                double.NaN, double.NaN, double.NaN, null)
            : new(runs[run].RunId, data.Countries[c.Country].Label, c.N, c.Bits, c.Nats, c.Divergence, findings[i].Value, findings[i].Low,
                findings[i].High, findings[i].PHolm, findings[i].Verdict));
    }
}
