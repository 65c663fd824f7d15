using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Tests;

public class CountriesTests
{
    [Theory]
    [InlineData("Britain", "Great Britain", "Britain", "GBR", SampleKind.National)]
    [InlineData("Great Britain", "Great Britain", "Britain", "GBR", SampleKind.National)]
    [InlineData("Northern Ireland", "Northern Ireland", "Northern Ireland", "GBR", SampleKind.National)]
    [InlineData("United Kingdom", "United Kingdom", "the United Kingdom", "GBR", SampleKind.National)]
    [InlineData("United States", "United States", "the United States", "USA", SampleKind.National)]
    [InlineData("S. Korea", "South Korea", "South Korea", "KOR", SampleKind.National)]
    [InlineData("Czech Rep.", "Czechia", "the Czech Republic", "CZE", SampleKind.National)]
    [InlineData("Palest. ter.", "Palestinian territories", "the Palestinian territories", "PSE", SampleKind.National)]
    [InlineData("Netherlands", "Netherlands", "the Netherlands", "NLD", SampleKind.National)]
    [InlineData("Bosnia Herzegovina", "Bosnia and Herzegovina", "Bosnia and Herzegovina", "BIH", SampleKind.National)]
    [InlineData("Kosovo", "Kosovo", "Kosovo", "XKX", SampleKind.National)]
    [InlineData("Taiwan ROC", "Taiwan", "Taiwan", "TWN", SampleKind.National)]
    [InlineData("Macau SAR", "Macau", "Macau", "MAC", SampleKind.National)]
    [InlineData("Philippines (Non-national sample)", "Philippines", "the Philippines", "PHL", SampleKind.NonNational)]
    [InlineData("S. Africa (Non-national sample)", "South Africa", "South Africa", "ZAF", SampleKind.NonNational)]
    [InlineData("India (Current national sample)", "India", "India", "IND", SampleKind.CurrentNational)]
    [InlineData("India (Old national sample)", "India", "India", "IND", SampleKind.OldNational)]
    public void A_label_is_mapped(string label, string name, string spoken, string iso3, SampleKind sample) =>
        Assert.Equal(new Country(label, name, spoken, iso3, sample), Countries.Find(label));

    [Theory]
    [InlineData("")]
    [InlineData("People over 60")]
    [InlineData("kenya")]
    [InlineData("Yugoslavia (Non-national sample)")]
    public void An_unknown_label_stays_what_it_is(string label)
    {
        var country = Countries.Find(label);
        Assert.Equal((label, label, label, null), (country.Label, country.Name, country.Spoken, country.Iso3));
    }

    [Theory]
    [InlineData("Kenya", "Kenya")]
    [InlineData(" kenya ", "Kenya")]
    [InlineData("ken", "Kenya")]
    [InlineData("the united states", "United States")]
    [InlineData("United States", "United States")]
    [InlineData("S. KOREA", "S. Korea")]
    [InlineData("south korea", "South Korea")]
    [InlineData("kor", "South Korea")]
    [InlineData("Britain", "Britain")]
    [InlineData("gbr", "Great Britain")]
    [InlineData("the czech republic", "Czechia")]
    [InlineData("India", "India")]
    [InlineData("india (old NATIONAL sample)", "India (Old national sample)")]
    [InlineData("the Philippines (Non-national sample)", "Philippines (Non-national sample)")]
    [InlineData("côte d'ivoire", "Côte d'Ivoire")]
    public void A_country_is_found_by_what_it_is_called(string text, string label) =>
        Assert.Equal(Countries.Find(label), Countries.Named(text));

    [Theory]
    [InlineData("Kenia", "Did you mean Kenya?")]
    [InlineData("Brittain", "Did you mean Britain?")]
    [InlineData("Slovekia", "Did you mean Slovakia or Slovenia?")]
    [InlineData("Korea", "Did you mean South Korea?")]
    [InlineData("unitedstates", "Did you mean United States?")]
    [InlineData("", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    [InlineData("(Non-national sample)", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    [InlineData("Atlantis in the sea", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    public void An_unknown_name_is_refused_with_those_near_to_it(string text, string remedy) =>
        Assert.Equal($"no country is called \"{text}\". {remedy}", Assert.Throws<SurveyException>(() => Countries.Named(text)).Message);

    [Fact]
    public void At_most_three_countries_are_suggested_each_once()
    {
        var message = Assert.Throws<SurveyException>(() => Countries.Named("land")).Message;
        Assert.Equal(2, message.Split(" or ").Length - 1);
        Assert.Equal(3, message[message.IndexOf("mean ")..].TrimEnd('?')["mean ".Length..].Split(" or ")
            .Select(n => Countries.Named(n).Iso3).Distinct().Count());
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Saturday", "sunday", 3)]
    [InlineData("flaw", "LAWN", 2)]
    public void The_edit_distance_is(string a, string b, int expected)
    {
        Assert.Equal(expected, EditDistance.Between(a, b));
        Assert.Equal(expected, EditDistance.Between(b, a));
    }

    [Fact]
    public void The_published_list_has_55_different_countries()
    {
        Assert.Equal(55, Countries.Published.Count);
        Assert.Equal(55, Countries.Published.Select(c => c.Iso3).OfType<string>().Distinct().Count());
        Assert.Equal(55, Countries.Published.Select(c => c.Spoken).Distinct().Count());
        Assert.All(Countries.Published, c => Assert.Equal(SampleKind.National, c.Sample));
        Assert.All(Countries.Published, c => Assert.Equal(c, Countries.Named(c.Label)));
        Assert.Equal(["United States", "Britain", "Australia"], new[] { 0, 11, 54 }.Select(i => Countries.Published[i].Label));
    }
}
