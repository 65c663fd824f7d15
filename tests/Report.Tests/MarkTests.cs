using System.Text.Json;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>What map, ranking and ruler must agree on: one country, one colour; each row's own random guesser.</summary>
[Collection(nameof(StudyPage))]
public sealed class MarkTests(StudyPage study)
{
    int Run => (int)study.Sql("SELECT run_id FROM run_overview WHERE condition = 'default' AND option_order = 'faithful' AND control = "
        + "'none' ORDER BY started_at DESC, run_id DESC LIMIT 1")[0][0]!;

    [Fact]
    public void A_country_has_one_colour_and_its_own_uniform_answerer()
    {
        var seen = Browser.Observe(study.Path, "marks").At("seen");
        foreach (var measure in seen.EnumerateObject())
        {
            var colours = measure.Value.At("map").EnumerateArray().ToDictionary(country => country.Text("label"), country =>
                country.Text("colour"));
            var dots = measure.Value.At("dots").EnumerateArray().Where(dot => colours.ContainsKey(dot.Text("name"))).ToList();
            Assert.True(dots.Count > 80, $"{measure.Name}: {dots.Count}");
            Assert.All(dots, dot => Assert.Equal((measure.Name, dot.Text("name"), colours[dot.Text("name")]),
                (measure.Name, dot.Text("name"), dot.Text("colour"))));
            // The middle that is left out is said, with how many it is.
            var gap = Assert.Single(measure.Value.Texts("gaps"), name => name.StartsWith('\u22EE'));
            var ranked = measure.Value.At("dots").EnumerateArray()
                .Count(dot => !dot.Text("said").Contains("not ranked", StringComparison.Ordinal));
            Assert.StartsWith($"\u22EE {ranked - 22} not shown", gap);
        }
        CheckStrokes(seen.At("Plain mean"));
        Assert.All(seen.At("Beyond guessing", "dots").EnumerateArray(), dot => Assert.Equal(JsonValueKind.Null, dot.At("own").ValueKind));
    }

    void CheckStrokes(JsonElement plain)
    {
        var uniform = study.Sql($"SELECT country, uniform_similarity_bits FROM country_similarity WHERE run_id = {Run}")
            .ToDictionary(row => (string)row[0]!, row => (double)row[1]!);
        var dots = plain.At("dots").EnumerateArray()
            .Select(dot => (Name: dot.Text("name"), Value: dot.At("value").GetDouble(), At: dot.At("x").GetDouble(),
                Own: dot.At("own").GetDouble(), Said: dot.Text("said"))).ToList();
        var (a, b) = (dots.MaxBy(dot => dot.Value), dots.MinBy(dot => dot.Value));
        foreach (var dot in dots)
        {
            Assert.Equal(b.At + (uniform[dot.Name] - b.Value) / (a.Value - b.Value) * (a.At - b.At), dot.Own, 0.6);
            Assert.Contains($"random guesser {Printed.Three(uniform[dot.Name])}, ", dot.Said);
        }
    }
}
