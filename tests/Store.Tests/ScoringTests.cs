using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Resampling;
using LocalOpinions.Store.Output;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>What scoring stores, against the same computed another way.</summary>
public sealed class ScoringTests : StoreTest
{
    static readonly ScoreOptions s_quick = new() { Resamples = 400, Threads = 2 };

    static readonly CountryRow[] s_countries =
    [
        new("Britain", "United Kingdom", "GBR", "national", "Europe", "Northern Europe"),
        new("Great Britain", "United Kingdom", "GBR", "national", "Europe", "Northern Europe"),
        new("Kenya", "Kenya", "KEN", "national", "Africa", "Eastern Africa"),
        new("Ghana", "Ghana", "GHA", "national", "Africa", "Western Africa"),
        new("China (Non-national sample)", "China", "CHN", "non-national", "Asia", "Eastern Asia"),
    ];

    /// <summary>Pseudo-random answers; every country misses one question of seven.</summary>
    static QuestionRow[] Questions(int count) => [.. Enumerable.Range(0, count).Select(q => new QuestionRow(
        q, q % 3 == 0 ? "GAS" : "WVS", $"Question {q}?", [.. Enumerable.Range(0, 2 + q % 4).Select(o => $"{o}")],
        [.. s_countries.Where((_, c) => (q + c) % 7 != 0).Select(c => new HumanRow(c.Label, People(q, c.Label, 2 + q % 4)))])
    {
        Topics = q % 5 == 0 ? ["religion", "economy"] : ["economy"],
        Family = q - q % 2,
        Kinds = q % 4 == 3 ? ["unknown", "unknown", "unknown", "unknown", "refusal"] : [],
    })];

    // The people of Ghana answer much like those of Kenya, everybody else as they like.
    static double[] People(int question, string country, int count)
    {
        var own = Weights(question * 31 + Array.FindIndex(s_countries, c => c.Label == country), count);
        return country == "Ghana" ? [.. own.Zip(People(question, "Kenya", count), (o, k) => 0.2 * o + 0.8 * k)] : own;
    }

    static double[] Weights(int seed, int count)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.01).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }

    static int Fill(ResultsFile results, QuestionRow[] questions, int seed = 1000, Func<RunRow, RunRow>? change = null,
        string model = "tiny", int orders = 1)
    {
        var row = Sample.Run(results.AddModel(Sample.Model(model)), results.AddSurvey(Sample.Survey(), questions, s_countries));
        var run = results.BeginRun(change?.Invoke(row) ?? row).RunId;
        results.Append([.. questions.SelectMany(q => Enumerable.Range(0, orders).Select(order => Answer(run, q, order, seed)))], []);
        return run;
    }

    static AnswerRow Answer(int run, QuestionRow question, int order, int seed)
    {
        var n = question.Options.Count;
        var probs = Weights(seed + question.SourceRow * 7 + order, n);
        return new()
        {
            RunId = run,
            SourceRow = question.SourceRow,
            OrderIndex = order,
            LabelMass = 0.9,
            OffMenu = 0.1,
            TokenCount = 50,
            Boundary = "natural",
            Options = [.. Enumerable.Range(0, n).Select(i => (i + order) % n)],
            LogProbs = [.. probs.Select(p => Math.Log(0.9 * p))],
            Probs = probs,
        };
    }

    [Fact]
    public void A_survey_of_samples_that_stand_for_no_country_is_scored_without_means_over_countries()
    {
        using var results = Fresh();
        var questions = Questions(30).Select(q => q with
        {
            Humans = [
            .. q.Humans.Where(h => h.Country.EndsWith("(Non-national sample)", StringComparison.Ordinal))]
        }).ToArray();
        Fill(results, questions);
        Assert.Equal(questions.Sum(q => (long)q.Humans.Count), Assert.Single(results.Score(options: s_quick).Pairs.Values));
        Assert.Equal((0L, 1L), (Scalar(results, "SELECT count(*) FROM group_intervals"),
            Scalar(results, "SELECT count(*) FROM country_intervals")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_pair_is_compared_and_all_agree_with_the_textbook(int orders)
    {
        using var results = Fresh();
        var questions = Questions(60);
        var runs = Enumerable.Range(0, 40).Select(i => Fill(results, questions, 1000 + i, r => r with { Device = $"d{i}" }, orders: orders))
            .ToArray();
        var summary = results.Score(options: s_quick with { Resamples = 0 });
        var pairs = questions.Sum(q => (long)q.Humans.Count);
        Assert.Equal(runs, summary.Pairs.Keys);
        Assert.All(summary.Pairs.Values, count => Assert.Equal(pairs, count));
        foreach (var run in runs)
        {
            var expected = results.ReadForScoring(run).SelectMany(
                q => q.Humans.Select(h => (q.SourceRow, h.CountryId, Js: ScalarOracle.DivergenceBits(q.Probs, h.Probabilities)))).ToArray();
            using var query = results.Query(
                "SELECT source_row, country_id, js_bits FROM similarities WHERE run_id = ? ORDER BY source_row, country_id", run);
            var stored = query.Rows.ToArray();
            Assert.Equal(pairs, stored.Length);
            foreach (var (e, s) in expected.Zip(stored))
            {
                Assert.Equal([e.SourceRow, e.CountryId], s[..2]);
                Assert.Equal(e.Js, (double)s[2]!, 1e-7);
            }
        }
    }

    [Fact]
    public void Scoring_again_changes_nothing_and_leaves_other_runs_alone()
    {
        using var results = Fresh();
        var questions = Questions(30);
        var one = Fill(results, questions);
        var other = Fill(results, questions, 5, model: "other");
        results.Score(options: s_quick);
        var before = Content(results);
        results.Score([one], s_quick);
        Assert.Equal(before, Content(results));
        results.Score(options: s_quick with { Resamples = 0 });
        Assert.Equal(0L, Scalar(results, "SELECT (SELECT count(*) FROM country_intervals) + (SELECT count(*) FROM paired_differences)"));
        Assert.Equal(2L * questions.Sum(q => q.Humans.Count), Scalar(results, "SELECT count(*) FROM similarities"));
        Assert.Throws<ArgumentException>(() => results.Score([one, other, 99]));
    }

    [Fact]
    public void A_country_needs_as_many_questions_as_were_chosen_for_the_run()
    {
        using var results = Fresh();
        var questions = Questions(30);
        var one = Fill(results, questions);
        var other = Fill(results, questions, 5, model: "other");
        results.Score(options: s_quick);
        var most = Convert.ToInt32(Scalar(results, "SELECT max(n) FROM adjusted_similarity"));
        var before = Content(results);
        Assert.True(Ranked(one) > 0 && Ranked(one) == Ranked(other));

        results.Score([one], s_quick with { FewestQuestions = most });
        Assert.InRange(Ranked(one), 1, Ranked(other));
        results.Score([one], s_quick with { FewestQuestions = most + 1 });
        Assert.Equal(0, Ranked(one));
        Assert.Equal(most + 1, Scalar(results, "SELECT thin_below FROM thin_limits WHERE run_id = ?", one));
        Assert.Equal(10, Scalar(results, "SELECT thin_below FROM thin_limits WHERE run_id = ?", other));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM country_similarity WHERE ranked AND run_id = ?", one));
        Assert.True(Ranked(other) > 0);

        // It stays with the run, and 0 takes it back.
        results.Score(options: s_quick);
        Assert.Equal(0, Ranked(one));
        results.Score([one], s_quick with { FewestQuestions = 0 });
        Assert.Equal(before, Content(results));

        long Ranked(int run) => (long)Scalar(results, "SELECT count(rank) FROM country_adjusted WHERE run_id = ?", run)!;
    }

    [Fact]
    public void Intervals_are_those_of_the_bootstrap_by_families()
    {
        using var results = Fresh();
        var questions = Questions(80);
        var run = Fill(results, questions);
        results.Score(options: s_quick);
        var kenya = results.ReadForScoring(run).Select(
            q => q.Humans.Where(h => h.Country == "Kenya")
            .Select(h => Similarity.Bits(ScalarOracle.DivergenceBits(q.Probs, h.Probabilities))).FirstOrDefault(double.NaN)).ToArray();
        var alone = Bootstrap.Run(kenya, 1, [.. questions.Select(q => q.Family!.Value)], 4000, 1);
        using var query = results.Query("SELECT n, families, low, similarity_bits, high, rank_low, rank, rank_high, bca_low, bca_high "
            + "FROM country_similarity WHERE country = 'Kenya'");
        var row = Assert.Single(query.Rows);
        Assert.Equal([(long)kenya.Count(k => !double.IsNaN(k)), 40], row[..2]);
        // Other draws, so as near as two samples of the same distribution come: a twentieth of the width.
        var (low, mean, high) = ((double)row[2]!, (double)row[3]!, (double)row[4]!);
        Assert.Equal(alone.Estimate(0), mean, 1e-7);
        Assert.Equal(alone.Percentile(0).Low, low, (high - low) / 8);
        Assert.Equal(alone.Percentile(0).High, high, (high - low) / 8);
        Assert.InRange(mean, low, high);
        Assert.InRange(mean, (double)row[8]!, (double)row[9]!);
        Assert.InRange((long)row[6]!, (long)(int)row[5]!, (long)(int)row[7]!);
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM country_similarity WHERE ranked IS DISTINCT FROM (rank IS NOT NULL) OR "
            + "ranked IS DISTINCT FROM (rank_low IS NOT NULL)"));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM country_similarity AS s JOIN country_intervals AS i USING (run_id, "
            + "country_id) WHERE s.rank IS DISTINCT FROM i.rank OR s.n <> i.n"));
        Assert.Equal([null, null], Row(results, "SELECT rank, rank_low FROM country_similarity WHERE country LIKE 'China%'"));
    }

    [Theory]
    [InlineData("Britain", new[] { "Kenya", "Ghana" })]
    [InlineData("Ghana", new[] { "Britain", "Great Britain", "Kenya" })]
    public void Human_lines_are_those_computed_by_hand(string country, string[] others)
    {
        using var results = Fresh();
        var questions = Questions(70);
        var run = Fill(results, questions);
        results.Score(options: s_quick with { Resamples = 0 });
        var asked = questions.Where(q => q.Humans.Any(h => h.Country == country))
            .Select(q => q.Humans.ToDictionary(h => h.Country, h => h.Probabilities)).ToList();
        List<double> world = [], average = [];
        foreach (var humans in asked)
        {
            var present = others.Where(humans.ContainsKey).Select(o => humans[o]).ToList();
            if (present.Count == 0)
                continue;
            var mean = humans[country].Select((_, k) => present.Average(p => p[k])).ToArray();
            world.Add(Bits(mean, humans[country]));
            average.Add(present.Average(p => Bits(p, humans[country])));
        }

        var common = others.ToDictionary(o => o, o => asked.Where(h => h.ContainsKey(o)).Select(h => Bits(h[o], h[country])).ToList());
        var nearest = common.MaxBy(c => c.Value.Average());
        var farthest = common.MinBy(c => c.Value.Average());
        using var query = results.Query("SELECT others_n, world_mean_bits, average_other_bits, nearest_country, nearest_n, nearest_bits, "
            + "farthest_country, farthest_n, farthest_bits FROM human_lines WHERE country = ?", country);
        var row = Assert.Single(query.Rows);
        Assert.Equal([world.Count, nearest.Key, nearest.Value.Count, farthest.Key, farthest.Value.Count],
            [row[0], row[3], row[4], row[6], row[7]]);
        Assert.Equal(world.Average(), (double)row[1]!, 1e-7);
        Assert.Equal(average.Average(), (double)row[2]!, 1e-7);
        Assert.Equal(nearest.Value.Average(), (double)row[5]!, 1e-7);
        Assert.Equal(farthest.Value.Average(), (double)row[8]!, 1e-7);

        // Skill compares all three over the questions that the country and its nearest share.
        var shared = results.ReadForScoring(run).Where(
            q => q.Humans.Any(h => h.Country == country) && q.Humans.Any(h => h.Country == nearest.Key)).ToList();
        double Mean(Func<ScoringQuestion, double[]> answerer) =>
            shared.Average(q => Bits(answerer(q), q.Humans.Single(h => h.Country == country).Probabilities));
        var uniform = Mean(q => [.. q.Probs.Select(_ => 1.0 / q.Probs.Length)]);
        var room = nearest.Value.Average() - uniform;
        var skill = Scalar(results, "SELECT skill FROM country_similarity WHERE country = ?", country);
        Assert.Equal(country == "Ghana", room > 0.001);
        if (room > 0.001)
            Assert.Equal((Mean(q => q.Probs) - uniform) / room, (double)skill!, 1e-4);
        else
            Assert.Null(skill);
    }

    [Fact]
    public void Groups_count_each_question_once()
    {
        using var results = Fresh();
        var questions = Questions(50);
        var run = Fill(results, questions);
        results.Score(options: s_quick);
        var scored = results.ReadForScoring(run).ToDictionary(q => q.SourceRow);
        double Expected(Func<QuestionRow, bool> isIn, params string[] countries) => questions.Where(isIn)
            .Select(q => scored[q.SourceRow].Humans.Where(h => countries.Contains(h.Country))
                .Select(h => Bits(scored[q.SourceRow].Probs, h.Probabilities)).DefaultIfEmpty(double.NaN).Average())
            .Where(m => !double.IsNaN(m)).Average();
        string[] national = [.. s_countries.Take(4).Select(c => c.Label)];
        Assert.Equal(Expected(_ => true, "Kenya", "Ghana"),
            (double)Scalar(results, "SELECT similarity_bits FROM region_similarity WHERE region = 'Africa'")!, 1e-7);
        Assert.Equal(Expected(q => q.Topics.Contains("religion"), national),
            (double)Scalar(results, "SELECT similarity_bits FROM topic_similarity WHERE topic = 'religion'")!, 1e-7);
        Assert.Equal(Expected(q => q.Source == "WVS", national),
            (double)Scalar(results, "SELECT similarity_bits FROM source_similarity WHERE source = 'WVS'")!, 1e-7);
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM group_intervals WHERE NOT (mean_bits BETWEEN low_bits AND high_bits)"));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM region_similarity WHERE region = 'Asia'"));
        Assert.Equal(10L, Scalar(results, "SELECT n FROM topic_similarity WHERE topic = 'religion'") is int n ? (long)n : -1);
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM (SELECT country, sum(n) AS n FROM source_country_similarity GROUP BY ALL) "
            + "AS s JOIN country_similarity AS c USING (country) WHERE c.n <> s.n"));
    }

    [Fact]
    public void Two_models_are_compared_by_question_and_both_ways()
    {
        using var results = Fresh();
        var questions = Questions(60);
        var (one, other) = (Fill(results, questions, 1000), Fill(results, questions, 77, model: "other"));
        Fill(results, questions, 9, r => r with { Ending = "space" }, model: "asked otherwise");
        Assert.Equal(1, results.Score(options: s_quick).Comparisons);
        var row = Row(results, "SELECT difference_bits, low, high, p, p_holm, n FROM model_differences WHERE run_id = ? AND other_run_id "
            + "= ? AND country = 'Ghana'", one, other);
        var expected = (double)Scalar(results,
            "SELECT avg(a.similarity_bits - b.similarity_bits) FROM similarities_long AS a JOIN similarities_long AS b USING (source_row, "
                + "country) WHERE a.run_id = ? AND b.run_id = ? AND country = 'Ghana'", one, other)!;
        Assert.Equal(expected, (double)row[0]!, 1e-12);
        Assert.InRange((double)row[0]!, (double)row[1]!, (double)row[2]!);
        Assert.True((double)row[4]! >= (double)row[3]!);
        var back = Row(
            results, "SELECT difference_bits, low, high FROM model_differences WHERE run_id = ? AND other_run_id = ? AND country = 'Ghana'",
            other, one);
        Assert.Equal([-(double)row[0]!, -(double)row[2]!, -(double)row[1]!], back);
        Assert.Equal(2L, Scalar(results, "SELECT count(*) FROM model_differences WHERE country IS NULL"));
    }

    [Fact]
    public void Naming_a_country_is_compared_with_not_naming_it()
    {
        using var results = Fresh();
        var questions = Questions(60);
        var plain = Fill(results, questions);
        var kenya = Fill(results, questions, 500, r => Sample.Named(r, "Kenya") with { TemplateSha256 = "k" });
        var control = Fill(results, questions, 600, r => r with { Control = "options-only" });
        Assert.Equal(2, results.Score(options: s_quick).Comparisons);
        using var query = results.Query("SELECT country, difference_bits, is_prompted, more_than_others_bits FROM condition_differences "
            + "WHERE run_id = ? AND default_run_id = ? ORDER BY country", kenya, plain);
        var rows = query.Rows.ToDictionary(r => (string?)r[0] ?? "", r => r[1..]);
        Assert.Equal([true, false, false], [rows["Kenya"][1], rows["Ghana"][1], rows["Britain"][1]]);
        // The same from single similarities: question by question, on the questions that Kenya and another country share.
        var beyond = Scalar(results,
            """
            WITH changes AS (
                SELECT a.source_row, c.label, c.sample_kind, sqrt(b.js_bits) - sqrt(a.js_bits) AS change
                FROM similarities AS a
                JOIN similarities AS b ON b.run_id = ? AND b.source_row = a.source_row AND b.country_id = a.country_id
                JOIN countries AS c ON c.country_id = a.country_id WHERE a.run_id = ?)
            SELECT avg(k.change - o.change) FROM (SELECT * FROM changes WHERE label = 'Kenya') AS k
            JOIN (SELECT source_row, avg(change) AS change FROM changes WHERE label <> 'Kenya' AND sample_kind <> 'non-national'
                  GROUP BY source_row) AS o USING (source_row)
            """, plain, kenya);
        Assert.Equal((double)beyond!, (double)rows["Kenya"][2]!, 1e-9);
        Assert.Equal("options-only", Scalar(results, "SELECT any_value(control) FROM condition_differences WHERE run_id = ?", control));
    }

    [Fact]
    public void Too_many_comparisons_are_counted_not_made()
    {
        using var results = Fresh();
        var questions = Questions(12);
        for (var i = 0; i < 5; i++)
            Fill(results, questions, i, model: $"m{i}");
        var summary = results.Score(options: s_quick with { MostComparisons = 4 });
        Assert.Equal((4, 6), (summary.Comparisons, summary.SkippedComparisons));
        Assert.Equal(4L, Scalar(results, "SELECT count(DISTINCT (run_id, other_run_id)) FROM paired_differences"));
    }

    [Fact]
    public void Refusals_and_the_oddest_answers_are_those_counted_by_hand()
    {
        using var results = Fresh();
        var questions = Questions(40);
        var run = Fill(results, questions, orders: 2);
        results.Score(options: s_quick with { Resamples = 0 });
        var refusing = results.ReadForScoring(run).Where(q => q.SourceRow % 4 == 3 && q.Humans.Any(h => h.Country == "Kenya")).ToList();
        var row = Row(results, "SELECT n, model_refusal, human_refusal FROM refusals WHERE country = 'Kenya'");
        Assert.Equal((long)refusing.Count, row[0]);
        Assert.Equal(refusing.Average(q => q.Probs[4]), (double)row[1]!, 1e-12);
        Assert.Equal(refusing.Average(q => q.Humans.Single(h => h.Country == "Kenya").Probabilities[4]), (double)row[2]!, 1e-12);

        var odd = results.ReadForScoring(run).Where(q => q.Humans.Count > 0)
            .Select(q => (q.SourceRow, Nearest: q.Humans.Max(h => Bits(q.Probs, h.Probabilities)),
                Country: q.Humans.MaxBy(h => Bits(q.Probs, h.Probabilities))!.Country)).MinBy(q => q.Nearest);
        row = Row(results, "SELECT source_row, nearest_country, nearest_bits FROM unlike_everybody ORDER BY nearest_bits LIMIT 1");
        Assert.Equal([odd.SourceRow, odd.Country], row[..2]);
        Assert.Equal(odd.Nearest, (double)row[2]!, 1e-7);
        Assert.Equal([40L, 0.1, 0L, 80L], Row(results,
            "SELECT questions, round(mean_off_menu, 12), forced_boundaries, prompts FROM off_menu_overview"));
    }

    [Fact]
    public void Wide_answers_are_long_ones_in_lists()
    {
        using var results = Fresh();
        var questions = Questions(20);
        Fill(results, questions, orders: 2);
        Assert.Equal(0L, Scalar(results,
            "SELECT count(*) FROM answers_wide AS w JOIN answers_long AS l USING (run_id, source_row) WHERE w.probs[l.option_index + 1] "
                + "<> l.prob OR w.options[l.option_index + 1] <> l.option_text"));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM answers_wide WHERE abs(entropy_norm - entropy_norm(probs)) > 1e-12 OR "
            + "top_prob <> list_max(probs) OR options[list_position(probs, top_prob)] <> top_option"));
        Assert.Equal(20L, Scalar(results, "SELECT count(*) FROM answers_wide"));
    }

    static double Bits(double[] p, double[] q) => Similarity.Bits(ScalarOracle.DivergenceBits(p, q));

    static object?[] Row(ResultsFile results, string sql, params object?[] values)
    {
        using var query = results.Query(sql, values);
        return Assert.Single(query.Rows);
    }

    static string Content(ResultsFile results)
    {
        using var text = new StringWriter();
        foreach (var table in new[] { "similarities", "country_intervals", "group_intervals", "country_lines", "paired_differences" })
        {
            using var query = results.QueryText($"SELECT * FROM {table} ORDER BY ALL");
            CsvOutput.Write(query, text);
        }

        return text.ToString();
    }
}
