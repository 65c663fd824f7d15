using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Rows;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Store.Tests;

/// <summary>Measures that are stored where scoring is asked for them.</summary>
public sealed class MeasureTests : StoreTest
{
    const string Values = "SELECT run_id, measure, source_row, country_id, value FROM measure_values ORDER BY ALL";

    static readonly ScoreOptions s_none = new() { Resamples = 0, Threads = 2 };
    static readonly ScoreOptions s_all = s_none with { Measures = Measure.OnRequest };

    // Questions 0 to 3 are scales for the Wasserstein distance, in whatever order their options stand; 4 to 8 are none.
    static readonly QuestionRow[] s_questions =
    [
        Question(0, ["ordered", "ordered", "ordered"], [1, 2, 3]),
        Question(1, ["ordered", "ordered", "ordered", "ordered"], [4, 1, 3, 2]),
        Question(2, ["ordered", "refusal", "ordered", "ordered", "refusal"], [1, null, 2, 5, null]),
        Question(3, ["ordered", "ordered"], [7, 0.5]),
        Question(4, ["nominal", "nominal", "nominal"], []),
        Question(5, ["unknown", "unknown", "refusal"], []),
        Question(6, ["ordered", "ordered", "total"], [1, 2, null]),
        Question(7, ["ordered", "refusal"], [1, null]),
        Question(8, ["ordered", "ordered", "ordered"], [1, 2, 2]),
        Question(9, ["ordered", "ordered"], [1, 1]),
        Question(10, ["ordered", "refusal", "ordered", "ordered", "ordered"], [2, null, 1, 2, 3]),
    ];

    /// <summary>The options at each point of each scale, and where it is.</summary>
    static readonly Dictionary<int, (int[][] Points, double[] Places)> s_scales = new()
    {
        [0] = ([[0], [1], [2]], [1, 2, 3]),
        [1] = ([[1], [3], [2], [0]], [1, 2, 3, 4]),
        [2] = ([[0], [2], [3]], [1, 2, 5]),
        [3] = ([[1], [0]], [0.5, 7]),
        [8] = ([[0], [1, 2]], [1, 2]),
        [10] = ([[2], [0, 3], [4]], [1, 2, 3]),
    };

    [Theory]
    [InlineData("keep")]
    [InlineData("separate")]
    public void Every_value_is_that_of_the_textbook_over_the_compared_options(string refusals)
    {
        using var results = Fresh();
        var runs = new[] { Fill(results, 5, refusals), Fill(results, 6, refusals, "other") };
        var summary = results.Score(options: s_all);
        var expected = runs.SelectMany(run => Expected(results, run, probs => probs)).ToList();
        using var query = results.Query(Values);
        var stored = query.Rows.ToList();
        Assert.Equal(expected.Select(e => e.Key), stored.Select(r => ((int)r[0]!, (string)r[1]!, (int)r[2]!, (int)r[3]!)));
        foreach (var (e, s) in expected.Zip(stored))
            Assert.Equal(e.Value, (double)s[4]!, 1e-6);
        foreach (var run in runs)
            Assert.Equal(expected.Where(e => e.Key.Run == run).GroupBy(e => e.Key.Measure).ToDictionary(g => g.Key, g => (long)g.Count()),
                summary.Measured[run]);
        Assert.Equal(s_scales.Keys, expected.Where(e => e.Key.Measure == "wasserstein").Select(e => e.Key.Row).Distinct());
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("separate")]
    public void Means_by_country_and_the_uniform_answerers_are_those_of_the_values(string refusals)
    {
        using var results = Fresh();
        var run = Fill(results, 5, refusals);
        results.Score(options: s_all);
        var values = Expected(results, run, probs => probs).GroupBy(e => (e.Key.Country, e.Key.Measure)).ToList();
        var uniform = Expected(results, run, probs => [.. probs.Select(p => p > 0 ? 1.0 : 0)])
            .ToLookup(e => (e.Key.Country, e.Key.Measure), e => e.Value);
        using var query = results.Query("SELECT country_id, measure, n, mean, uniform_mean, more_is_nearer, ranked FROM country_measures "
            + "ORDER BY ALL");
        var rows = query.Rows.ToDictionary(r => ((int)r[0]!, (string)r[1]!), r => r[2..]);
        Assert.Equal(values.Count, rows.Count);
        foreach (var group in values)
        {
            var row = rows[group.Key];
            Assert.Equal([(long)group.Count(), group.Key.Measure is "top_agreement" or "rank_order", false], [row[0], row[3], row[4]]);
            Assert.Equal(group.Average(e => e.Value), (double)row[1]!, 1e-6);
            Assert.Equal(uniform[group.Key].Average(), (double)row[2]!, 1e-6);
        }

        Assert.Equal([(long)values.Sum(g => g.Count()), 0L, "Question 2?"], Row(results, """
            SELECT count(*), count(*) FILTER (WHERE uniform_value IS NULL OR model <> 'tiny'),
                   any_value(question) FILTER (WHERE source_row = 2) FROM measures_long
            """));
    }

    [Fact]
    public void A_refusal_takes_no_part_in_a_distance_along_a_scale()
    {
        using var results = Fresh();
        var question = Question(0, ["ordered", "refusal", "ordered", "ordered"], [1, null, 2, 3]) with
        {
            Humans = [new("Britain", [0.1, 0.8, 0, 0.1]), new("Germany", [0, 1, 0, 0])],
        };
        var run = Begin(results, [question], "keep");
        results.Append([Sample.Answer(run, 0, [0.4, 0.6, 0, 0])], []);
        results.Score(options: s_none with { Measures = [Measure.Wasserstein, Measure.TotalVariation] });
        // All of those who answer stand at one end, of the people half at each; who only refuses stands nowhere.
        using var query = results.Query("SELECT measure, country, round(value, 6) FROM measures_long ORDER BY ALL");
        Assert.Equal(["total_variation|Britain|0.3", "total_variation|Germany|0.4", "wasserstein|Britain|0.5"],
            query.Rows.Select(r => FormattableString.Invariant($"{r[0]}|{r[1]}|{r[2]}")));
        // A third at each point against a half at each end: a sixth over each of the two steps.
        Assert.Equal(1.0 / 6, (double)Scalar(results, "SELECT uniform_value FROM measures_long WHERE measure = 'wasserstein'")!, 1e-6);
    }

    // OpinionQA's own case: the third option stands half way between the first two.
    [Fact]
    public void A_distance_along_a_scale_goes_by_the_values_and_not_by_the_list()
    {
        using var results = Fresh();
        var question = Question(0, ["ordered", "ordered", "ordered"], [1, 2, 1.5]) with { Humans = [new("Britain", [0, 0, 1])] };
        var uneven = Question(1, ["ordered", "ordered", "ordered"], [1, 2, 5]) with { Humans = [new("Britain", [0, 1, 0])] };
        var run = Begin(results, [question, uneven], "keep");
        results.Append([Sample.Answer(run, 0, [0, 1, 0]), Sample.Answer(run, 1, [0, 0, 1])], []);
        results.Score(options: s_none with { Measures = [Measure.Wasserstein] });
        Assert.Equal([0.5, 0.75], results.ReadValues<double>("SELECT round(value, 6) FROM measures_long ORDER BY source_row"));
        Assert.Equal(0.375, (double)Scalar(results, "SELECT representativeness FROM representativeness")!, 1e-6);
    }

    [Fact]
    public void Nothing_is_stored_unasked_and_each_scoring_takes_the_place_of_the_one_before()
    {
        using var results = Fresh();
        var (one, other) = (Fill(results, 5, "keep"), Fill(results, 6, "keep", "other"));
        Assert.All(results.Score(options: s_none).Measured.Values, Assert.Empty);
        Assert.Equal([0L, 0L], Row(results, "SELECT (SELECT count(*) FROM measure_values), (SELECT count(*) FROM uniform_measure_values)"));
        var similarities = Texts(results, "FROM similarities ORDER BY ALL");

        results.Score(options: s_all);
        var values = Texts(results, Values);
        results.Score([one], s_all with { Measures = [.. s_all.Measures, .. s_all.Measures] });
        Assert.Equal(values, Texts(results, Values));
        Assert.Equal(similarities, Texts(results, "FROM similarities ORDER BY ALL"));

        results.Score([one], s_none with { Measures = [Measure.Hellinger] });
        const string Measures = "SELECT string_agg(DISTINCT measure, ' ' ORDER BY measure) FROM measure_values WHERE run_id = ?";
        Assert.Equal("hellinger", Scalar(results, Measures, one));
        Assert.Equal("hellinger rank_order top_agreement total_variation wasserstein", Scalar(results, Measures, other));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM measures_long WHERE uniform_value IS NULL"));
        results.Score([one], s_none);
        Assert.Null(Scalar(results, Measures, one));
    }

    [Fact]
    public void The_file_lists_every_measure_as_the_program_has_it()
    {
        using var results = Fresh();
        using var query = results.Query("SELECT measure, title, unit, more_is_nearer, needs_order, description, stored_in FROM measures");
        Assert.Equal(Measure.All.Select(m => new object?[] { m.Name, m.Title, m.Unit, m.MoreIsNearer, m.NeedsOrder, m.Description,
            m == Measure.JensenShannon ? "similarities" : "measure_values" }), query.Rows.ToList());
    }

    [Fact]
    public void A_file_of_version_two_gets_the_tables_and_keeps_its_similarities()
    {
        var two = SchemaDefinition.Current with
        {
            Version = 2,
            Tables = SchemaDefinition.Current.Tables + "DROP TABLE measure_values; DROP TABLE uniform_measure_values;",
            Views = "CREATE VIEW of_then AS SELECT js_bits FROM similarities;",
        };
        ResultsFile.Open(File(), null, two).Dispose();
        using (var early = Database.Open(File(), readOnly: false, StoreOptions.Default))
        using (var connection = early.Connect())
        {
            Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE '%measure%'"));
            connection.Execute("INSERT INTO similarities VALUES (1, 2, 3, 0.25)");
        }

        // Nothing but tables came: it can be read as it is, and through the views of now.
        using (var unchanged = ResultsFile.OpenReadOnly(File()))
        {
            Assert.Equal([0.25, 2], Row(unchanged, "SELECT js_bits, (SELECT schema_version FROM meta) FROM of_then"));
            Assert.Equal(0L, Scalar(unchanged, "SELECT count(*) FROM measures_long"));
        }

        using var results = ResultsFile.Open(File());
        Assert.Equal([1, 2, 3, 0.25], Row(results, "FROM similarities"));
        const string Columns = "SELECT table_name, column_name, column_index, data_type, is_nullable, comment FROM duckdb_columns() WHERE "
            + "NOT internal AND schema_name = 'main' ORDER BY ALL";
        using var fresh = ResultsFile.Open(File("new.duckdb"));
        Assert.Equal(Texts(fresh, Columns), Texts(results, Columns));
        const string Comments = "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL";
        Assert.Equal(Texts(fresh, Comments), Texts(results, Comments));
    }

    [Fact]
    public void Merging_drops_the_values_of_runs_that_gained_answers_and_keeps_others()
    {
        using (var part = ResultsFile.Open(File("part.duckdb")))
            Fill(part, 5, "keep", rows: 4..);
        using var results = Fresh();
        var (gains, stays) = (Fill(results, 5, "keep", rows: ..4), Fill(results, 6, "keep", "other"));
        results.Score(options: s_all);
        var before = Texts(results, $"FROM measure_values WHERE run_id = {stays} ORDER BY ALL");
        results.Merge([File("part.duckdb")]);
        Assert.Equal(before, Texts(results, "FROM measure_values ORDER BY ALL"));
        Assert.NotEmpty(before);
        Assert.Equal(s_questions.Length, (int)(long)Scalar(results, "SELECT count(*) FROM answers WHERE run_id = ?", gains)!);
    }

    static QuestionRow Question(int row, string[] kinds, double?[] scale) => new(
        row, "s", $"Question {row}?", [.. kinds.Select((_, i) => $"{i}")],
        [.. Sample.Countries.Where((_, c) => (row + c) % 4 != 0)
            .Select(c => new HumanRow(c.Label, Shares(row * 31 + c.Label.Length, kinds.Length)))])
    { Kinds = kinds, ScaleValues = scale };

    static int Fill(ResultsFile results, int seed, string refusals, string model = "tiny", Range? rows = null)
    {
        var run = Begin(results, s_questions, refusals, model);
        results.Append([.. s_questions[rows ?? ..].Select(q =>
            Sample.Answer(run, q.SourceRow, Shares(seed * 1000 + q.SourceRow, q.Options.Count)))], []);
        results.EndRun(run, new RunEnd("complete", 1, 10, 10));
        return run;
    }

    static int Begin(ResultsFile results, QuestionRow[] questions, string refusals, string model = "tiny") => results.BeginRun(Sample.Run(
        results.AddModel(Sample.Model(model)),
        results.AddSurvey(Sample.Survey() with { Refusals = refusals }, questions, Sample.Countries))).RunId;

    static double[] Shares(int seed, int count)
    {
        var random = new Random(seed);
        var weights = Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.01).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }

    /// <summary>All values of a run in the order of <see cref="Values"/>, of the model's answers or of what they are replaced by.</summary>
    static IEnumerable<((int Run, string Measure, int Row, int Country) Key, double Value)> Expected(ResultsFile results, int run,
        Func<double[], double[]> answer)
    {
        foreach (var measure in Measure.OnRequest.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            foreach (var question in results.ReadForScoring(run))
            {
                var places = measure.NeedsOrder ? s_scales.GetValueOrDefault(question.SourceRow).Places ?? [] : [];
                int[][] points = measure.NeedsOrder ? s_scales.GetValueOrDefault(question.SourceRow).Points ?? []
                    : [.. Enumerable.Range(0, question.Probs.Length).Select(i => new[] { i })];
                if (points.Length == 0)
                    continue;
                foreach (var human in question.Humans)
                    yield return ((run, measure.Name, question.SourceRow, human.CountryId),
                        Textbook(measure.Name, Pick(answer(question.Probs), points), Pick(human.Probabilities, points), places));
            }
        }
    }

    static double[] Pick(double[] shares, int[][] points) => [.. points.Select(p => p.Sum(i => shares[i]))];

    static double Textbook(string measure, double[] p, double[] q, double[] places) => measure switch
    {
        "total_variation" => ScalarOracle.TotalVariation(p, q),
        "hellinger" => ScalarOracle.Hellinger(p, q),
        "wasserstein" => ScalarOracle.Wasserstein(p, q, places),
        "rank_order" => ScalarOracle.RankOrder(p, q),
        _ => ScalarOracle.TopAgreement(p, q),
    };

    static object?[] Row(ResultsFile results, string sql)
    {
        using var query = results.Query(sql);
        return Assert.Single(query.Rows);
    }
}
