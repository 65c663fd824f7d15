using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>Writes the made-up study, and its page, to look at and to measure.</summary>
public sealed class MakeStudy
{
    /// <summary>
    /// LOCALOPINIONS_STUDY names the folder; 10 models, 9 conditions and 2,556 questions, or LOCALOPINIONS_STUDY_QUESTIONS of them.
    /// </summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void The_full_study_is_written()
    {
        var folder = Environment.GetEnvironmentVariable("LOCALOPINIONS_STUDY") ?? Path.Combine(Path.GetTempPath(), "localopinions-study");
        var questions = int.Parse(Environment.GetEnvironmentVariable("LOCALOPINIONS_STUDY_QUESTIONS") ?? "2556",
            System.Globalization.CultureInfo.InvariantCulture);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "study.duckdb");
        File.Delete(path);
        using (var file = ResultsFile.Open(path))
            StudyFile.Fill(file, models: 10, StudyFile.Conditions, questions);
        using var results = ResultsFile.OpenReadOnly(path);
        using var page = File.Create(Path.Combine(folder, "study.html"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        HtmlReport.Write(results, page);
        TestContext.Current.SendDiagnosticMessage($"{page.Name}: {page.Length / 1e6:F1} MB, written in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.True(page.Length < 15_000_000, $"{page.Length} bytes");
    }
}
