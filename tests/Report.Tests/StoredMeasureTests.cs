using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>The list by the measures that the results file stores, against SQL.</summary>
public sealed class StoredMeasureTests : IDisposable
{
    readonly ResultsFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_list_can_be_drawn_by_every_stored_measure_and_a_run_without_any_keeps_the_maps()
    {
        using (var file = ResultsFile.Open(_fixture.Path))
        {
            ResultsFixture.Fill(file, score: true, "default", "cross-national");
            file.Score([1], new ScoreOptions { Resamples = 0, Measures = [Measure.TopAgreement, Measure.TotalVariation] });
        }

        using var results = ResultsFile.OpenReadOnly(_fixture.Path);
        var page = Path.ChangeExtension(_fixture.Path, "html");
        using (var output = File.Create(page))
            HtmlReport.Write(results, output);
        var seen = Browser.Observe(page, "measures");
        Assert.Equal(["what the map shows", "Total variation", "Top agreement"], seen.Texts("offered"));
        foreach (var measure in new[] { Measure.TotalVariation, Measure.TopAgreement })
        {
            var shown = seen.At("seen", measure.Title);
            foreach (var (head, column, print) in new (string, string, Func<object?, string>)[]
                { ("n", "n", Printed.Whole), (measure.Title, "mean", Printed.Three), ("Random guesser", "uniform_mean", Printed.Three) })
            {
                using var query = results.Query($"SELECT country, {column} FROM country_measures WHERE measure = ?", measure.Name);
                Assert.Equal(query.Rows.ToDictionary(row => (string)row[0]!, row => print(row[1])), shown.At("table").Column(head));
            }

            Assert.Contains($"{measure.Title}: {measure.Description}", shown.Text("caption"));
            var dots = shown.At("dots").EnumerateArray().Select(dot => dot.GetDouble()).ToList();
            Assert.Equal(measure.MoreIsNearer ? dots.Order() : dots.OrderDescending(), dots);
            Assert.Equal(4, dots.Count);
        }

        Assert.Contains("Plain mean, bits", seen.At("back").Texts("heads"));
        Assert.True(seen.At("hidden").GetBoolean());
        Assert.Contains("Plain mean, bits", seen.At("without").Texts("heads"));
        Assert.True(seen.At("without", "hidden").GetBoolean());
    }

    [Fact]
    public void A_page_of_a_file_without_stored_measures_holds_nothing_of_them()
    {
        using var file = ResultsFile.Open(_fixture.Path);
        ResultsFixture.Fill(file, score: true, "default");
        using var output = new MemoryStream();
        HtmlReport.Write(file, output);
        Assert.DoesNotContain("data-measures\"", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }
}
