using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>What later studies report, as views: each number against its definition, worked out here from single answers.</summary>
public sealed class FollowUpTests : StoreTest
{
    const int Questions = 240;

    static readonly CountryRow[] s_countries =
    [
        new("Germany", "Germany", "DEU", "national"), new("Brazil", "Brazil", "BRA", "national"), new("Japan", "Japan", "JPN", "national"),
        new("Kenya", "Kenya", "KEN", "national"), new("Erewhon", "Erewhon", null, "non-national"),
    ];

    static readonly ScoreOptions s_options = new() { Resamples = 50, Threads = 2, Measures = Measure.OnRequest };

    // Every third question has a refusal, families are of one to three questions, and not every country was asked everything.
    static readonly QuestionRow[] s_questions = [.. Enumerable.Range(0, Questions).Select(row => new QuestionRow(
        row, "S", $"Question {row}?", row % 3 == 0 ? ["Yes", "No", "DK"] : ["Much", "Some", "Little", "None"],
        [.. s_countries.Where((_, c) => (row + c) % 5 != 0).Select((c, i) => new HumanRow(c.Label, People(row, c.Label)))])
    {
        Topics = [row % 2 == 0 ? "religion" : "economy"],
        Kinds = row % 3 == 0 ? ["unknown", "unknown", "refusal"] : ["ordered", "ordered", "ordered", "ordered"],
        ScaleValues = row % 3 == 0 ? [] : [1, 2, 4, 8],
        Family = row / 2 % 3 == 0 ? row : row / 4 * 4,
    })];

    [Fact]
    public void Steerability_takes_the_best_wording_of_each_question()
    {
        using var results = Fresh();
        var germany = Only("Germany");
        foreach (var wording in new[] { "one", "two" })
        {
            Fill(results, 1, noise: 0.5, wording: wording);
            Fill(results, wording == "one" ? 2 : 3, noise: 0.5, wording: wording, prompted: "Germany", toward: germany, share: 0.3);
        }
        Fill(results, 4, noise: 0.5, model: "another", toward: Only("Brazil"));
        results.Score(options: s_options);
        using var query = results.Query("SELECT country, measure, wordings, n, steerability, mean_steered, unsteered, gain, gain_low, "
            + "gain_high FROM steerability WHERE measure IN ('wasserstein', 'js_divergence') ORDER BY measure");
        var rows = query.Rows.ToList();
        Assert.Equal([("Germany", "js_divergence", 2L), ("Germany", "wasserstein", 2L)],
            rows.Select(r => ((string)r[0]!, (string)r[1]!, (long)r[2]!)));
        foreach (var row in rows)
        {
            var near = Nearness(results, (string)row[1]!).Where(n => n.Country == "Germany").ToLookup(n => n.Run);
            var (steered, plain) = (near[2].Zip(near[4]).ToList(), near[1].Average(n => n.Value));
            Assert.Equal((long)steered.Count, row[3]);
            Assert.Equal(steered.Average(s => Math.Max(s.First.Value, s.Second.Value)), (double)row[4]!, 1e-9);
            Assert.Equal(steered.Average(s => (s.First.Value + s.Second.Value) / 2), (double)row[5]!, 1e-9);
            Assert.Equal(plain, (double)row[6]!, 1e-9);
            Assert.Equal((double)row[5]! - plain, (double)row[7]!, 1e-9);
            Assert.InRange((double)row[7]!, (double)row[8]!, (double)row[9]!);
            Assert.True((double)row[8]! > 0, "a third of every answer is Germany's");
        }
    }

    [Fact]
    public void A_model_that_follows_one_country_on_each_topic_is_consistent_with_none()
    {
        using var results = Fresh();
        Fill(results, 1, noise: 0.05, toward: Only("Germany"), share: 0.9);
        Fill(results, 2, noise: 0.05, model: "two-faced", toward: row => row % 2 == 0 ? "Germany" : "Japan", share: 0.9);
        results.Score(options: s_options);
        Assert.Equal(["1|2|1|1", "2|2|0.5|0.5"], Texts(results,
            "SELECT run_id, topics, consistency, not_behind FROM consistency WHERE measure = 'total_variation' ORDER BY run_id"));
        Assert.Equal("Germany", Scalar(results, "SELECT country FROM consistency WHERE run_id = 1 AND measure = 'total_variation'"));
        Assert.Equal(["economy|Japan", "religion|Germany"],
            Texts(results, "SELECT topic, country FROM topic_nearest WHERE run_id = 2 AND measure = 'js_divergence' ORDER BY topic"));
    }

    [Fact]
    public void Evenness_is_one_less_the_variation_over_countries_and_its_interval_that_of_the_jackknife()
    {
        using var results = Fresh();
        Fill(results, 1, noise: 0.3, toward: Only("Germany"), share: 0.4);
        results.Score(options: s_options);
        var near = Nearness(results, "js_divergence").Where(n => n.Country != "Erewhon").ToList();
        var families = s_questions.ToDictionary(q => q.SourceRow, q => q.Family ?? q.SourceRow);
        var all = Evenness(near);
        using var query = results.Query("SELECT countries, evenness, low, high, families FROM evenness WHERE measure = 'js_divergence'");
        var row = Assert.Single(query.Rows);
        Assert.Equal([4L, (long)families.Values.Distinct().Count()], [row[0], row[4]]);
        Assert.Equal(all, (double)row[1]!, 1e-9);
        double[] without = [.. families.Values.Distinct().Select(f => Evenness([.. near.Where(n => families[n.Row] != f)]))];
        var (count, mean) = (without.Length, without.Average());
        var deviation = Math.Sqrt((count - 1.0) / count * without.Sum(w => (w - mean) * (w - mean)));
        Assert.Equal(1, ((double)row[3]! - (double)row[2]!) / 2 / (1.976 * deviation), 0.05);
    }

    [Fact]
    public void Strata_of_entropy_are_fifths_of_its_scale_and_skill_is_a_ratio_of_means()
    {
        using var results = Fresh();
        Fill(results, 1, noise: 0.5);
        Fill(results, 2, noise: 0.2, model: "tuned", toward: Only("Germany"), share: 0.5);
        results.Score(options: s_options);
        var entropy = s_questions.SelectMany(q => q.Humans.Select(h => (q.SourceRow, h.Country, Stratum: Math.Min(4,
            (int)(5 * ScalarOracle.NormalisedEntropy([.. h.Probabilities])))))).ToDictionary(e => (e.SourceRow, e.Country), e => e.Stratum);
        var near = Nearness(results, "total_variation").Where(n => n.Country != "Erewhon").ToList();
        using var query = results.Query("SELECT run_id, entropy_from, pairs, nearness, skill, skill_low, skill_high FROM entropy_strata "
            + "WHERE measure = 'total_variation' AND entropy_from IS NOT NULL ORDER BY ALL");
        var rows = query.Rows.ToList();
        var expected = near.GroupBy(n => (n.Run, Stratum: entropy[(n.Row, n.Country)])).OrderBy(g => g.Key).ToList();
        Assert.Equal(expected.Count, rows.Count);
        foreach (var (group, row) in expected.Zip(rows))
        {
            Assert.Equal([group.Key.Run, group.Key.Stratum / 5.0, (long)group.Count()], [row[0], row[1], row[2]]);
            Assert.Equal(group.Average(n => n.Value), (double)row[3]!, 1e-9);
            Assert.Equal(1 - group.Sum(n => 1 - n.Value) / group.Sum(n => 1 - n.Uniform), (double)row[4]!, 1e-9);
            Assert.True(row[5] is null || ((double)row[5]! <= (double)row[4]! && (double)row[4]! <= (double)row[6]!));
        }

        // Paired: the same pairs on both sides.
        Assert.Equal(0L, Scalar(results, """
            SELECT count(*) FROM stratum_differences(2, 1) AS d
            JOIN entropy_strata AS a ON a.run_id = 2 AND a.measure = d.measure AND a.entropy_from IS NOT DISTINCT FROM d.entropy_from
            JOIN entropy_strata AS b ON b.run_id = 1 AND b.measure = d.measure AND b.entropy_from IS NOT DISTINCT FROM d.entropy_from
            WHERE a.pairs <> d.pairs OR abs(a.nearness - b.nearness - d.difference) > 1e-9
            """));
        Assert.Equal(0L, Scalar(results, """
            SELECT count(*) FROM stratum_differences(2, 1) AS d
            ANTI JOIN stratum_model_differences AS m ON m.run_id = 2 AND m.other_run_id = 1 AND m.measure = d.measure AND m.pairs = d.pairs
                AND m.entropy_from IS NOT DISTINCT FROM d.entropy_from AND abs(m.difference - d.difference) < 1e-9
                AND abs(coalesce(m.low - d.low, 0)) < 1e-9
            """));
        Assert.Equal(near.Where(n => n.Run == 2).Average(n => n.Value) - near.Where(n => n.Run == 1).Average(n => n.Value), (double)Scalar(
            results, "SELECT difference FROM stratum_differences(2, 1) WHERE measure = 'total_variation' AND entropy_from IS NULL")!, 1e-9);
    }

    [Fact]
    public void Models_are_held_against_each_other_question_by_question()
    {
        using var results = Fresh();
        var (one, other) = (Fill(results, 1, noise: 0.5), Fill(results, 2, noise: 0.5, model: "other"));
        Fill(results, 1, noise: 0.5, prompted: "Germany");
        results.Score(options: s_options);
        var pairs = results.ReadForScoring(one).Zip(results.ReadForScoring(other)).ToList();
        var expected = pairs.Average(p => Similarity.Bits(ScalarOracle.DivergenceBits(p.First.Probs, p.Second.Probs)));
        using var query = results.Query("SELECT model, other_model, n, similarity_bits, low, high FROM model_similarity ORDER BY model");
        var rows = query.Rows.ToList();
        Assert.Equal([("other", "tiny"), ("tiny", "other")], rows.Select(r => ((string)r[0]!, (string)r[1]!)));
        foreach (var row in rows)
        {
            Assert.Equal((long)Questions, row[2]);
            Assert.Equal(expected, (double)row[3]!, 1e-9);
            Assert.InRange(expected, (double)row[4]!, (double)row[5]!);
        }
    }

    [Fact]
    public void Models_that_were_asked_in_several_orders_are_held_against_each_other_by_their_means()
    {
        using var results = Fresh();
        foreach (var (seed, model) in new[] { (1, "tiny"), (2, "other"), (3, "third") })
            Fill(results, seed, noise: 0.5, model: model, orders: model == "third" ? 1 : 3);
        Assert.Equal(0L, Scalar(results, """
            WITH pairs AS (
                SELECT a.run_id, b.run_id AS other_run_id, count(*) AS n, avg(similarity_bits(a.probs, b.probs)) AS bits
                FROM answers_wide AS a
                JOIN answers_wide AS b ON b.source_row = a.source_row AND b.run_id <> a.run_id
                GROUP BY a.run_id, b.run_id)
            SELECT count(*) FROM pairs AS p
            FULL JOIN model_similarity AS m ON m.one_run = p.run_id AND m.other_run = p.other_run_id
            WHERE m.n IS DISTINCT FROM p.n OR NOT coalesce(abs(m.similarity_bits - p.bits) < 1e-12, false)
            """));
        Assert.Equal(6L, Scalar(results, "SELECT count(*) FROM model_similarity"));
        // A mean over orders has the same last digit as the view of single options has.
        Assert.Equal(0L, Scalar(results, """
            WITH listed AS (
                SELECT run_id, source_row, option_index, list(prob ORDER BY order_index DESC) AS probs
                FROM orders_long GROUP BY run_id, source_row, option_index)
            SELECT count(*) FROM answers_long AS a
            ANTI JOIN listed AS l ON l.run_id = a.run_id AND l.source_row = a.source_row AND l.option_index = a.option_index
                AND scaled_mean(l.probs) = a.prob
            """));
    }

    [Fact]
    public void Refusals_are_calibrated_question_by_question()
    {
        using var results = Fresh();
        var run = Fill(results, 1, noise: 0.5);
        results.Score(options: s_options);
        var refusing = results.ReadForScoring(run).Where(q => q.SourceRow % 3 == 0).ToList();
        var human = s_questions.ToDictionary(q => q.SourceRow, q => q.Humans.FirstOrDefault(h => h.Country == "Kenya")?.Probabilities[^1]);
        var expected = 1 - refusing.Where(q => human[q.SourceRow] is not null)
            .Average(q => Math.Abs(q.Probs[^1] - human[q.SourceRow]!.Value));
        using var query = results.Query("SELECT calibration, low, high FROM refusals WHERE country = 'Kenya'");
        var row = Assert.Single(query.Rows);
        Assert.Equal(expected, (double)row[0]!, 1e-6);
        Assert.InRange(expected, (double)row[1]!, (double)row[2]!);
    }

    // Countries' means over what each question does to all of them, put back onto the mean of all pairs.
    static double Evenness(IReadOnlyList<Near> near)
    {
        var question = near.GroupBy(n => n.Row).ToDictionary(g => g.Key, g => g.Average(n => n.Value));
        var grand = near.Average(n => n.Value);
        double[] means = [.. near.GroupBy(n => n.Country).Select(g => grand + g.Average(n => n.Value - question[n.Row]))];
        var mean = means.Average();
        return 1 - Math.Sqrt(means.Average(m => (m - mean) * (m - mean))) / mean;
    }

    static List<Near> Nearness(ResultsFile results, string measure) => [.. results.Read<Near>(
        "SELECT run_id AS run, source_row AS row, country, nearness AS value, uniform_nearness AS uniform FROM nearness_long "
        + "WHERE measure = ? ORDER BY ALL", measure)];

    static int Fill(ResultsFile results, int seed, double noise, string model = "tiny", string wording = "faithful",
        string? prompted = null, Func<int, string>? toward = null, double share = 0, int orders = 1)
    {
        var surveyId = results.AddSurvey(Sample.Survey(), s_questions, s_countries);
        var run = results.BeginRun(Sample.Run(results.AddModel(Sample.Model(model)), surveyId) with
        {
            TemplateName = wording,
            TemplateSha256 = wording,
            Condition = prompted is null ? "default" : "cross-national",
            PromptedCountry = prompted,
            PromptedLabels = prompted is null ? [] : [prompted],
        }).RunId;
        results.Append(
            [.. s_questions.SelectMany(q => Enumerable.Range(0, orders).Select(first => Ordered(q.SourceRow, Answer(q), first)))], []);
        results.EndRun(run, new RunEnd("complete", 1, 10, 10));
        return run;

        // From the option on that is listed first, which is preferred a little.
        AnswerRow Ordered(int row, double[] probs, int first)
        {
            int[] options = [.. Enumerable.Range(0, probs.Length).Select(place => (first + place) % probs.Length)];
            double[] put = [.. options.Select((option, place) => probs[option] * (place == 0 && first > 0 ? 1.1 : 1))];
            return Sample.Answer(run, row, [.. put.Select(p => p / put.Sum())]) with { OrderIndex = first, Options = options };
        }

        double[] Answer(QuestionRow q)
        {
            var random = new Random(seed * 10_007 + q.SourceRow);
            var own = Normalised(q.Options.Count, _ => Math.Exp(random.NextDouble() * 4 * noise));
            return toward is null ? own : Normalised(q.Options.Count,
                k => share * People(q.SourceRow, toward(q.SourceRow))[k] + (1 - share) * own[k]);
        }
    }

    static Func<int, string> Only(string country) => _ => country;

    static double[] People(int row, string country)
    {
        var random = new Random(row * 101 + country[0] * 7 + country.Length);
        return Normalised(row % 3 == 0 ? 3 : 4, _ => Math.Exp(random.NextDouble() * 5));
    }

    static double[] Normalised(int count, Func<int, double> weight)
    {
        double[] weights = [.. Enumerable.Range(0, count).Select(weight)];
        return [.. weights.Select(w => w / weights.Sum())];
    }

    sealed record Near(int Run, int Row, string Country, double Value, double Uniform);
}
