using LocalOpinions.Store;

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
            new("India (Old national sample)", "India", "IND", "old-national"), new("China (Non-national sample)", "China", "CHN", "non-national"),
        ];
        QuestionRow[] questions = [.. Enumerable.Range(0, 3).Select(row => new QuestionRow(row, "GAS", $"Question {row}?", ["Yes", "No"],
            [.. countries.Take(4 - row).Select((country, index) => new HumanRow(country.Label, [0.1 + 0.2 * index, 0.9 - 0.2 * index]))]))];
        var model = file.AddModel(new("tiny", "/m.gguf", new string('a', 64), "llama", "tiny", 1000, 2000, "Q4_1", 100, 128));
        var survey = file.AddSurvey(new("sample", "/s.csv", new string('b', 64), "For demonstration only."), questions, countries);
        foreach (var condition in conditions)
        {
            var run = file.BeginRun(new(model, survey, condition, condition == "default" ? null : "Chad", "opinion", "1", new string('c', 64), "paren",
                "faithful", "one by one", true, "F32", false, "engine 1", "cpu", 1, "machine", "0.1.0")).RunId;
            file.Append([Answer(run, 0, 0.3), Answer(run, 1, 0.4)], [new UnansweredRow(run, 2, "too long")]);
            if (condition == "cross-national")
                file.ReplaceNoiseFloor(run, new(32, 0.012, 0.079, 0.05, 0.4, 0.003, 0.02));
            file.EndRun(run, new("complete", 1.5, 100, 100));
            if (score)
                file.Score([run]);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    static AnswerRow Answer(int run, int row, double yes) =>
        new(run, row, 0, 0.75, 0.25, 20, "natural", [0, 1], [Math.Log(0.75 * yes), Math.Log(0.75 * (1 - yes))], [yes, 1 - yes]);
}
