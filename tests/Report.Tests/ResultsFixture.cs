using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Report.Tests;

/// <summary>Results files in a folder of their own, written through the store.</summary>
sealed class ResultsFixture : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-report-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "results.duckdb");

    /// <summary>A survey of three questions that four labels answered, with a run per condition given.</summary>
    public static void Fill(ResultsFile file, bool score, params string[] conditions)
    {
        CountryRow[] countries =
        [
            new("Germany", "Germany", "DEU", "national"), new("Great Britain", "United Kingdom", "GBR", "national"),
            new("India (Old national sample)", "India", "IND", "old-national"),
            new("China (Non-national sample)", "China", "CHN", "non-national"),
        ];
        QuestionRow[] questions = [.. Enumerable.Range(0, 3).Select(row => new QuestionRow(row, "GAS", $"Question {row}?", ["Yes", "No"],
            [.. countries.Take(4 - row).Select((country, index) => new HumanRow(country.Label, [0.1 + 0.2 * index, 0.9 - 0.2 * index]))]))];
        var model = file.AddModel(Model("tiny", 'a'));
        var survey = file.AddSurvey(new("sample", "/s.csv", new string('b', 64), "For demonstration only."), questions, countries);
        foreach (var condition in conditions)
        {
            var run = file.BeginRun(Run(model, survey, condition, condition == "default" ? null : "Chad")).RunId;
            file.Append([Answer(run, 0, 0.3), Answer(run, 1, 0.4)], [new UnansweredRow(run, 2, "too long")]);
            if (condition == "cross-national")
            {
                file.ReplaceNoiseFloor(run, new(32, 0.012, 0.079, 0.05, 0.4, 0.003, 0.02));
                file.ReplaceRoundingFloor(run, new(8, 0.011, 0.06, 0.05, 0.4, null, null));
            }
            file.EndRun(run, new("complete", 1.5, 100, 100));
            if (score)
                file.Score([run]);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    public static ModelRow Model(string name, char hash) => new()
    {
        Name = name,
        Path = "/m.gguf",
        Sha256 = new string(hash, 64),
        Architecture = "llama",
        Description = name,
        ParameterCount = 1000,
        FileBytes = 2000,
        Quantisation = "Q4_1",
        VocabularySize = 100,
        ContextLength = 128,
    };

    public static RunRow Run(int model, int survey, string condition, string? prompted) => new()
    {
        ModelId = model,
        SurveyId = survey,
        Condition = condition,
        PromptedCountry = prompted,
        TemplateName = "opinion",
        TemplateVersion = "1",
        TemplateSha256 = new string('c', 64),
        Ending = "paren",
        OptionOrder = "faithful",
        Plan = "one by one",
        Exact = true,
        KvType = "F32",
        FlashAttention = false,
        EngineBuild = "engine 1",
        Device = "cpu",
        Threads = 1,
        Machine = "machine",
        ToolVersion = "0.1.0",
    };

    static AnswerRow Answer(int run, int row, double yes) => Answer(run, row, [yes, 1 - yes], 0.25);

    /// <summary>An answer to a question, its options in the survey's order.</summary>
    public static AnswerRow Answer(int run, int row, double[] probs, double offMenu) => new()
    {
        RunId = run,
        SourceRow = row,
        OrderIndex = 0,
        LabelMass = 1 - offMenu,
        OffMenu = offMenu,
        TokenCount = 90,
        Boundary = "natural",
        Options = [.. Enumerable.Range(0, probs.Length)],
        LogProbs = [.. probs.Select(p => Math.Log(p * (1 - offMenu)))],
        Probs = probs,
    };
}
