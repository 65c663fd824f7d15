using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

public sealed class AppendTests : StoreTest
{
    [Fact]
    public void Models_and_surveys_are_known_by_their_content()
    {
        using var results = Fresh();
        var model = results.AddModel(Sample.Model());
        Assert.Equal(model, results.AddModel(Sample.Model() with { Name = "renamed", Path = "/elsewhere" }));
        Assert.NotEqual(model, results.AddModel(Sample.Model("other")));
        var survey = results.AddSurvey(Sample.Survey(), Sample.Questions(10), Sample.Countries);
        Assert.Equal(survey, results.AddSurvey(Sample.Survey(), Sample.Questions(10), Sample.Countries));
        Assert.NotEqual(survey, results.AddSurvey(Sample.Survey("another"), Sample.Questions(5), Sample.Countries));
        Assert.Equal(15L, Scalar(results, "SELECT count(*) FROM questions"));
        Assert.Equal(6L, Scalar(results, "SELECT count(*) FROM countries"));
    }

    [Fact]
    public void Hostile_text_comes_back_as_it_went_in()
    {
        string[] texts =
        [
            "", " ", "'; DROP TABLE models; --", "\"quoted\" \\ back", "line\r\nbreak\tand tab", "NUL\0inside", "\0",
            "emoji 🗳️ and bidi \u202Eabc\u202C", "<script>alert(1)</script>", "twelve bytes", "thirteen bytes", new string('ж', 500_000),
        ];
        using (var results = Fresh())
        {
            results.AddModel(Sample.Model("'; DROP TABLE runs; --"));
            results.AddSurvey(
                Sample.Survey() with { Name = texts[2], Notice = texts[5] },
                texts.Select((t, i) => new QuestionRow(i, t, t, [t, t + "2"], [new(texts[2], [0.5, 0.5])])),
                [new(texts[2], texts[5], null, texts[7]) { Wave = texts[4] }]);
        }

        using var again = ResultsFile.Open(File());
        using (var query = again.Query("SELECT q.source, q.text, o.text FROM questions q JOIN options o USING (source_row) WHERE "
            + "option_index = 0 ORDER BY source_row"))
            Assert.Equal(texts.Select(t => new object?[] { t, t, t }), query.Rows);
        Assert.Equal(texts[2], Scalar(again, "SELECT DISTINCT country FROM questions_long"));
        Assert.Equal(texts[5], Scalar(again, "SELECT notice FROM surveys"));
        Assert.Equal(texts[5], Scalar(again, "SELECT name FROM countries WHERE sample_kind = ?", texts[7]));
        Assert.Equal(texts[5], Scalar(again, "SELECT ?", texts[5]));
        Assert.Equal("", Scalar(again, "SELECT ?", ""));
        Assert.Null(Scalar(again, "SELECT iso3 FROM countries"));
        Assert.Equal(texts[4], Scalar(again, "SELECT wave FROM countries"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_leaves_nothing()
    {
        using var results = Fresh();
        Assert.ThrowsAny<ArgumentException>(() => results.AddSurvey(
            Sample.Survey(), [new(0, "s", "bad \uD800", ["a", "b"], [])], Sample.Countries));
        RequireNoSurvey(results);
        results.AddSurvey(Sample.Survey(), Sample.Questions(3), Sample.Countries);
        Assert.Equal(3L, Scalar(results, "SELECT count(*) FROM questions"));
    }

    [Theory]
    [InlineData("Britain", new[] { 0.5, 0.4 })]
    [InlineData("Britain", new[] { 1.5, -0.5 })]
    [InlineData("Britain", new[] { double.NaN, 1 })]
    [InlineData("Britain", new[] { 1.0 })]
    [InlineData("Atlantis", new[] { 0.5, 0.5 })]
    public void A_distribution_that_does_not_fit_is_refused_and_leaves_nothing(string country, double[] probabilities)
    {
        using var results = Fresh();
        Assert.Throws<ArgumentException>(() => results.AddSurvey(
            Sample.Survey(), [.. Sample.Questions(3), new(9, "s", "q", ["a", "b"], [new(country, probabilities)])], Sample.Countries));
        RequireNoSurvey(results);
    }

    [Fact]
    public void Two_hundred_thousand_human_shares_go_in_and_come_back()
    {
        using var results = Fresh();
        var countries = Enumerable.Range(0, 100).Select(i => new CountryRow($"C{i}", $"C{i}", null, "national")).ToArray();
        var questions = Enumerable.Range(0, 500).Select(q => new QuestionRow(q, "s", $"q{q}", ["a", "b", "c", "d"],
            [.. countries.Select((c, i) => new HumanRow(c.Label, [(q + i) / 1000.0, 0.25, 0.125, 0.625 - (q + i) / 1000.0]))]));
        var survey = results.AddSurvey(Sample.Survey(), questions, countries);
        Assert.Equal(200_000L, Scalar(results, "SELECT CAST(sum(len(probabilities)) AS BIGINT) FROM human_distributions"));

        var run = results.BeginRun(Sample.Run(results.AddModel(Sample.Model()), survey));
        results.Append([.. Enumerable.Range(0, 500).Select(
            q => new AnswerRow
            {
                RunId = run.RunId,
                SourceRow = q,
                OrderIndex = 0,
                LabelMass = 1,
                OffMenu = 0,
                TokenCount = 1,
                Boundary = "natural",
                Options = [0, 1, 2, 3],
                LogProbs = [-1, -1, -1, -1],
                Probs = [0.25, 0.25, 0.25, 0.25],
            })], []);
        var read = results.ReadForScoring(run.RunId).ToArray();
        Assert.Equal(500, read.Length);
        foreach (var question in read)
        {
            Assert.Equal(100, question.Humans.Count);
            for (var i = 0; i < 100; i++)
                Assert.Equal([(question.SourceRow + i) / 1000.0, 0.25, 0.125, 0.625 - (question.SourceRow + i) / 1000.0],
                    question.Humans[i].Probabilities);
        }
    }

    [Fact]
    public void The_same_work_is_the_same_run_and_any_key_field_makes_another()
    {
        using var results = Fresh();
        var survey = results.AddSurvey(Sample.Survey(), Sample.Questions(2), Sample.Countries);
        var run = Sample.Run(results.AddModel(Sample.Model()), survey);
        RunRow[] others =
        [
            run with { ModelId = results.AddModel(Sample.Model("b")) },
            run with { SurveyId = results.AddSurvey(Sample.Survey("b"), Sample.Questions(2), Sample.Countries) },
            run with { Condition = "cross-national" }, run with { PromptedCountry = "" }, run with { PromptedCountry = "Britain" },
            run with { TemplateName = "x" }, run with { TemplateVersion = "2" }, run with { TemplateSha256 = "x" }, run
                with { Ending = "space" },
            run with { OptionOrder = "cyclic" }, run with { Plan = "one by one" }, run with { Exact = true }, run with { KvType = "F32" },
                run with { FlashAttention = false },
            run with { EngineBuild = "0.5.1" }, run with { Device = "cuda" },
            run with { Language = "tr" }, run with { Translation = "human" }, run with { Control = "options-only" }, run
                with { Reading = "text-pmi" }, run with { Origin = "import" },
            // Fields that would run together if the key merely joined them.
            run with { TemplateName = "faithful\",\"1", TemplateVersion = "" },
        ];
        var id = results.BeginRun(run).RunId;
        Assert.Equal(id, results.BeginRun(run with { Threads = 8, Machine = "m", ToolVersion = "9" }).RunId);
        var ids = others.Select(o => results.BeginRun(o).RunId).Append(id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void A_run_resumes_where_it_stopped()
    {
        var questions = Sample.Questions(10);
        using (var results = Fresh())
        {
            var run = Sample.BeginRun(results, 10);
            Assert.Empty(run.Answered);
            results.Append(Sample.Answers(run.RunId, questions[..4]), [new(run.RunId, 4, "too long"), new(run.RunId, 5, "too long")]);
            results.EndRun(run.RunId, new RunEnd("interrupted", 1.5, 100, 150) { Waiting = 0.5 });
        }

        using (var results = ResultsFile.Open(File()))
        {
            var run = Sample.BeginRun(results, 10);
            Assert.Equal([(0, 0), (1, 0), (2, 0), (3, 0)], run.Answered.Order());
            Assert.Equal([4, 5], run.UnansweredRows.Order());
            results.Append(Sample.Answers(run.RunId, [.. questions[6..], questions[4]]), [new(run.RunId, 5, "still too long")]);
            results.EndRun(run.RunId, new RunEnd("complete", 0.5, 300, 450) { Waiting = 0.1 });
        }

        using var done = ResultsFile.OpenReadOnly(File());
        // By time: (1.5 x 0.5 + 0.5 x 0.1) / 2.
        Assert.Equal(0.4, done.ReadValues<double>("SELECT waiting FROM run_overview").Single(), 1e-12);
        var info = Assert.Single(done.Runs());
        Assert.Equal((10L, 9L, 1L, 400L, 2.0, "complete"),
            (info.Questions, info.Answered, info.Unanswered, info.Tokens, info.Seconds, info.Status));
        Assert.Equal((600L, 1.5), (info.UnsharedTokens, info.Sharing));
        Assert.Equal("still too long", Scalar(done, "SELECT reason FROM unanswered"));
        Assert.Equal(2L, Scalar(done, "SELECT count(*) FROM run_sessions"));
    }

    [Fact]
    public void A_session_that_never_ended_was_killed()
    {
        using (var results = Fresh())
            Sample.Begin(results, 2);
        using var again = ResultsFile.Open(File());
        Assert.Equal("running", Assert.Single(again.Runs()).Status);
        var run = Sample.Begin(again, 2);
        Assert.Equal("killed", Scalar(again, "SELECT status FROM run_sessions WHERE session = 1"));
        again.EndRun(run, new RunEnd("complete", 1, 1, 1));
        Assert.Throws<InvalidOperationException>(() => again.EndRun(run, new RunEnd("complete", 1, 1, 1)));
    }

    [Fact]
    public void Unknown_models_and_surveys_begin_no_run()
    {
        using var results = Fresh();
        var survey = results.AddSurvey(Sample.Survey(), Sample.Questions(2), Sample.Countries);
        Assert.Throws<ArgumentException>(() => results.BeginRun(Sample.Run(5, survey)));
        Assert.Throws<ArgumentException>(() => results.BeginRun(Sample.Run(results.AddModel(Sample.Model()), 5)));
        Assert.Empty(results.Runs());
    }

    static void RequireNoSurvey(ResultsFile results) => Assert.Equal(
        0L,
        Scalar(results, "SELECT (SELECT count(*) FROM surveys) + (SELECT count(*) FROM questions) + (SELECT count(*) FROM options) + "
            + "(SELECT count(*) FROM countries) + (SELECT count(*) FROM human_distributions)"));
}
