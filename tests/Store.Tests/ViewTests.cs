using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

public sealed class ViewTests : StoreTest
{
    [Theory]
    [InlineData("answers_long", "model, condition, prompted_country, source_row, option_index, option_text, log_prob, prob, off_menu")]
    [InlineData("orders_long", "model, condition, prompted_country, source_row, order_index, position, label, option_index, option_text, "
        + "log_prob, prob, off_menu")]
    [InlineData("similarities_long", "model, condition, prompted_country, source_row, country, js_bits, similarity_bits, similarity_nats")]
    [InlineData("country_similarity", "model, condition, prompted_country, country, iso3, n, similarity_bits, similarity_nats")]
    [InlineData("questions_long", "survey, source_row, source, question, option_index, option_text, country, iso3, probability")]
    [InlineData("run_overview", "run_id, model, survey, condition, prompted_country, template, ending, exact, questions, answered, "
        + "unanswered, mean_label_mass, mean_off_menu, forced_boundaries, tokens, seconds, tokens_per_second, started_at, finished_at, "
        + "status, model_sha256, engine_build, device")]
    public void A_view_begins_with_its_documented_columns(string view, string columns)
    {
        using var results = Fresh();
        using var query = results.Query($"SELECT * FROM {view}");
        var expected = columns.Split(", ");
        Assert.Equal(expected, query.Columns.Take(expected.Length).Select(c => c.Name));
        Assert.Empty(query.Rows);
    }

    [Fact]
    public void Similarities_agree_with_an_independent_mean_and_runs_are_never_mixed()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        var exact = Sample.FillAndScore(results, r => r with { Exact = true });
        results.ReplaceSimilarities(exact, []);

        var byCountry = results.ReadForScoring(run)
            .SelectMany(q => q.Humans.Select(h => (h.Country, Js: Sample.Divergence(q.Probs, h.Probabilities))))
            .GroupBy(x => x.Country)
            .ToDictionary(g => g.Key, g => g.ToArray());
        using var query = results.Query("SELECT country, n, similarity_bits, similarity_nats, run_id FROM country_similarity");
        var rows = query.Rows.ToArray();
        Assert.Equal(byCountry.Count, rows.Length);
        foreach (var row in rows)
        {
            var expected = byCountry[(string)row[0]!];
            Assert.Equal((long)expected.Length, row[1]);
            Assert.Equal(expected.Average(x => 1 - Math.Sqrt(x.Js)), (double)row[2]!, 1e-12);
            Assert.Equal(expected.Average(x => 1 - Math.Sqrt(x.Js * Math.Log(2))), (double)row[3]!, 1e-12);
            Assert.Equal(run, row[4]);
        }
    }

    [Fact]
    public void Thin_data_and_non_national_samples_are_not_ranked()
    {
        using var results = Fresh();
        var questions = Sample.Questions(40);
        var run = Sample.Run(results.AddModel(Sample.Model()), results.AddSurvey(Sample.Survey(), questions, Sample.Countries));
        var id = results.BeginRun(run).RunId;
        results.Append(Sample.Answers(id, questions), []);
        results.ReplaceSimilarities(id, [.. results.ReadForScoring(id).SelectMany(q => q.Humans
            .Where(h => h.Country != "Britain" || q.SourceRow < 9)
            .Select(h => new SimilarityRow(q.SourceRow, h.CountryId, 0.5)))]);
        using var query = results.Query("SELECT country, n >= 10, ranked FROM country_similarity ORDER BY country");
        Assert.Equal([["Britain", false, false], ["Erewhon (Non-national sample)", true, false], ["Germany", true, true]], query.Rows);
    }

    [Theory]
    [InlineData(499, 3, 10)]
    [InlineData(500, 1, 100)]
    public void A_run_of_many_questions_asks_for_more_of_them_per_country_however_many_orders_each_has(
        int answered, int orders, int expected)
    {
        using var results = ResultsFile.Open(File());
        var id = Sample.Begin(results, answered);
        results.Append(Sample.Answers(id, Sample.Questions(answered), orders), []);
        using var query = results.Query("SELECT thin_below, answered, answers FROM run_overview");
        Assert.Equal([expected, (long)answered, (long)answered * orders], Assert.Single(query.Rows));
    }

    [Fact]
    public void A_divergence_a_rounding_error_below_zero_is_zero()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        var pair = results.ReadForScoring(run).First(q => q.Humans.Count > 0);
        results.ReplaceSimilarities(run, [new(pair.SourceRow, pair.Humans[0].CountryId, -1e-17)]);
        using var query = results.Query("SELECT similarity_bits, similarity_nats, n FROM country_similarity");
        Assert.Equal([1.0, 1.0, 1L], query.Rows.Single());
    }

    [Fact]
    public void Replacing_similarities_leaves_other_runs_alone_and_refuses_bad_rows_whole()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        var other = Sample.FillAndScore(results, r => r with { Device = "cuda" });
        var before = Scalar(results, "SELECT count(*) FROM similarities");
        Assert.Throws<ArgumentException>(() => results.ReplaceSimilarities(run, [new(1, 2, 0.5), new(1, 2, 0.5)]));
        Assert.Throws<ArgumentException>(() => results.ReplaceSimilarities(run, [new(1, 2, double.NaN)]));
        Assert.Throws<ArgumentException>(() => results.ReplaceSimilarities(99, []));
        Assert.Equal(before, Scalar(results, "SELECT count(*) FROM similarities"));
        results.ReplaceSimilarities(run, [new(1, 2, 0.25)]);
        Assert.Equal(1L, Scalar(results, "SELECT count(*) FROM similarities WHERE run_id = ?", run));
        Assert.Equal((long)before! / 2, Scalar(results, "SELECT count(*) FROM similarities WHERE run_id = ?", other));
    }

    [Fact]
    public void The_overview_counts_by_hand()
    {
        using var results = Fresh();
        Sample.FillAndScore(results);
        var run = Assert.Single(results.Runs());
        Assert.Equal((10L, 9L, 18L, 1L, 2L), (run.Questions, run.Answered, run.Answers, run.Unanswered, run.ForcedBoundaries));
        Assert.Equal(("faithful", "side by side", null, 900L, 1.5),
            (run.OptionOrder, run.Plan, run.PlanSha256, run.UnsharedTokens, run.Sharing));
        Assert.Equal((0.75, 0.25), (run.MeanLabelMass, run.MeanOffMenu));
        Assert.Equal(240.0, Scalar(results, "SELECT tokens_per_second FROM run_overview"));
        Assert.Equal("complete", run.Status);
        Assert.True(run.StartedAt <= run.FinishedAt && (DateTime.UtcNow - run.StartedAt).Duration() < TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_question_nobody_was_asked_still_shows_its_options()
    {
        using var results = Fresh();
        Sample.FillAndScore(results);
        using var query = results.Query(
            "SELECT option_text, country, probability FROM questions_long WHERE source_row = 3 ORDER BY option_index");
        Assert.Equal([["Yes", null, null], ["No", null, null]], query.Rows);
        Assert.Empty(results.ReadForScoring(1).Single(q => q.SourceRow == 3).Humans);
    }
}
