using System.Globalization;
using System.Text;
using System.Xml.Linq;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>What holds for the page as a whole: what is taken along, who can use it, on which screens.</summary>
[Collection(nameof(StudyPage))]
public sealed class PageTests(StudyPage study)
{
    [Fact]
    public void What_is_saved_and_copied_stands_alone()
    {
        var seen = Browser.Observe(study.Path, "exports");
        var csv = seen.Text("saved", "CSV", "text").Split("\r\n");
        var (heads, first) = (csv[0].Split(','), csv[1].Split(','));
        var run = int.Parse(first[Array.IndexOf(heads, "run")], CultureInfo.InvariantCulture);
        var expected = study.Sql(
            $"SELECT beyond_bits, beyond_low, n, iso3 FROM adjusted_similarity WHERE run_id = {run} AND country = '{first[0]}'")[0];
        double Cell(string head) => double.Parse(first[Array.IndexOf(heads, head)], CultureInfo.InvariantCulture);
        Assert.Equal((double)expected[0]!, Cell("shown"));
        Assert.Equal((double)expected[1]!, Cell("interval_low"));
        Assert.Equal(expected[3], first[Array.IndexOf(heads, "iso3")]);
        Assert.Equal((long)study.Sql($"SELECT count(*) FROM country_similarity WHERE run_id = {run}")[0][0]!, csv.Length - 2);
        Assert.Equal($"map-run-{run}.csv", seen.Text("saved", "CSV", "name"));

        var svg = XDocument.Parse(seen.Text("saved", "SVG", "text"));
        var texts = string.Join('\n', svg.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value));
        // A long title is broken into lines.
        Assert.Contains("Similarity beyond a random guesser (bits): Model-J-10B, as itself", texts.Replace('\n', ' '));
        Assert.Contains("Hatched: thin: fewer than", texts);
        Assert.Contains("random guesser \u00B10.000", texts);
        Assert.Contains($"Run {run}:", texts.Replace('\n', ' '));
        Assert.Contains("the figures are nobody's", texts.Replace('\n', ' '));
        Assert.True(svg.Descendants().Count(element => element.Name.LocalName == "path") > 200);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "style" or "script" or "foreignObject" or "image");
        Assert.Equal("PNG", seen.Text("saved", "PNG", "text"));
        Assert.True(seen.At("saved", "PNG", "bytes").GetInt32() > 100_000);
        foreach (var (kind, start) in new[] { ("CSV", "country,"), ("SVG", "<svg "), ("PNG", "") })
        {
            Assert.Equal("Copied.", seen.Text("copied", kind, "said"));
            Assert.StartsWith(start, seen.Text("copied", kind, "text"));
        }
    }

    [Fact]
    public void Nobody_is_shut_out_on_any_screen_and_on_paper()
    {
        var seen = Browser.Observe(study.Path, "access");
        Assert.Empty(seen.Texts("violations"));
        Assert.All(seen.At("wide").EnumerateObject(), screen =>
            Assert.True(screen.Value.GetInt32() <= 0, $"{screen.Name}: {screen.Value} pixels too wide"));
        Assert.True(seen.At("printed").GetInt32() >= 8, $"{seen.At("printed")} drawings on paper");
        Assert.False(seen.At("toolbar").GetBoolean());
    }

    [Fact]
    public void The_page_holds_its_texts_only_packed()
    {
        var page = File.ReadAllText(study.Path, Encoding.UTF8);
        Assert.DoesNotContain("Question 1:", page);
        Assert.True(new FileInfo(study.Path).Length < 15_000_000);
    }
}
