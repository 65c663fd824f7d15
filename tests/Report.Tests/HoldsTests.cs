using System.Text.Json;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>The page as a thing to point at, to tab through, to go back in, to link to and to print.</summary>
[Collection(nameof(StudyPage))]
public sealed class HoldsTests(StudyPage study)
{
    [Fact]
    public void Every_country_can_be_pointed_at_and_a_dot_means_its_own()
    {
        var seen = Browser.Observe(study.Path, "reach");
        var wanted = seen.Texts("wanted");
        Assert.True(wanted.Length > 80 && wanted.Contains("Israel"));
        Assert.Empty(wanted.Except(seen.At("found").EnumerateArray().Select(name => name.GetString())));
        var middles = seen.At("middles").EnumerateObject().ToList();
        Assert.NotEmpty(middles);
        Assert.All(middles, middle => Assert.Equal(middle.Name, middle.Value.GetString()));
    }

    [Fact]
    public void A_figure_is_one_tab_stop_at_most()
    {
        var counted = Browser.Observe(study.Path, "stops").At("counted").EnumerateArray().Select(count => count.GetInt32()).ToList();
        Assert.True(counted.Count > 12);
        Assert.Contains(1, counted);
        Assert.All(counted, count => Assert.InRange(count, 0, 1));
    }

    [Fact]
    public void The_keyboard_goes_through_all_of_the_page_and_comes_out()
    {
        var seen = Browser.Observe(study.Path, "walk");
        var stops = seen.At("stops").EnumerateArray().ToList();
        Assert.True(seen.At("out").GetBoolean(), $"caught near {stops[^1].Text("what")}");
        Assert.All(stops, stop => Assert.True(stop.At("seen").GetBoolean(), stop.Text("what")));
        // Whatever the browser itself takes for a stop counts.
        var figures = stops.Where(stop => stop.At("figure").ValueKind == JsonValueKind.String).Select(stop => stop.Text("figure")).ToList();
        Assert.Contains("Export the map", figures);
        Assert.Contains("Export the ranking", figures);
        Assert.Equal(figures.Distinct(), figures);
    }

    [Fact]
    public void Every_picture_that_is_saved_has_its_title_source_and_notice_and_no_empty_half()
    {
        var saved = Browser.Observe(study.Path, "pictures").At("saved").EnumerateArray().ToList();
        Assert.True(saved.Count >= 10, string.Join(", ", saved.Select(picture => picture.Text("name"))));
        foreach (var picture in saved)
        {
            var (name, words) = (picture.Text("name"), picture.Text("words"));
            Assert.True(picture.Text("title").Length > 10, name);
            Assert.True(picture.At("drawings").GetInt32() > 0, name);
            Assert.True(picture.At("rows").GetInt32() > 0, name);
            Assert.Matches("Run [0-9]+: Model-", words);
            Assert.Contains(StudySurvey.Notice, words);
            Assert.True(picture.At("reach").GetDouble() is > 0.65 and <= 1, $"{name}: {picture.At("reach")} of the width is drawn on");
            Assert.True(picture.At("below").GetDouble() is > 0.9 and <= 1, $"{name}: the last line is at {picture.At("below")}");
            Assert.Equal(0, picture.At("outside").GetInt32());
        }
        // What colours, hatching, strokes and letters mean is said where they are drawn.
        string Words(string figure) => saved.Single(picture => picture.Text("name") == $"Export {figure}").Text("words");
        foreach (var map in new[] { "the map", "the two maps" })
            Assert.Contains("Hatched: thin: fewer than 10 questions. Faint grey: no data. Dotted: disputed area.", Words(map));
        Assert.Contains("Upright stroke: the random guesser, each country\u2019s own.", Words("the ranking"));
        Assert.Contains("Faint grey: no data, or thin", Words("the study"));
        Assert.Contains("Bars: 95 % intervals, paired by question.", Words("the differences"));
        Assert.Contains("Bars: 95 % intervals. Pale: not ranked.", Words("the models"));
        Assert.Contains("A = ", Words("People"));
    }

    [Fact]
    public void The_map_shows_a_part_of_the_world()
    {
        var seen = Browser.Observe(study.Path, "regions");
        var regions = study.Sql("SELECT DISTINCT region FROM country_similarity WHERE sample_kind <> 'non-national' AND iso3 IS NOT NULL "
            + "AND region IS NOT NULL").Select(row => (string)row[0]!).Order(StringComparer.Ordinal);
        Assert.Equal(["all of it", .. regions], seen.Texts("offered"));
        Assert.EndsWith("&region=Europe", seen.Text("address"));
        var there = study.Sql("SELECT DISTINCT country FROM country_similarity WHERE region = 'Europe' AND sample_kind <> "
            + "'non-national'").Select(row => (string)row[0]!).ToHashSet();
        // The keyboard goes round the countries of the part, all of them in view.
        Assert.True(seen.Texts("walked").Length > 4);
        Assert.Subset(there, seen.Texts("walked").ToHashSet());
        Assert.Subset(seen.Texts("inside").ToHashSet(), seen.Texts("walked").ToHashSet());
        Assert.InRange(seen.At("view")[2].GetDouble(), 50, 400);
        Assert.All(seen.At("small").EnumerateArray(), side => Assert.True(side.GetDouble() > 4));
    }

    [Fact]
    public void Models_stand_side_by_side()
    {
        const string Same = "condition = 'default' AND option_order = 'faithful' AND control = 'none'";
        var seen = Browser.Observe(study.Path, "models");
        var expected = study.Sql($"""
            SELECT model || ', as itself',
                count(DISTINCT coalesce(a.iso3, a.country)) FILTER (WHERE a.beyond_bits > 0 AND a.p_holm < 0.05 AND a.n >= 100),
                count(DISTINCT coalesce(a.iso3, a.country)) FILTER (WHERE a.ranked), any_value(r.mean_off_menu), any_value(r.answered)
            FROM run_overview AS r JOIN adjusted_similarity AS a USING (run_id, model) WHERE r.{Same.Replace("AND ", "AND r.",
                StringComparison.Ordinal)} GROUP BY ALL ORDER BY max(run_id) DESC
            """);
        Assert.Equal(10, expected.Count);
        Assert.Equal(expected.Select(row => $"{row[0]}|{row[1]}|{row[2]}|{Printed.Percent(row[3])}|{Printed.Whole(row[4])}"),
            seen.At("rows").EnumerateArray().Select(row => row.Texts()).Select(row => string.Join('|', [row[0], .. row[2..]])));
        var near = study.Sql($"SELECT a.model || ', as itself', a.beyond_bits FROM adjusted_similarity AS a JOIN run_overview AS r "
            + $"USING (run_id) WHERE a.country = 'Germany' AND r.{Same.Replace("AND ", "AND r.", StringComparison.Ordinal)} "
            + "ORDER BY a.beyond_bits DESC").Select(row => ((string)row[0]!, (double)row[1]!)).ToList();
        Assert.Equal(near, seen.At("dots").EnumerateArray().Select(dot => (dot[0].GetString()!, dot[1].GetDouble())));
        Assert.Equal(near[^1].Item1, seen.Text("chosen"));
    }

    [Fact]
    public void Back_goes_back_and_links_hold_their_run()
    {
        var seen = Browser.Observe(study.Path, "back");
        Assert.StartsWith("#run=", seen.Text("start"));
        Assert.NotEqual(seen.Text("start"), seen.Text("first"));
        // A letter typed and a move within the page are no steps to come back to.
        Assert.Equal([seen.Text("first"), seen.Text("start")], seen.Texts("went"));
        Assert.Equal("Similarity beyond a random guesser (bits)", seen.Text("shown"));
        Assert.Contains("unit=nats&search=climate", seen.Text("moved", "address"));
        Assert.Equal("ranking-section", seen.Text("moved", "focus"));
        Assert.StartsWith("The link names a run that this page does not hold", seen.Text("said"));
    }

    [Fact]
    public void No_text_of_a_drawing_lies_over_another()
    {
        var seen = Browser.Observe(study.Path, "overlaps");
        Assert.True(seen.At("looked").GetInt32() > 1000);
        Assert.Empty(seen.Texts("found").Distinct());
    }

    [Fact]
    public void Paper_is_light_and_full_whatever_the_theme_and_wherever_the_reader_was()
    {
        var seen = Browser.Observe(study.Path, "paper");
        Assert.NotEqual(seen.Texts("light"), seen.Texts("dark"));
        Assert.Equal(seen.Texts("light"), seen.Texts("printed"));
        Assert.Equal(seen.Texts("dark"), seen.Texts("after"));
        Assert.Equal("rgb(255, 255, 255)", seen.Text("background"));
        Assert.All(seen.At("drawn").EnumerateObject(), place => Assert.True(place.Value.GetInt32() > 0, place.Name));
    }
}
