using LocalOpinions.Surveys.Geography;
using LocalOpinions.Tests;

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
    [InlineData("the czech republic", "Czech Republic")]
    [InlineData("US", "US")]
    [InlineData("UK", "UK")]
    [InlineData("IE", "Ireland")]
    [InlineData("840", "United States")]
    [InlineData("004", "Afghanistan")]
    [InlineData("4", "Afghanistan")]
    [InlineData("turkiye", "Türkiye")]
    [InlineData("CÔTE D’IVOIRE", "Côte d'Ivoire")]
    [InlineData("St Lucia", "Saint Lucia")]
    [InlineData("Trinidad & Tobago", "Trinidad and Tobago")]
    [InlineData("Panamá", "Panama")]
    [InlineData("The Gambia", "The Gambia")]
    [InlineData("Congo, Dem. Rep.", "Congo, Dem. Rep.")]
    [InlineData("India", "India")]
    [InlineData("india (old NATIONAL sample)", "India (Old national sample)")]
    [InlineData("the Philippines (Non-national sample)", "Philippines (Non-national sample)")]
    [InlineData("côte d'ivoire", "Côte d'Ivoire")]
    public void A_country_is_found_by_what_it_is_called(string text, string label) =>
        Assert.Equal(Countries.Find(label), Countries.Named(text));

    [Theory]
    [InlineData("USSR", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    [InlineData("999", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    [InlineData("the", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    [InlineData("the the", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
    [InlineData("Kenia", "Did you mean Kenya?")]
    [InlineData("Brittain", "Did you mean Britain?")]
    [InlineData("Slovekia", "Did you mean Slovakia or Slovenia?")]
    [InlineData("Korea", "Did you mean North Korea or South Korea?")]
    [InlineData("West Germany", "Did you mean Germany?")]
    [InlineData("England", "Did you mean Great Britain or United Kingdom?")]
    [InlineData("Saudi", "Did you mean Saudi Arabia?")]
    [InlineData("western africa", "This is a region of 17 countries and areas: name those that are meant")]
    [InlineData("ie", "Give an English name or an ISO 3166-1 alpha-3 code, such as Kenya or KEN")]
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

    /// <summary>ISO 3166-1 from elsewhere: alpha-2, alpha-3 and numeric code, English short name, official name.</summary>
    static IEnumerable<string[]> Iso => File.ReadLines(Path.Combine(Repository.Root, "tests", "Surveys.Tests", "iso3166.csv"))
        .Where(l => l[0] != '#').Select(l => l.Split(';'));

    [Fact]
    public void Every_code_and_name_of_ISO_3166_is_a_country_in_any_case_and_with_accents_or_none()
    {
        Assert.Equal(249, Iso.Count());
        foreach (var cells in Iso)
        {
            var names = cells.Where(c => c.Length > 0).ToList();
            var spellings = names.Skip(1).SelectMany(n => new[] { n.ToUpperInvariant(), n.ToLowerInvariant(), Unaccented(n) });
            foreach (var name in names.Concat(spellings))
                Assert.Equal((name, cells[1]), (name, Countries.Named(name).Iso3));
            // A survey may use the names, and no codes, as its labels.
            Assert.Equal((cells[3], cells[1]), (cells[3], Countries.Find(cells[3]).Iso3));
        }

        static string Unaccented(string name) => name.Replace('Å', 'A').Replace('ü', 'u').Replace('ç', 'c').Replace('ô', 'o')
            .Replace('é', 'e').Replace('ã', 'a').Replace('í', 'i');
    }

    [Theory]
    [InlineData("ARE", "United Arab Emirates (the)")]
    [InlineData("BHS", "Bahamas (the)")]
    [InlineData("BOL", "Bolivia (Plurinational State of)")]
    [InlineData("CAF", "Central African Republic (the)")]
    [InlineData("CCK", "Cocos (Keeling) Islands (the)")]
    [InlineData("COD", "Congo (the Democratic Republic of the)")]
    [InlineData("COG", "Congo (the)")]
    [InlineData("FLK", "Falkland Islands (the) [Malvinas]")]
    [InlineData("FSM", "Micronesia (Federated States of)")]
    [InlineData("GBR", "United Kingdom of Great Britain and Northern Ireland (the)")]
    [InlineData("IRN", "Iran (Islamic Republic of)")]
    [InlineData("KOR", "Korea (the Republic of)")]
    [InlineData("LAO", "Lao People's Democratic Republic (the)")]
    [InlineData("MDA", "Moldova (the Republic of)")]
    [InlineData("MKD", "North Macedonia")]
    [InlineData("NLD", "Netherlands (Kingdom of the)")]
    [InlineData("PRK", "Korea (the Democratic People's Republic of)")]
    [InlineData("PSE", "Palestine, State of")]
    [InlineData("RUS", "Russian Federation (the)")]
    [InlineData("SHN", "Saint Helena, Ascension and Tristan da Cunha")]
    [InlineData("SYR", "Syrian Arab Republic (the)")]
    [InlineData("TWN", "Taiwan (Province of China)")]
    [InlineData("TZA", "Tanzania, the United Republic of")]
    [InlineData("UMI", "United States Minor Outlying Islands (the)")]
    [InlineData("USA", "United States of America (the)")]
    [InlineData("VAT", "Holy See (the)")]
    [InlineData("VEN", "Venezuela (Bolivarian Republic of)")]
    [InlineData("VGB", "Virgin Islands (British)")]
    [InlineData("VIR", "Virgin Islands (U.S.)")]
    [InlineData("HKG", "China, Hong Kong Special Administrative Region")]
    [InlineData("MAC", "China, Macao Special Administrative Region")]
    [InlineData("ALA", "Åland")]
    public void Names_stand_as_the_standard_and_the_United_Nations_write_them(string code, string name) =>
        Assert.Equal(code, Countries.Named(name).Iso3);

    [Fact]
    public void Every_code_with_a_region_is_a_country_with_one_spoken_name()
    {
        string[] codes = [.. Iso.Select(c => c[1]).Append("XKX")];
        var found = codes.Select(c => Countries.Named(c)).ToList();
        Assert.Equal(codes, found.Select(c => c.Iso3));
        Assert.Equal(codes.Length, found.Select(c => c.Spoken).Distinct().Count());
        Assert.Equal(codes.Length, found.Select(c => c.Name).Distinct().Count());
        Assert.All(found, c => Assert.Matches(@"^(the )?[\p{Lu}][\p{L} .'()-]+\z", c.Spoken));
        Assert.Equal(codes.Where(c => Regions.Of(c) is not null).Count(), new[] { "Africa", "Americas", "Asia", "Europe", "Oceania" }
            .Sum(r => codes.Count(c => Regions.Of(c)?.Name == r)));
        Assert.All(File.ReadLines(Path.Combine(Repository.Root, "src", "Surveys", "Regions.csv")).Where(l => l[0] != '#')
            .SelectMany(l => l.Split(',').Skip(2)), code => Assert.Contains(code, codes));
    }

    [Theory]
    [InlineData("BHS", "the Bahamas")]
    [InlineData("COD", "the Democratic Republic of the Congo")]
    [InlineData("DOM", "the Dominican Republic")]
    [InlineData("GMB", "the Gambia")]
    [InlineData("ARE", "the United Arab Emirates")]
    [InlineData("IRL", "Ireland")]
    [InlineData("TUR", "Turkey")]
    public void A_country_is_spoken_of_with_its_article(string code, string spoken) => Assert.Equal(spoken, Countries.Named(code).Spoken);

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
