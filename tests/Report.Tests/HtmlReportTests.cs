using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>The file itself, without a browser.</summary>
public sealed class HtmlReportTests : IDisposable
{
    readonly ResultsFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_policy_allows_exactly_the_script_and_the_styles_of_the_page()
    {
        using var file = Written(score: true, "default");
        var page = Write(file).Page;
        var policy = Regex.Match(page, "http-equiv=\"Content-Security-Policy\" content=\"(.*?)\"").Groups[1].Value;

        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Contains($"script-src '{Hash(Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value)}';",
            policy);
        Assert.Contains($"style-src '{Hash(Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value)}' ", policy);
        Assert.Contains("require-trusted-types-for 'script'; trusted-types 'none'", policy);
        Assert.DoesNotMatch("unsafe|http|blob:|\\*", policy);
    }

    [Fact]
    public void The_page_refers_to_no_other_file()
    {
        using var file = Written(score: true, "default");
        var markup = Regex.Replace(Write(file).Page, "<script>.*?</script>", "", RegexOptions.Singleline);

        Assert.DoesNotMatch(@"(?i)\b(src|href|srcset|action)\s*=\s*(?![""']?#)", markup);
        Assert.DoesNotMatch(@"(?i)@import|url\((?!#|[""']?data:)", markup);
    }

    [Fact]
    public void The_numbers_of_the_page_are_those_of_the_view_to_the_last_bit()
    {
        using var file = Written(score: true, "default", "cross-national");
        var (summary, page) = Write(file);
        var overview = new BlockReader(page, "overview");

        Assert.Equal(new ReportSummary(Runs: 2, Countries: 4), summary);
        var (runs, countries) = (overview.Values.GetProperty("runs"), overview.Values.GetProperty("surveys")[0].GetProperty("countries"));
        var shown = overview.UShorts("run").Zip(overview.UShorts("country"), overview.Doubles("bits")).Select(row =>
            (runs[row.First].GetProperty("id").GetInt32(), countries[row.Second].GetProperty("label").GetString(), row.Third)).ToHashSet();
        using var query = file.Query("SELECT run_id::INTEGER, country, similarity_bits FROM country_similarity");
        Assert.Equal(query.Rows.Select(row => ((int)row[0]!, (string?)row[1], (double)row[2]!)).ToHashSet(), shown);
        Assert.Equal(8, shown.Count);
    }

    [Fact]
    public void The_facts_of_a_run_are_told()
    {
        using var file = Written(score: true, "cross-national");
        var overview = new BlockReader(Write(file).Page, "overview").Values;
        var run = overview.GetProperty("runs")[0];

        Assert.Equal(("tiny", new string('a', 64), "sample", "For demonstration only."),
            (run.GetProperty("model").GetString(), run.GetProperty("modelSha256").GetString(),
                overview.GetProperty("surveys")[0].GetProperty("name").GetString(),
                overview.GetProperty("surveys")[0].GetProperty("notice").GetString()));
        Assert.Equal(("cross-national", "Chad", "opinion", "faithful", true),
            (run.GetProperty("condition").GetString(), run.GetProperty("promptedCountry").GetString(),
                run.GetProperty("template").GetString(), run.GetProperty("optionOrder").GetString(),
                run.GetProperty("exact").GetBoolean()));
        Assert.Equal((3, 2, 1, 0.25, 10), (run.GetProperty("questions").GetInt32(), run.GetProperty("answered").GetInt32(),
            run.GetProperty("unanswered").GetInt32(), run.GetProperty("offMenu").GetDouble(), run.GetProperty("thinBelow").GetInt32()));
        Assert.Equal(0.02, run.GetProperty("noise").GetProperty("maxSimilarity").GetDouble());
        Assert.Matches(@"\A\d{4}-\d\d-\d\d\z", run.GetProperty("date").GetString());
    }

    [Fact]
    public void The_same_results_give_the_same_bytes()
    {
        using var file = Written(score: true, "default", "cross-national");
        Assert.Equal(Write(file).Page, Write(file).Page);
    }

    [Fact]
    public void A_run_without_similarities_is_counted_and_left_out()
    {
        Written(score: true, "default").Dispose();
        using var file = Written(score: false, "cross-national");
        var (summary, page) = Write(file);

        var overview = new BlockReader(page, "overview").Values;
        Assert.Equal((1, 1), (summary.Runs, overview.GetProperty("unscoredRuns").GetInt32()));
        Assert.Equal("default", Assert.Single(overview.GetProperty("runs").EnumerateArray()).GetProperty("condition").GetString());
    }

    [Fact]
    public void Nothing_scored_is_a_clear_error_and_writes_nothing()
    {
        using var file = Written(score: false, "default");
        using var output = new MemoryStream();

        var error = Assert.Throws<ReportException>(() => HtmlReport.Write(file, output));
        Assert.Contains("score it first", error.Message);
        Assert.Equal(ReportRemedy.Score, error.Remedy);
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

    [Fact]
    public void Panels_say_what_the_file_lacks()
    {
        using var file = Written(score: true, "default");
        var path = Path.Combine(Path.GetDirectoryName(_fixture.Path)!, "bare.html");
        File.WriteAllText(path, Write(file).Page);
        var seen = Browser.Observe(path, "bare");

        Assert.Contains("assigns no topics", seen.GetProperty("country").GetString());
        Assert.Contains("This prompt was not kept", seen.GetProperty("country").GetString());
        Assert.Contains("answers as someone from", seen.GetProperty("country").GetString());
        Assert.Contains("No country is ranked: none has 10 questions", seen.GetProperty("ranking").GetString());
        Assert.Contains("no means by region", seen.GetProperty("region").GetString());
        Assert.Contains("holds one run of this survey", seen.GetProperty("compare").GetString());
        Assert.Contains("holds no generated texts", seen.GetProperty("questions").GetString());
    }

    ResultsFile Written(bool score, params string[] conditions)
    {
        using (var file = ResultsFile.Open(_fixture.Path))
            ResultsFixture.Fill(file, score, conditions);
        return ResultsFile.OpenReadOnly(_fixture.Path);
    }

    static (ReportSummary Summary, string Page) Write(ResultsFile file)
    {
        using var output = new MemoryStream();
        var summary = HtmlReport.Write(file, output, new ReportOptions { Title = "A <title>" });
        var page = Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("<title>A &lt;title&gt;</title>", page);
        return (summary, page);
    }

    static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
