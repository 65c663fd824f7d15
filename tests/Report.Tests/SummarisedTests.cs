using System.Text;
using System.Text.RegularExpressions;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>
/// A results file with more single answers than a page has room for: four runs, newest first, of which the oldest is opened.
/// </summary>
public sealed class SummarisedTests : IDisposable
{
    readonly ResultsFixture _fixture = new();
    readonly ResultsFile _results;

    public SummarisedTests()
    {
        using (var file = ResultsFile.Open(_fixture.Path))
        {
            StudyFile.Fill(file, models: 1, conditions: 4, questions: 1000, extras: false);
            // The second run answered few questions.
            foreach (var table in new[] { "answers", "similarities" })
                file.Query($"DELETE FROM {table} WHERE run_id = 2 AND source_row >= 20").Dispose();
        }
        _results = ResultsFile.OpenReadOnly(_fixture.Path);
    }

    public void Dispose()
    {
        _results.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void The_opened_run_keeps_its_answers_first_and_a_smaller_one_fits_behind_one_without_room()
    {
        var whole = Written();
        Assert.Equal([true, true, true, true], Held(whole));
        // Newest first: run 4, 3, 2 (small) and 1, which is opened.
        var (fourth, third) = (Size(whole, 0), Size(whole, 1));
        Assert.True(Size(whole, 2) < third / 4 && third > 10_000);
        Assert.Equal(3, new BlockReader(whole, "overview").Values.GetProperty("opened").GetInt32());

        foreach (var (limit, held) in new (long, bool[])[]
        {
            (whole.Length - third / 2, [true, false, true, true]),
            (whole.Length - fourth - third / 2, [false, false, true, true]),
        })
        {
            var page = Written(limit);
            Assert.True(page.Length <= limit, $"{page.Length} > {limit}");
            Assert.Equal(held, Held(page));
            Assert.Equal(held.Count(there => there), Regex.Count(page, "id=\"data-run-"));
        }
    }

    [Fact]
    public void The_page_says_which_runs_lack_their_single_answers()
    {
        var whole = Written();
        var path = Path.ChangeExtension(_fixture.Path, "html");
        File.WriteAllText(path, Written(whole.Length - Size(whole, 0) - Size(whole, 1) / 2));
        var seen = Browser.Observe(path, "summarised");

        Assert.Equal("To keep this page small, 2 of 4 runs are shown without single answers; the results file holds them.",
            seen.Text("said"));
        string[] without = ["Model-A-1B, as someone from Turkey", "Model-A-1B, as someone from China"];
        Assert.Equal(without, seen.Texts("named"));
        var runs = seen.At("runs").EnumerateArray().ToList();
        Assert.Equal(3, runs.Count);
        foreach (var run in runs)
        {
            var left = without.Contains(run.Text("title"));
            Assert.Equal(left, run.Text("country").Contains("leaves this run\u2019s single answers out", StringComparison.Ordinal));
            Assert.Equal(left, run.Text("facts").Contains("Single answersnot on this page", StringComparison.Ordinal));
            Assert.Equal(left, run.Text("explorer").Contains("leaves this run\u2019s single answers out", StringComparison.Ordinal));
            // A figure of all ways of asking says whom it lacks.
            Assert.Contains($"Not drawn, since this page does not hold their single answers: {without[1]} and {without[0]}.",
                run.Text("explorer"));
        }
    }

    static bool[] Held(string page) => [.. new BlockReader(page, "overview").Values.GetProperty("runs").EnumerateArray()
        .Select(run => run.GetProperty("detail").GetBoolean())];

    static long Size(string page, int run) => Regex.Match(page, $"id=\"data-run-{run}\">([^<]*)<").Groups[1].Length;

    string Written(long? limit = null)
    {
        using var output = new MemoryStream();
        var options = new ReportOptions();
        HtmlReport.Write(_results, output, limit is { } largest ? options with { LargestPage = largest } : options);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
