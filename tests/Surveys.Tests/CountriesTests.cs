namespace LocalOpinions.Surveys.Tests;

public class CountriesTests
{
    [Theory]
    [InlineData("Britain", "Great Britain", "GBR", SampleKind.National)]
    [InlineData("Great Britain", "Great Britain", "GBR", SampleKind.National)]
    [InlineData("Northern Ireland", "Northern Ireland", "GBR", SampleKind.National)]
    [InlineData("S. Korea", "South Korea", "KOR", SampleKind.National)]
    [InlineData("Czech Rep.", "Czechia", "CZE", SampleKind.National)]
    [InlineData("Palest. ter.", "Palestinian territories", "PSE", SampleKind.National)]
    [InlineData("Kosovo", "Kosovo", "XKX", SampleKind.National)]
    [InlineData("Taiwan ROC", "Taiwan", "TWN", SampleKind.National)]
    [InlineData("Macau SAR", "Macau", "MAC", SampleKind.National)]
    [InlineData("S. Africa (Non-national sample)", "South Africa", "ZAF", SampleKind.NonNational)]
    [InlineData("India (Current national sample)", "India", "IND", SampleKind.CurrentNational)]
    [InlineData("India (Old national sample)", "India", "IND", SampleKind.OldNational)]
    public void A_label_is_mapped(string label, string name, string iso3, SampleKind sample) =>
        Assert.Equal(new Country(label, name, iso3, sample), Countries.Find(label));

    [Theory]
    [InlineData("")]
    [InlineData("People over 60")]
    [InlineData("kenya")]
    public void An_unknown_label_stays_what_it_is(string label) =>
        Assert.Equal(new Country(label, label, null, SampleKind.National), Countries.Find(label));
}
