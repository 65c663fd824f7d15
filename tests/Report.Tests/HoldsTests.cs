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
    public void Back_goes_back_and_links_hold_their_run()
    {
        var seen = Browser.Observe(study.Path, "back");
        Assert.StartsWith("#run=", seen.Text("start"));
        Assert.NotEqual(seen.Text("start"), seen.Text("first"));
        // A letter typed and a move within the page are no steps to come back to.
        Assert.Equal([seen.Text("first"), seen.Text("start")], seen.Texts("went"));
        Assert.Equal("Similarity beyond the uniform answerer (bits)", seen.Text("shown"));
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
