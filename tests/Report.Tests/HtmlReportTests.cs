using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

public sealed class HtmlReportTests : IDisposable
{
    readonly ResultsFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_numbers_of_the_page_are_those_of_the_view()
    {
        using var file = Written(score: true, "default", "cross-national");
        var (summary, data) = Write(file);

        Assert.Equal(new ReportSummary(Runs: 2, Countries: 4), summary);
        using var query = file.Query("""
            SELECT run_id, country, iso3, sample_kind <> 'non-national', n, similarity_bits, similarity_nats,
                   uniform_similarity_bits, uniform_similarity_nats
            FROM country_similarity
            """);
        var expected = query.Rows.Select(row => (row[0]!.ToString()!, new ReportCountry((string)row[1]!, (string?)row[2], (bool)row[3]!,
            (long)row[4]!, (double)row[5]!, (double)row[6]!, (double)row[7]!, (double)row[8]!))).ToHashSet();
        Assert.Equal(8, expected.Count);
        Assert.Equal(expected, data.Runs.SelectMany(run => run.Countries.Select(country => (run.Id, country))).ToHashSet());
    }

    [Fact]
    public void The_facts_of_a_run_are_told()
    {
        using var file = Written(score: true, "cross-national");
        var run = Assert.Single(Write(file).Data.Runs);

        Assert.Equal(("tiny", new string('a', 64), "sample", new string('b', 64), "For demonstration only."),
            (run.Model, run.ModelSha256, run.Survey, run.SurveySha256, run.Notice));
        Assert.Equal(("cross-national", "Chad", "opinion", "1", "paren", "faithful", true),
            (run.Condition, run.PromptedCountry, run.Template, run.TemplateVersion, run.Ending, run.OptionOrder, run.Exact));
        Assert.Equal((3L, 2L, 1L, 0.25, 10), (run.Questions, run.Answered, run.Unanswered, run.OffMenu!.Value, run.ThinBelow));
        Assert.Equal(("engine 1", "cpu", "complete"), (run.EngineBuild, run.Device, run.Status));
        Assert.Equal(new ReportNoise(32, 0.012, 0.079, 0.003, 0.02), run.Noise);
        Assert.Matches(@"\A\d{4}-\d\d-\d\d\z", run.Date);
    }

    [Fact]
    public void A_run_without_similarities_is_counted_and_left_out()
    {
        Written(score: true, "default").Dispose();
        using var file = Written(score: false, "cross-national");
        var (summary, data) = Write(file);

        Assert.Equal((1, 1), (summary.Runs, data.UnscoredRuns));
        Assert.Equal("default", data.Runs[0].Condition);
        Assert.Null(data.Runs[0].Noise);
    }

    [Fact]
    public void Nothing_scored_is_a_clear_error_and_writes_nothing()
    {
        using var file = Written(score: false, "default");
        using var output = new MemoryStream();

        Assert.Contains("run `localopinions score FILE` first", Assert.Throws<ReportException>(() => HtmlReport.Write(file, output)).Message);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void A_file_without_runs_is_a_clear_error()
    {
        using var file = Written(score: false);

        Assert.Contains("holds no run", Assert.Throws<ReportException>(() => HtmlReport.Write(file, Stream.Null)).Message);
    }

    [Fact]
    public void A_similarity_that_is_no_number_is_a_clear_error()
    {
        using (var file = ResultsFile.Open(_fixture.Path))
        {
            ResultsFixture.Fill(file, score: true, "default");
            using var update = file.Query("UPDATE similarities SET js_bits = 'nan'");
        }

        using var damaged = ResultsFile.OpenReadOnly(_fixture.Path);
        Assert.Contains("is not a number", Assert.Throws<ReportException>(() => HtmlReport.Write(damaged, Stream.Null)).Message);
    }

    ResultsFile Written(bool score, params string[] conditions)
    {
        using (var file = ResultsFile.Open(_fixture.Path))
            ResultsFixture.Fill(file, score, conditions);
        return ResultsFile.OpenReadOnly(_fixture.Path);
    }

    static (ReportSummary Summary, ReportData Data) Write(ResultsFile file)
    {
        using var output = new MemoryStream();
        var summary = HtmlReport.Write(file, output, new ReportOptions { Title = "A title" });
        var page = Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("<title>A title</title>", page);
        var block = Regex.Match(page, "id=\"data\">(.*?)</script>").Groups[1].Value;
        return (summary, JsonSerializer.Deserialize(block, ReportJson.Default.ReportData)!);
    }
}
