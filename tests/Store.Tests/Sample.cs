using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>Small made-up rows that every test can count by hand.</summary>
static class Sample
{
    public static readonly CountryRow[] Countries =
    [
        new("Britain", "United Kingdom", "GBR", "national", "Europe", "Northern Europe"),
        new("Germany", "Germany", "DEU", "national", "Europe", "Western Europe"),
        new("Erewhon (Non-national sample)", "Erewhon", null, "non-national"),
    ];

    /// <summary>Row 3 was asked nowhere; every third question has two, the others three options.</summary>
    public static QuestionRow[] Questions(int count) => [.. Enumerable.Range(0, count).Select(i => i == 3
        ? new QuestionRow(i, "GAS", "", ["Yes", "No"], [])
        : new QuestionRow(
            i, i % 2 == 0 ? "GAS" : "WVS", $"Question {i}?", i % 3 == 0 ? ["Yes", "No"] : ["Yes", "No", "DK/Refused"],
            i % 3 == 0
                ? [new("Britain", [0.25, 0.75]), new("Germany", [0.5, 0.5])]
                : [new("Germany", [0.5, 0.25, 0.25]), new("Erewhon (Non-national sample)", [1, 0, 0])])
        {
            Topics = i % 2 == 0 ? ["economy"] : ["economy", "religion"],
            Kinds = i % 3 == 0 ? [] : ["unknown", "unknown", "refusal"],
        })];

    public static ModelRow Model(string name = "tiny") => new()
    {
        Name = name,
        Path = $"/models/{name}.gguf",
        Sha256 = $"sha-{name}",
        Architecture = "llama",
        Description = "a small model",
        ParameterCount = 135_000_000,
        FileBytes = 91_000_000,
        Quantisation = "Q4_1",
        VocabularySize = 49_152,
        ContextLength = 2_048,
    };

    public static SurveyRow Survey(string sha256 = "survey-sha") => new("sample", "/surveys/sample.csv", sha256);

    public static RunRow Run(int modelId, int surveyId) => new()
    {
        ModelId = modelId,
        SurveyId = surveyId,
        Condition = "default",
        PromptedCountry = null,
        TemplateName = "faithful",
        TemplateVersion = "1",
        TemplateSha256 = "template-sha",
        Ending = "paren",
        OptionOrder = "faithful",
        Plan = "side by side",
        Exact = false,
        KvType = "F16",
        FlashAttention = true,
        EngineBuild = "0.5.0",
        Device = "cpu",
        Threads = 2,
        Machine = "a machine",
        ToolVersion = "0.1.0",
    };

    /// <summary>The run whose prompts name the people of a label.</summary>
    public static RunRow Named(RunRow run, string label) =>
        run with { Condition = "cross-national", PromptedCountry = label, PromptedLabels = [label] };

    /// <summary>Order 0 is the survey's own; order k begins with option k.</summary>
    public static AnswerRow Answer(int runId, QuestionRow question, int order = 0)
    {
        var n = question.Options.Count;
        var weights = Enumerable.Range(0, n).Select(i => 1.0 + (question.SourceRow * 7 + i * 5 + order * 3) % 11).ToArray();
        var probs = weights.Select(w => w / weights.Sum()).ToArray();
        return new()
        {
            RunId = runId,
            SourceRow = question.SourceRow,
            OrderIndex = order,
            LabelMass = 0.75,
            OffMenu = 0.25,
            TokenCount = 60 + question.SourceRow,
            Boundary = question.SourceRow % 5 == 0 ? "forced"
            : "natural",
            Options = [.. Enumerable.Range(0, n).Select(i => (i + order) % n)],
            LogProbs = [.. probs.Select(p => Math.Log(0.75 * p))],
            Probs = probs,
        };
    }

    /// <summary>An answer in the survey's own order, all of whose probability is on the options.</summary>
    public static AnswerRow Answer(int run, int row, double[] probs) => new()
    {
        RunId = run,
        SourceRow = row,
        OrderIndex = 0,
        LabelMass = 1,
        OffMenu = 0,
        TokenCount = 10,
        Boundary = "natural",
        Options = [.. Enumerable.Range(0, probs.Length)],
        LogProbs = [.. probs.Select(p => Math.Log(Math.Max(p, 1e-30)))],
        Probs = probs,
    };

    public static AnswerRow[] Answers(int runId, IEnumerable<QuestionRow> questions, int orders = 1) =>
        [.. questions.SelectMany(q => Enumerable.Range(0, orders).Select(order => Answer(runId, q, order)))];

    /// <summary>One model, one survey, one run that is begun.</summary>
    public static int Begin(ResultsFile results, int questions) => BeginRun(results, questions).RunId;

    public static RunHandle BeginRun(ResultsFile results, int questions) => results.BeginRun(
        Run(results.AddModel(Model()), results.AddSurvey(Survey(), Questions(questions), Countries)));

    /// <summary>A complete run of ten questions in two orders, one of them unanswered, scored.</summary>
    public static int FillAndScore(ResultsFile results, Func<RunRow, RunRow>? change = null, int orders = 2)
    {
        var questions = Questions(10);
        var run = Run(results.AddModel(Model()), results.AddSurvey(Survey(), questions, Countries));
        var runId = results.BeginRun(change?.Invoke(run) ?? run).RunId;
        results.Append(Answers(runId, questions.Skip(1), orders), [new(runId, 0, "The prompt has 5000 tokens, the context 2048.")]);
        results.ReplaceNoiseFloor(runId, new(8, 0.01, 0.08, 0.02, 0.1, 0.001, 0.004));
        results.ReplaceSimilarities(runId, [.. results.ReadForScoring(runId).SelectMany(q => q.Humans.Select(h =>
            new SimilarityRow(q.SourceRow, h.CountryId, Divergence(q.Probs, h.Probabilities))))]);
        results.EndRun(runId, new RunEnd("complete", 2.5, 600, 900));
        return runId;
    }

    public static double Divergence(double[] p, double[] q)
    {
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var m = (p[i] + q[i]) / 2;
            sum += (p[i] == 0 ? 0 : p[i] * Math.Log2(p[i] / m)) + (q[i] == 0 ? 0 : q[i] * Math.Log2(q[i] / m));
        }

        return sum / 2;
    }
}
