using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>What a survey of the real one's size takes on the page, so that 30 models under 9 conditions fit into 20 MB.</summary>
public sealed class SizeTests : IDisposable
{
    const int Questions = 2556, Runs = 30 * StudyFile.Conditions;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-size-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_single_answers_of_270_runs_fit_beside_everything_else()
    {
        var path = Path.Combine(_folder.FullName, "full.duckdb");
        using (var file = ResultsFile.Open(path))
            StudyFile.Fill(file, models: 1, conditions: 2, Questions, extras: false);
        using var results = ResultsFile.OpenReadOnly(path);
        using var output = new MemoryStream();
        HtmlReport.Write(results, output);
        var page = Encoding.ASCII.GetString(output.ToArray());
        long Size(string block) => Regex.Match(page, $"id=\"data-{block}\">([^<]*)<").Groups[1].Length;

        // The columns of the answers, and of them the similarities, which the page computes but for what rounding moves.
        var answers = new BlockReader(page, "run-0");
        Assert.Equal(Questions, answers.UShorts("offMenu").Length);
        var rests = answers.UShorts("rest").Where(rest => rest != ushort.MaxValue).ToList();
        Assert.True(rests.Count > 20_000);
        Assert.True(rests.Max() < 60, $"{rests.Max()}");
        Assert.InRange(Runs * Size("run-0"), 1, 12_000_000);
        // What the page opens with grows with runs and countries, not with questions.
        Assert.InRange(Size("overview") / 2.0 * Runs, 1, 7_000_000);
        Assert.InRange(Size("survey-0"), 1, 2_000_000);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
            $"one run {Size("run-0")}, overview of two {Size("overview")}, survey {Size("survey-0")}"));
    }
}
