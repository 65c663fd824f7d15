using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.FollowUp;

/// <summary>One part of the variance of a similarity.</summary>
/// <param name="Source">question, wording, question by wording, order, rest.</param>
/// <param name="Variance">The estimate; below 0 where the truth is near 0.</param>
/// <param name="Share">Of the sum of all, those below 0 counted as 0.</param>
/// <param name="Low">Lower end of the share's 95 % percentile interval over item families; NaN where there is none.</param>
/// <param name="High">Upper end of it.</param>
public sealed record VariancePart(string Source, double Variance, double Share, double Low, double High);

/// <summary>
/// How much of the variance of single answers' similarity is between questions, wordings and orders: over all runs of a file that ask one
/// model the same survey under the same condition in other wordings (<see cref="VarianceComponents"/>).
/// </summary>
public sealed record WordingVariance
{
    const int Resamples = 1000, Seed = 20230628;

    // Of runs AS o: two names of one text are one wording; of an import only the name is known.
    const string SameWording = "CASE WHEN o.origin = 'run' THEN o.template_sha256 ELSE o.template END";

    /// <summary>The people; null for the mean over all national samples.</summary>
    public required string? Country { get; init; }

    /// <summary>The runs, one per wording.</summary>
    public required IReadOnlyList<int> Runs { get; init; }

    /// <summary>Their wordings' names.</summary>
    public required IReadOnlyList<string> Wordings { get; init; }

    /// <summary>Questions with an answer in all of them in the same orders.</summary>
    public required int Questions { get; init; }

    /// <summary>The mean number of orders per question.</summary>
    public required double Orders { get; init; }

    /// <summary>The parts, without those that the runs cannot tell.</summary>
    public required IReadOnlyList<VariancePart> Parts { get; init; }

    /// <summary>
    /// The standard deviation, over wordings like these, of a mean over these questions and their orders; NaN with one wording.
    /// </summary>
    public required double OfAMean { get; init; }

    /// <summary>
    /// Of the variance at most this share is the arithmetic's noise, which is part of what is left: on the prompts that the runs' noise
    /// floor was measured on, mean over the runs. NaN where that is not known of all runs, or for one country.
    /// </summary>
    public double NoiseAtMost { get; init; } = double.NaN;

    /// <summary>
    /// That of one run's wordings and orders; null where there is one of each, or where fewer than two questions have both.
    /// </summary>
    /// <param name="results">The file.</param>
    /// <param name="runId">One of the runs.</param>
    /// <param name="country">As <see cref="Country"/>.</param>
    /// <exception cref="InputException">The survey has no such people.</exception>
    public static WordingVariance? Of(ResultsFile results, int runId, string? country = null)
    {
        // Of one wording that was asked in several ways of computing, the run that is asked for, or the last.
        var runs = results.Read<WordedRun>(
            $"""
            SELECT o.run_id, o.survey_id, o.template FROM runs AS o JOIN runs AS r ON r.run_id = ?
                AND o.model_id = r.model_id AND o.survey_id = r.survey_id AND o.condition = r.condition AND o.control = r.control
                AND o.prompted_country IS NOT DISTINCT FROM r.prompted_country AND o.language IS NOT DISTINCT FROM r.language
                AND o.reading = r.reading AND o.ending = r.ending AND o.option_order = r.option_order
            WHERE r.control = 'none' AND (o.run_id = r.run_id OR o.template NOT LIKE '%@personas%')
            QUALIFY row_number() OVER (PARTITION BY {SameWording} ORDER BY (o.run_id = r.run_id) DESC, o.run_id DESC) = 1
            ORDER BY o.run_id
            """, runId);
        return runs.Count == 0 ? null : Of(results, runs, country);
    }

    /// <summary>That of some runs, which ask one model the same survey in different wordings and in the same orders.</summary>
    /// <inheritdoc cref="Of(ResultsFile, int, string)"/>
    public static WordingVariance? Among(ResultsFile results, IReadOnlyList<int> runIds, string? country = null) => Of(results,
        results.Read<WordedRun>("SELECT run_id, survey_id, template FROM runs WHERE run_id IN (SELECT unnest(CAST(? AS INTEGER[])))"
            + " ORDER BY run_id", ListOf(runIds)), country);

    /// <summary>Of some runs those whose wordings differ, by their text and not by what they are called: the first of each.</summary>
    public static IReadOnlyList<int> Distinct(ResultsFile results, IReadOnlyList<int> runIds) => results.ReadValues<int>(
        $"""
        SELECT run_id FROM runs AS o WHERE run_id IN (SELECT unnest(CAST(? AS INTEGER[])))
        QUALIFY row_number() OVER (PARTITION BY {SameWording} ORDER BY run_id) = 1 ORDER BY run_id
        """, ListOf(runIds));

    static WordingVariance? Of(ResultsFile results, IReadOnlyList<WordedRun> runs, string? country)
    {
        var data = new StudyData(results, runs[0].SurveyId, Seed, Resamples);
        var places = PlacesOf(data, country, results.FullPath);
        var answers = runs.Select(r => OrderedAnswer.Read(results, r.RunId).ToDictionary(a => a.SourceRow)).ToList();
        List<CrossedCell> cells = [];
        List<int> families = [];
        foreach (var (row, family) in data.Rows.Zip(data.Families))
        {
            if (answers.All(a => a.ContainsKey(row)) && data.People.TryGetValue(row, out var people)
                && Similarities(data, row, [.. answers.Select(a => a[row])], [.. people.Where(p => places[p.Key]).Select(p => p.Value)])
                    is { } values)
            {
                cells.Add(CrossedCell.Of(values));
                families.Add(family);
            }
        }
        return cells.Count < 2 || (runs.Count == 1 && cells.TrueForAll(c => c.Orders == 1)) ? null
            : WithNoise(results, Of(cells, families) with
            {
                Country = country,
                Runs = [.. runs.Select(r => r.RunId)],
                Wordings = [.. runs.Select(r => r.Template)],
            });
    }

    // A mean of squares is at most the mean times the largest; that of a mean over countries at most that of single ones.
    static WordingVariance WithNoise(ResultsFile results, WordingVariance variance) => variance.Country is not null ? variance
        : variance with
        {
            NoiseAtMost = Math.Min(1, results.ReadValues<double>(
                """
                SELECT coalesce(avg(mean_similarity * max_similarity), CAST('NaN' AS DOUBLE)) FROM noise_floors
                WHERE run_id IN (SELECT unnest(CAST($1 AS INTEGER[])))
                HAVING count(mean_similarity) = len(CAST($1 AS INTEGER[]))
                """, ListOf(variance.Runs)).DefaultIfEmpty(double.NaN).Single()
                / variance.Parts.Sum(p => Math.Max(0, p.Variance))),
        };

    /// <summary>In a sentence or two.</summary>
    public string Sentence() => $"Of the variance of single answers' similarity ({Country ?? "mean over national samples"}; {Questions:N0} "
        + $"questions, {Wordings.Count} wording{(Wordings.Count == 1 ? "" : "s")}, {Orders:F1} orders each), "
        + string.Join(", ", Parts.Select(p => $"{p.Share:P0} [{p.Low:P0}, {p.High:P0}] is {Said(p.Source, Parts)}"))
        + (double.IsNaN(NoiseAtMost) ? "" : $"; by the runs' noise floors the arithmetic's noise is at most {NoiseAtMost:P1} of all of it")
        + (double.IsNaN(OfAMean) ? "." : $". A mean over these questions has a standard deviation of {OfAMean:F4} over wordings like "
            + $"these; it is estimated from {Wordings.Count}.");

    static string Said(string source, IReadOnlyList<VariancePart> parts) => source switch
    {
        "question" => "between questions",
        "wording" => "between wordings",
        "question by wording" => "what a wording does to one question and not to others",
        "order" => "between orders of the options",
        // With one order the two cannot be told apart.
        _ when parts.All(p => p.Source != "order") => "what a wording does to one question and not to others, and what is left",
        _ => "left",
    };

    static WordingVariance Of(List<CrossedCell> cells, List<int> families)
    {
        var found = VarianceComponents.Of(cells);
        var replicates = Replicates(cells, families);
        Func<VarianceComponents, double>[] of = [c => c.Question, c => c.Wording, c => c.QuestionWording, c => c.Order, c => c.Rest];
        string[] names = ["question", "wording", "question by wording", "order", "rest"];
        var (both, rest) = (Math.Max(0, Known(found.QuestionWording)), Math.Max(0, Known(found.Rest)));
        return new()
        {
            Country = null,
            Runs = [],
            Wordings = [],
            Questions = cells.Count,
            Orders = cells.Average(c => c.Orders),
            Parts = [.. names.Zip(of).Where(p => !double.IsNaN(p.Second(found))).Select(p =>
            {
                double[] shares = [.. replicates.Select(r => r.Share(p.Second(r))).Where(double.IsFinite).Order()];
                return new VariancePart(p.First, p.Second(found), found.Share(p.Second(found)), At(shares, 0.025), At(shares, 0.975));
            })],
            OfAMean = double.IsNaN(found.Wording) ? double.NaN
                : Math.Sqrt(Math.Max(0, found.Wording) + both / cells.Count + rest * cells.Average(c => 1.0 / c.Orders) / cells.Count),
        };
    }

    static List<VarianceComponents> Replicates(List<CrossedCell> cells, List<int> families)
    {
        var members = families.Index().GroupBy(f => f.Item, f => f.Index).Select(g => g.ToArray()).ToArray();
        var numbers = new SeededNumbers(Seed);
        List<VarianceComponents> replicates = [];
        for (var i = 0; i < Resamples; i++)
        {
            var times = new int[cells.Count];
            for (var drawn = 0; drawn < members.Length; drawn++)
            {
                foreach (var question in members[numbers.Next(0, members.Length)])
                    times[question]++;
            }
            replicates.Add(VarianceComponents.Of(cells, times));
        }
        return replicates;
    }

    static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(share * (sorted.Length - 1))];

    static string ListOf(IEnumerable<int> runIds) => $"[{string.Join(',', runIds)}]";

    static double Known(double value) => double.IsNaN(value) ? 0 : value;

    static bool[] PlacesOf(StudyData data, string? country, string file)
    {
        if (country is null)
            return [.. data.Countries.Select(c => c.National)];
        bool[] places = [.. data.Countries.Select(c => c.Label == country)];
        return places.Contains(true) ? places : throw new InputException($"The survey of {file} has no people called {country}.");
    }

    /// <summary>By wording, by order: the mean over the people of 1 - sqrt(JSD in bits); null where anything is missing.</summary>
    static double[][]? Similarities(StudyData data, int row, OrderedAnswer[] answers, double[][] people)
    {
        var orders = answers[0].Options.Length;
        if (people.Length == 0 || answers.Any(a => a.Options.Length != orders))
            return null;
        var values = answers.Select(a => Enumerable.Range(0, orders).Select(order => data.Compared(row, a.ByOption(order)) is { } compared
            ? people.Average(p => 1 - Math.Sqrt(Math.Max(0, ScalarOracle.DivergenceBits(compared, p)))) : double.NaN).ToArray()).ToArray();
        return values.SelectMany(v => v).Any(double.IsNaN) ? null : values;
    }

    sealed record WordedRun(int RunId, int SurveyId, string Template);
}
