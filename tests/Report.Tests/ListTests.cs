using System.Globalization;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>The ranking by country, region, topic and study, and two runs side by side, against SQL.</summary>
[Collection(nameof(StudyPage))]
public sealed class ListTests(StudyPage study)
{
    [Fact]
    public void The_ranking_and_the_comparison_show_what_the_views_say()
    {
        var seen = Browser.Observe(study.Path, "lists");
        var run = (int)study.Sql("SELECT run_id FROM run_overview WHERE condition = 'default' AND option_order = 'faithful' AND control = "
            + "'none' ORDER BY started_at DESC, run_id DESC LIMIT 1")[0][0]!;
        var dots = seen.At("unfolded").EnumerateArray()
            .Select(dot => (Name: dot[0].GetString()!, Value: dot[1].GetDouble(), At: dot[2].GetDouble())).ToList();
        var values = study.Sql($"SELECT country, beyond_bits FROM adjusted_similarity WHERE run_id = {run}")
            .ToDictionary(row => (string)row[0]!, row => (double)row[1]!);
        Assert.Equal(values.OrderBy(entry => entry.Key, StringComparer.Ordinal),
            dots.ToDictionary(dot => dot.Name, dot => dot.Value).OrderBy(entry => entry.Key, StringComparer.Ordinal));
        Assert.True(seen.At("folded").GetInt32() < 40);
        // Places along the axis are the values, but for one scale.
        var (a, b) = (dots.MaxBy(dot => dot.Value), dots.MinBy(dot => dot.Value));
        foreach (var dot in dots)
            Assert.Equal(b.At + (dot.Value - b.Value) / (a.Value - b.Value) * (a.At - b.At), dot.At, 0.01);
        Assert.Equal(dots[1].Name, seen.Text("chosen"));

        foreach (var (name, view, column) in new[] { ("region", "region_similarity", "region"), ("topic", "topic_similarity", "topic"),
            ("study", "source_similarity", "source") })
        {
            foreach (var (head, sql, print) in new (string, string, Func<object?, string>)[]
            {
                ("n questions", "n", Printed.Whole), ("Samples", "countries", Printed.Whole),
                    ("Plain mean, bits", "similarity_bits", Printed.Three),
                ("95 % from", "low", Printed.Three), ("95 % to", "high", Printed.Three),
                    ("Random guesser, bits", "uniform_similarity_bits", Printed.Three),
            })
                Assert.Equal(study.Sql($"SELECT {column}, {sql} FROM {view} WHERE run_id = {run}", print),
                    seen.At("groups", name).Column(head));
        }
        CheckCompared(seen, run);
    }

    void CheckCompared(System.Text.Json.JsonElement seen, int run)
    {
        var other = seen.At("otherRun").GetInt32();
        foreach (var (side, of) in new[] { ("left", run), ("right", other) })
        {
            var values = study.Sql($"SELECT country, beyond_bits FROM adjusted_similarity WHERE run_id = {of}", Printed.Signed);
            var countries = seen.At("compared", side).EnumerateArray().ToList();
            Assert.True(countries.Count > 80);
            foreach (var country in countries)
                Assert.Contains($": {values[country.Text("label")]}. ", country.Text("said"));
        }
        // One scale: countries of equal printed value have the same colour on both maps.
        var colours = new[] { "left", "right" }.SelectMany(side => seen.At("compared", side).EnumerateArray())
            .Select(country => (country.Text("said").Split(". ")[1], country.Text("colour"))).Distinct()
            .GroupBy(entry => entry.Item1).Where(group => group.Count() > 2).ToList();
        Assert.Empty(colours);

        var paired = seen.At("compared", "paired");
        foreach (var (head, column, print) in new (string, string, Func<object?, string>)[]
            { ("Difference, bits", "difference_bits", Printed.Signed), ("95 % from", "low", Printed.Signed),
                ("95 % to", "high", Printed.Signed), ("n", "n", Printed.Whole), ("p (Holm)", "p_holm", Printed.P) })
        {
            Assert.Equal(study.Sql($"""
                SELECT d.country, d.{column} FROM model_differences AS d
                JOIN country_similarity AS s ON s.run_id = d.run_id AND s.country_id = d.country_id
                    JOIN country_similarity AS t ON t.run_id = d.other_run_id AND t.country_id = d.country_id
                WHERE d.run_id = {run} AND d.other_run_id = {other} AND s.ranked AND t.ranked
                """, print), paired.Column(head));
        }
        var overall = study.Sql($"SELECT difference_bits, low, high, p_holm FROM model_differences WHERE run_id = {run} AND other_run_id = "
            + $"{other} AND country IS NULL")[0];
        var clear = (double)overall[3]! < 0.05;
        Assert.Contains(clear ? (double)overall[0]! < 0 ? " is farther from people than " : " is nearer to people than "
            : " is not shown to be nearer to people than ", seen.Text("compared", "verdict"));
        Assert.Contains($": {Printed.Signed(overall[0])} bits (95 % interval {Printed.Signed(overall[1])} to "
            + $"{Printed.Signed(overall[2])}).", seen.Text("compared", "verdict"));
        var brazil = study.Sql(
            $"SELECT run_id::VARCHAR, beyond_bits FROM adjusted_similarity WHERE country = 'Brazil' AND run_id IN ({run}, {other})",
            Printed.Signed);
        Assert.Equal($"Brazil: {brazil[run.ToString(CultureInfo.InvariantCulture)]} left, "
            + $"{brazil[other.ToString(CultureInfo.InvariantCulture)]} right", seen.Text("linked", "words"));
        Assert.StartsWith("M", seen.Text("linked", "outline"));
    }
}
