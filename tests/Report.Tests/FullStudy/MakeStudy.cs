using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>Writes the made-up study, and its page, to look at and to measure.</summary>
public sealed class MakeStudy
{
    /// <summary>
    /// LOCALOPINIONS_STUDY names the folder; 30 models, or LOCALOPINIONS_STUDY_MODELS, under 9 conditions, and 2,556 questions, or
    /// LOCALOPINIONS_STUDY_QUESTIONS. No run's answers are left out.
    /// </summary>
    const int Questions = 2556;

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void The_full_study_is_written()
    {
        static int Number(string name, int usual) => Environment.GetEnvironmentVariable(name) is { } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : usual;
        var path = New("study.duckdb");
        // All pairs of 270 runs are compared in one statement here.
        using (var file = ResultsFile.Open(path, StoreOptions.Default with { MemoryLimit = "6GB" }))
            StudyFile.Fill(file, Number("LOCALOPINIONS_STUDY_MODELS", 30), StudyFile.Conditions,
                Number("LOCALOPINIONS_STUDY_QUESTIONS", Questions));
        using var results = ResultsFile.OpenReadOnly(path);
        using var page = new FileStream(Path.ChangeExtension(path, "html"), FileMode.Create, FileAccess.ReadWrite);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        HtmlReport.Write(results, page);
        TestContext.Current.SendDiagnosticMessage($"{page.Name}: {page.Length / 1e6:F1} MB, written in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.True(page.Length < 20_000_000, $"{page.Length} bytes");
        page.Position = 0;
        using var text = new StreamReader(page);
        Assert.All(new BlockReader(text.ReadToEnd(), "overview").Values.GetProperty("runs").EnumerateArray(),
            run => Assert.True(run.GetProperty("detail").GetBoolean()));
    }

    /// <summary>The first-time reader's four cases on one page, to be read and printed: <c>browser/paper.mjs</c>.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void The_first_readers_cases_are_written()
    {
        var path = New("cases.duckdb");
        FirstCases.Write(path);
        using var results = ResultsFile.OpenReadOnly(path);
        using var page = File.Create(Path.ChangeExtension(path, "html"));
        Assert.Equal(4, HtmlReport.Write(results, page).Runs);
    }

    static string New(string name)
    {
        var folder = Environment.GetEnvironmentVariable("LOCALOPINIONS_STUDY") ?? Path.Combine(Path.GetTempPath(), "localopinions-study");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.Delete(path);
        return path;
    }
}
