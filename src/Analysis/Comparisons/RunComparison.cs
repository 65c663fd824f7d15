using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Analysis.Comparisons;

/// <summary>A run in a comparison.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Asked">In words, how it was asked.</param>
/// <param name="Origin">run where this program asked the model, import where the answers came from a file.</param>
/// <param name="SurveyId">The survey.</param>
/// <param name="IsControl">Whether it is a control: something was taken away from its prompts, or its answers are known beforehand.</param>
public sealed record ComparedRun(int RunId, string Model, string Asked, string Origin, int SurveyId, bool IsControl);

/// <summary>
/// A run's similarity to a country on the questions that all compared runs and the country answered, in all three conventions.
/// </summary>
public sealed record ComparedSimilarity
{
    /// <summary>The run.</summary>
    public required int RunId { get; init; }

    /// <summary>The country's label in the survey.</summary>
    public required string Country { get; init; }

    /// <summary>Questions behind the means.</summary>
    public required int N { get; init; }

    /// <summary>Mean of 1 - sqrt(JSD in bits), 0 to 1, as <see cref="Similarity.Bits"/> computes it (after arXiv 2306.16388).</summary>
    public required double Bits { get; init; }

    /// <summary>Mean of 1 - sqrt(JSD in nats), the same with natural logarithms.</summary>
    public required double Nats { get; init; }

    /// <summary>Mean of 1 - JSD in bits, without the root.</summary>
    public required double Divergence { get; init; }

    /// <summary>In bits, this run's mean similarity minus the first run's; NaN for the first run itself, as what follows.</summary>
    public double Difference { get; init; } = double.NaN;

    /// <summary>Lower end of its 95 % percentile interval, from a bootstrap over item families.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of that interval.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>Its two-sided p-value, by Holm's correction over the countries.</summary>
    public double PHolm { get; init; } = double.NaN;

    /// <summary>Whether the run is nearer to the country than the first, in the words of <see cref="Panels.Verdict"/>; null for the first
    /// run itself.</summary>
    public string? Verdict { get; init; }
}

/// <summary>Puts runs side by side, own and imported ones alike: the same questions, the same scales.</summary>
/// <param name="Runs">The runs; differences are against the first.</param>
/// <param name="Questions">Questions that all of them answered.</param>
/// <param name="Countries">Run by run, the countries whose sample is national and that answered any of these questions, by rising number of
/// the label.</param>
public sealed record RunComparison(IReadOnlyList<ComparedRun> Runs, int Questions, IReadOnlyList<ComparedSimilarity> Countries)
{
    const int Resamples = 2000, Seed = 1;

    /// <summary>Every run of a file, in the order they were begun.</summary>
    public static IReadOnlyList<ComparedRun> All(ResultsFile results) => results.Read<ComparedRun>(
        $"""
        SELECT run_id, m.model, condition || coalesce(', ' || prompted_country, '') || coalesce(', ' || language, '')
            || ', ' || template || ', ' || option_order || CASE WHEN reading = 'labels' THEN '' ELSE ', ' || reading END
            || CASE WHEN control = 'none' THEN '' ELSE ', ' || control END AS asked, origin, survey_id,
            control <> 'none' AS is_control
        FROM runs JOIN ({ModelLabels.Query}) AS m USING (model_id) ORDER BY run_id
        """);

    /// <summary>
    /// Compares scored runs. Intervals are percentile intervals of a bootstrap over item families
    /// (<see cref="Scoring.Simd.Resampling.Bootstrap"/>), p-values are Holm-corrected over countries.
    /// </summary>
    /// <param name="results">The file.</param>
    /// <param name="runs">Two or more runs of one survey.</param>
    /// <exception cref="InputException">A run has answers that are not scored.</exception>
    public static RunComparison Of(ResultsFile results, IReadOnlyList<ComparedRun> runs)
    {
        var data = DataOf(results, runs[0]);
        foreach (var run in runs)
            data.RequireScored(run.RunId);
        var answers = runs.Select(r => data.Answers(r.RunId)).ToList();
        int[] common = [.. Enumerable.Range(0, data.Rows.Length).Where(q => answers.TrueForAll(a => a.ContainsKey(data.Rows[q])))];
        List<ComparedSimilarity> similarities = [];
        var tables = runs.Select(r => data.Similarities(r.RunId)).ToList();
        for (var i = 0; i < runs.Count; i++)
            similarities.AddRange(Similarities(data, runs, tables, i, common));
        return new(runs, common.Length, similarities);
    }

    /// <summary>The survey of a run, with the draws that every comparison has.</summary>
    internal static StudyData DataOf(ResultsFile results, ComparedRun run) => new(results, run.SurveyId, Seed, Resamples);

    static IEnumerable<ComparedSimilarity> Similarities(
        StudyData data, IReadOnlyList<ComparedRun> runs, List<SimilarityMatrix> tables, int run, int[] common)
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
                var similarity = tables[run][question, country];
                if (double.IsNaN(similarity))
                    continue;
                var jsBits = (1 - similarity) * (1 - similarity);
                (bits, nats, divergence, n) = (bits + similarity, nats + Similarity.Nats(jsBits), divergence
                    + Similarity.Divergence(jsBits), n + 1);
                difference[question] = similarity - tables[0][question, country];
            }
            if (n > 0)
            {
                var column = columns.Add(difference, data.Noise(runs[0].RunId, runs[run].RunId));
                all.Add((country, column, n, bits / n, nats / n, divergence / n));
            }
        }
        var findings = run == 0 ? [] : Verdict.Judge([.. all.Select(
            c => columns.Finding(c.Column, 0, "compare", "", data.Countries[c.Country].Label, "difference"))]).ToList();
        return all.Select((c, i) =>
        {
            var similarity = new ComparedSimilarity
            {
                RunId = runs[run].RunId,
                Country = data.Countries[c.Country].Label,
                N = c.N,
                Bits = c.Bits,
                Nats = c.Nats,
                Divergence = c.Divergence,
            };
            return run == 0 ? similarity : similarity with
            {
                Difference = findings[i].Value,
                Low = findings[i].Low,
                High = findings[i].High,
                PHolm = findings[i].PHolm,
                Verdict = findings[i].Verdict,
            };
        });
    }
}
