using System.Text.Json;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>The sheets that come out of a printer, read from the PDF: of a page of one small run, and of one of ninety runs.</summary>
[Collection(nameof(StudyPage))]
public sealed class SheetTests(StudyPage study) : IDisposable
{
    readonly ResultsFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_small_results_file_takes_few_sheets_and_none_of_them_is_empty_or_dark()
    {
        using (var file = ResultsFile.Open(_fixture.Path))
            ResultsFixture.Fill(file, score: true, "default");
        using var results = new ShownResults(_fixture.Path, "sheets");
        Check(results.Seen, opened: 6, country: 7);
    }

    [Fact]
    public void The_sheets_of_ninety_runs_do_not_grow_with_their_number()
    {
        Check(Browser.Observe(study.Path, "sheets"), opened: 16, country: 20);
    }

    static void Check(JsonElement seen, int opened, int country)
    {
        // What only asks for a click is no use on paper.
        Assert.Empty(seen.Texts("orders"));
        foreach (var (name, most) in new[] { ("opened", opened), ("country", country) })
        {
            var sheets = seen.At("printed", name).EnumerateArray().ToList();
            Assert.True(sheets.Count > 1 && sheets.Count <= most, $"{name}: {sheets.Count} sheets");
            foreach (var (index, sheet) in sheets.Index())
            {
                var where = $"{name}, sheet {index + 1} of {sheets.Count}";
                Assert.True(sheet.At("texts").GetInt32() > 0, $"{where}: empty");
                Assert.True(sheet.At("pale").GetInt32() == 0, $"{where}: {sheet.At("pale")} texts are as light as the paper");
                Assert.True(sheet.Texts("dark").Length == 0, $"{where}: dark over {string.Join(", ", sheet.Texts("dark"))}");
            }
        }
    }
}
