using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>A question put in several orders of its options has one distribution: the mean over the orders.</summary>
public sealed class OrderTests : StoreTest
{
    // By option, order 0 says (0.5, 0.3, 0.2), order 1 (0.4, 0.4, 0.2), order 2 (0.1, 0.2, 0.7).
    static readonly (int[] Options, double[] Probs, double LabelMass, string Boundary)[] s_orders =
    [
        ([0, 1, 2], [0.5, 0.3, 0.2], 0.8, "natural"),
        ([1, 2, 0], [0.4, 0.2, 0.4], 0.6, "forced"),
        ([2, 0, 1], [0.7, 0.1, 0.2], 1.0, "natural"),
    ];

    [Fact]
    public void Every_view_and_the_scoring_give_the_mean_computed_by_hand()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        results.Append(Orders(run, 1), []);

        var scored = Assert.Single(results.ReadForScoring(run));
        Near([1.0 / 3, 0.3, 1.1 / 3], scored.Probs);
        Assert.Equal(2, scored.Humans.Count);
        using var query = results.Query(
            "SELECT prob, exp(log_prob), label_mass, off_menu, boundary, orders FROM answers_long ORDER BY option_index");
        var rows = query.Rows.ToArray();
        Near([1.0 / 3, 0.3, 1.1 / 3], rows.Select(r => (double)r[0]!));
        // Under the full vocabulary: (0.5 * 0.8 + 0.4 * 0.6 + 0.1 * 1) / 3, and so on.
        Near([0.74 / 3, 0.68 / 3, 0.98 / 3], rows.Select(r => (double)r[1]!));
        Assert.All(rows, r => Near([0.8, 0.2], [(double)r[2]!, (double)r[3]!]));
        Assert.All(rows, r => Assert.Equal(["forced", 3L], r[4..]));

        var info = Assert.Single(results.Runs());
        Assert.Equal((1L, 3L, 1L), (info.Answered, info.Answers, info.ForcedBoundaries));
        Near([0.8, 0.2], [info.MeanLabelMass!.Value, info.MeanOffMenu!.Value]);
    }

    [Fact]
    public void Means_are_over_questions_not_over_prompts()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        results.Append([.. Orders(run, 1), Orders(run, 2)[1]], []);
        var info = Assert.Single(results.Runs());
        Assert.Equal((2L, 4L, 2L), (info.Answered, info.Answers, info.ForcedBoundaries));
        Near([0.7, 0.3], [info.MeanLabelMass!.Value, info.MeanOffMenu!.Value]);
    }

    [Fact]
    public void Single_orders_are_to_be_seen_by_position_and_letter()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        results.Append(Orders(run, 1), []);
        using var query = results.Query("SELECT order_index, position, label, option_index, option_text, prob, label_mass, token_count, "
            + "run_id FROM orders_long WHERE order_index = 1 ORDER BY position");
        Assert.Equal(
            [[1, 0, "A", 1, "No", 0.4, 0.6, 60, run], [1, 1, "B", 2, "DK/Refused", 0.2, 0.6, 60, run],
                [1, 2, "C", 0, "Yes", 0.4, 0.6, 60, run]], query.Rows);
        Assert.Equal(9L, Scalar(results, "SELECT count(*) FROM orders_long"));
    }

    [Fact]
    public void One_order_comes_back_to_the_last_bit_and_the_order_of_storing_does_not_matter()
    {
        using var results = Fresh();
        var one = Sample.Begin(results, 40);
        results.Append(Sample.Answers(one, Sample.Questions(40)), []);
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM answers_long AS a JOIN orders_long AS o USING (run_id, source_row, "
            + "option_index) WHERE a.prob <> o.prob OR a.log_prob <> o.log_prob OR a.off_menu <> o.off_menu OR a.label_mass <> "
            + "o.label_mass"));
        Assert.Equal(Sample.Answer(one, Sample.Questions(40)[7]).Probs, results.ReadForScoring(one).Single(q => q.SourceRow == 7).Probs);

        var (forth, back) = (Begin(results, "forth"), Begin(results, "back"));
        results.Append(Sample.Answers(forth, Sample.Questions(40), 7), []);
        foreach (var answer in Sample.Answers(back, Sample.Questions(40), 7).Reverse())
            results.Append([answer], []);
        Assert.Equal(0L, Scalar(results,
            "SELECT count(*) FROM answers_long AS a JOIN answers_long AS b USING (source_row, option_index) WHERE a.run_id = ? AND "
                + "b.run_id = ? AND (a.prob <> b.prob OR a.log_prob <> b.log_prob OR a.off_menu <> b.off_menu)", forth, back));
    }

    [Fact]
    public void Probabilities_too_small_for_exp_are_averaged_all_the_same()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        results.Append(
            [new()
            {
                RunId = run,
                SourceRow = 0,
                OrderIndex = 0,
                LabelMass = 1,
                OffMenu = 0,
                TokenCount = 1,
                Boundary = "natural",
                Options = [0, 1],
                LogProbs = [-2000, double.NegativeInfinity],
                Probs = [1, 0],
            },
                new()
                {
                    RunId = run,
                    SourceRow = 0,
                    OrderIndex = 1,
                    LabelMass = 1,
                    OffMenu = 0,
                    TokenCount = 1,
                    Boundary = "natural",
                    Options = [1, 0],
                    LogProbs = [double.NegativeInfinity, -2001],
                    Probs = [0, 1],
                }], []);
        using var query = results.Query("SELECT prob, log_prob FROM answers_long ORDER BY option_index");
        var rows = query.Rows.ToArray();
        Assert.Equal(-2000 + Math.Log((1 + Math.Exp(-1)) / 2), (double)rows[0][1]!, 1e-12);
        Assert.Equal([0.0, double.NegativeInfinity], rows[1]);
    }

    [Fact]
    public void Stored_answers_of_given_prompts_come_back_as_they_went_in()
    {
        using var results = Fresh();
        var (run, other) = (Sample.Begin(results, 10), Begin(results, "other", 10));
        var questions = Sample.Questions(10);
        results.Append([.. Sample.Answers(run, questions, 4),
            .. Sample.Answers(other, questions.Take(5), 4).Select(a => a with { TokenCount = 1 })], []);
        var read = results.ReadAnswers(run, [(9, 3), (2, 0), (2, 11), (9, 3), (5, 1), (99, 0)]).ToArray();
        AnswerRow[] expected = [Sample.Answer(run, questions[2], 0), Sample.Answer(run, questions[5], 1),
            Sample.Answer(run, questions[9], 3)];
        Assert.Equal(expected.Length, read.Length);
        foreach (var (e, r) in expected.Zip(read))
        {
            Assert.Equal(e.Options, r.Options);
            Assert.Equal(e.LogProbs, r.LogProbs);
            Assert.Equal(e.Probs, r.Probs);
            Assert.Equal(e with { Options = r.Options, LogProbs = r.LogProbs, Probs = r.Probs }, r);
        }

        Assert.Empty(results.ReadAnswers(other, [(7, 0)]));
        Assert.Empty(results.ReadAnswers(run, []));
        Assert.Throws<ArgumentException>(() => results.ReadAnswers(77, [(1, 0)]).ToArray());
    }

    [Fact]
    public void The_people_of_one_question_are_those_that_scoring_sees()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        foreach (var question in results.ReadForScoring(run))
        {
            var humans = results.ReadHumans(1, question.SourceRow);
            Assert.Equal(question.Humans.Select(h => (h.CountryId, h.Country)), humans.Select(h => (h.CountryId, h.Country)));
            Assert.Equal(question.Humans.Select(h => h.Probabilities), humans.Select(h => h.Probabilities));
        }

        Assert.Equal(2, results.ReadHumans(1, 1).Count);
        Assert.Empty(results.ReadHumans(1, 3));
        Assert.Throws<ArgumentException>(() => results.ReadHumans(1, 10));
        Assert.Throws<ArgumentException>(() => results.ReadHumans(2, 1));
    }

    static AnswerRow[] Orders(int run, int sourceRow) => [.. s_orders.Select((o, i) => new AnswerRow
    {
        RunId = run,
        SourceRow = sourceRow,
        OrderIndex = i,
        LabelMass = o.LabelMass,
        OffMenu = 1 - o.LabelMass,
        TokenCount = 60,
        Boundary = o.Boundary,
        Options = o.Options,
        LogProbs = [.. o.Probs.Select(p => Math.Log(p * o.LabelMass))],
        Probs = o.Probs,
    })];

    static int Begin(ResultsFile results, string device, int questions = 40) => results.BeginRun(
        Sample.Run(results.AddModel(Sample.Model()), results.AddSurvey(Sample.Survey(), Sample.Questions(questions), Sample.Countries))
            with
        { Device = device }).RunId;

    static void Near(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        Assert.Equal(expected.Count(), actual.Count());
        foreach (var (e, a) in expected.Zip(actual))
            Assert.Equal(e, a, 1e-14);
    }
}
