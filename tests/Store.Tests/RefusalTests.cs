using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>Surveys whose refusals are compared apart.</summary>
public sealed class RefusalTests : StoreTest
{
    static readonly QuestionRow[] s_questions =
    [
        new(0, "s", "Q", ["Yes", "No", "Refused"], [new("Britain", [0.3, 0.3, 0.4], 900), new("Germany", [0.2, 0.8, 0])])
            { Id = "q", Kinds = ["ordered", "ordered", "refusal"], ScaleValues = [1, 2, null] },
        new(1, "s", "R", ["Yes", "No"], [new("Germany", [0.2, 0.8])]),
    ];

    [Theory]
    [InlineData("keep")]
    [InlineData("separate")]
    public void Distributions_are_over_what_is_compared(string refusals)
    {
        using var results = Fresh();
        var runId = Begin(results, refusals);
        var scoring = results.ReadForScoring(runId).ToList();
        Assert.Equal(refusals == "keep" ? [0.1, 0.3, 0.6] : [0.25, 0.75, 0], scoring[0].Probs, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(refusals == "keep" ? [0.3, 0.3, 0.4] : [0.5, 0.5, 0], scoring[0].Humans[0].Probabilities, (a, b) =>
            Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.5, 0.5], scoring[1].Probs, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.4, (double)Scalar(results, "SELECT refused FROM human_distributions WHERE source_row = 0 ORDER BY country_id")!,
            1e-12);
        Assert.Equal(900, Scalar(results, "SELECT respondents FROM human_distributions WHERE source_row = 0 ORDER BY country_id"));
        Assert.Equal(refusals == "separate", (double)Scalar(
            results, "SELECT uniform_js_bits FROM human_distributions WHERE source_row = 0 ORDER BY country_id")! < 1e-9);
        Assert.Equal(0.4, (double)Scalar(results, $"SELECT human_refusal FROM refusals WHERE run_id = {runId} AND country = 'Britain'")!,
            1e-12);
        Assert.Equal(0.6, (double)Scalar(results, $"SELECT model_refusal FROM refusals WHERE run_id = {runId} AND country = 'Britain'")!,
            1e-12);
        Assert.Equal((refusals, "5"), ((string)Scalar(results, "SELECT choice FROM survey_policies")!,
            Scalar(results, "SELECT affected FROM survey_policies")!.ToString()));
    }

    [Fact]
    public void A_model_that_only_refuses_is_compared_with_nobody()
    {
        using var results = Fresh();
        var runId = Begin(results, "separate", [0, 0, 1]);
        Assert.Empty(results.ReadForScoring(runId).First().Humans);
    }

    [Fact]
    public void People_who_only_refuse_leave_nothing_to_store()
    {
        using var results = Fresh();
        var question = s_questions[0] with { Humans = [new("Britain", [0, 0, 1])] };
        var e = Assert.Throws<ArgumentException>(() =>
            results.AddSurvey(Sample.Survey() with { Refusals = "separate" }, [question], Sample.Countries));
        Assert.Contains("everybody refused", e.Message);
    }

    [Fact]
    public void Another_translation_is_another_run()
    {
        using var results = Fresh();
        var (model, survey) = (results.AddModel(Sample.Model()), results.AddSurvey(Sample.Survey(), s_questions, Sample.Countries));
        var run = Sample.Run(model, survey);
        RunRow[] runs = [run, run with { Language = "ru", Translation = "human", TranslationSha256 = "a" }, run
            with { Language = "ru", Translation = "machine", TranslationSha256 = "a" }, run
            with { Language = "ru", Translation = "human", TranslationSha256 = "b" }];
        Assert.Equal(4, runs.Concat(runs).Select(r => results.BeginRun(r).RunId).Distinct().Count());
    }

    static int Begin(ResultsFile results, string refusals, double[]? probs = null)
    {
        var survey = results.AddSurvey(Sample.Survey() with { Refusals = refusals, Policies = [new("refusals", refusals, 5, "options")] },
            s_questions, Sample.Countries);
        var runId = results.BeginRun(Sample.Run(results.AddModel(Sample.Model()), survey)).RunId;
        results.Append([Answer(0, probs ?? [0.1, 0.3, 0.6]), Answer(1, [0.5, 0.5])], []);
        return runId;

        AnswerRow Answer(int row, double[] p) => new()
        {
            RunId = runId,
            SourceRow = row,
            OrderIndex = 0,
            LabelMass = 1,
            OffMenu = 0,
            TokenCount = 10,
            Boundary = "natural",
            Options = [.. Enumerable.Range(0, p.Length)],
            LogProbs = [.. p.Select(x => Math.Log(Math.Max(x, 1e-30)))],
            Probs = p,
        };
    }
}
