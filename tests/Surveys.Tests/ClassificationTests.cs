using System.Text.RegularExpressions;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Tests;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Regions of countries, topics and item families of questions.</summary>
public class ClassificationTests(DataSetTests.Fixture fixture) : IClassFixture<DataSetTests.Fixture>
{
    [Theory]
    [InlineData("USA", "Americas", "Northern America")]
    [InlineData("MEX", "Americas", "Central America")]
    [InlineData("KEN", "Africa", "Eastern Africa")]
    [InlineData("TUR", "Asia", "Western Asia")]
    [InlineData("GBR", "Europe", "Northern Europe")]
    [InlineData("XKX", "Europe", "Southern Europe")]
    [InlineData("NZL", "Oceania", "Australia and New Zealand")]
    public void A_country_lies_in_a_region(string iso3, string region, string subregion) =>
        Assert.Equal(new Region(region, subregion), Regions.Of(iso3));

    [Fact]
    public void Every_country_of_the_table_lies_in_a_region_and_nothing_else_does()
    {
        // Antarctica is in no region of the list.
        Assert.All(CountryTable.ByLabel.Values.Where(c => c.Iso3 != "ATA"), country => Assert.NotNull(Regions.Of(country.Iso3)));
        Assert.Null(Regions.Of("ZZZ"));
        Assert.Null(Regions.Of(null));
    }

    [Theory]
    [InlineData("Do you approve of the way President Trump is handling trade with China?",
        new[] { "government and parties", "international relations", "economy and trade" })]
    [InlineData("Please tell us how often you pray.", new[] { "religion" })]
    [InlineData("How much influence does the US have?", new[] { "international relations" })]
    [InlineData("Is GLOBAL WARMING a very serious problem?", new[] { "environment and resources" })]
    [InlineData("Have you read this?", new[] { Topics.Other })]
    [InlineData("", new[] { Topics.Other })]
    public void Words_tell_what_a_question_is_about(string text, string[] topics) => Assert.Equal(topics, Topics.Of(text));

    // The rule as a regular expression, held against questions and against every character that may stand before a word.
    [Fact]
    public void A_keyword_is_found_where_a_regular_expression_finds_it()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "src", "Surveys", "Topics.txt")).Where(l => !l.StartsWith('#'))
            .Select(l => (Topic: l.Split(": ")[0], Keywords: new Regex(string.Join('|', l.Split(": ")[1].Split(", ").Select(k =>
                $@"(?{(k.Any(char.IsLower) ? "i" : "")}:(?<!\w){Regex.Escape(k.TrimEnd('*'))}{(k.EndsWith('*') ? @"\w*" : "")}(?!\w))")),
                RegexOptions.CultureInvariant))).ToList();
        Assert.Equal(Topics.All.Count - 1, table.Count);
        var texts = fixture.Survey.Questions.Where((_, i) => i % 5 == 0).Select(q => q.Text)
            .Concat(Enumerable.Range(1, 0xFFFF).Select(c => $"{(char)c}pray"));
        Assert.All(texts, text => Assert.Equal(
            table.Where(t => t.Keywords.IsMatch(text)).Select(t => t.Topic).DefaultIfEmpty(Topics.Other), Topics.Of(text)));
    }

    [Fact]
    public void Most_questions_of_the_data_set_have_a_topic()
    {
        var counts = fixture.Survey.Questions.SelectMany(q => Topics.Of(q.Text)).CountBy(t => t).ToDictionary();
        Assert.Equal(14, Topics.All.Count);
        Assert.Equal(Topics.All.Order(), counts.Keys.Order());
        Assert.All(counts.Where(c => c.Key != Topics.Other), c => Assert.InRange(c.Value, 80, 1400));
        // The issue of a table of keywords is what it does not cover: a quarter at most, in fact a twentieth.
        Assert.Equal(118, counts[Topics.Other]);
    }

    [Theory]
    [InlineData("Is ____ a big problem, a small problem or none in our country? b. Crime",
        "is a big problem a small problem or none in our country")]
    [InlineData("(As I read each one, tell me whether it is a problem.)...Crime", "as i read each one tell me whether it is a problem")]
    [InlineData("For each, tell me how much confidence you have in it:\n\nThe press",
        "for each tell me how much confidence you have in it")]
    [InlineData("Please tell me your opinion of…the United Nations", "please tell me your opinion of")]
    // Too little stands before the gap to say what is asked.
    [InlineData("Do you think ____ is good?", "do you think is good")]
    [InlineData("Do you like tea?", "do you like tea")]
    public void The_stem_ends_before_the_item(string text, string stem) => Assert.Equal(stem, ItemFamilies.Stem(text));

    [Fact]
    public void Families_of_the_data_set_have_these_sizes()
    {
        var families = ItemFamilies.Of(fixture.Survey.Questions);
        Assert.Equal(2556, families.Count);
        var sizes = families.GroupBy(f => f.Value).Select(f => f.Count()).ToList();
        Assert.Equal((1412, 1207, 110), (sizes.Count, sizes.Count(s => s == 1), sizes.Max()));
        Assert.All(families.GroupBy(f => f.Value), f => Assert.Equal(f.Key, f.Min(q => q.Key)));
    }

    [Fact]
    public void Questions_without_text_and_of_other_studies_are_no_family()
    {
        Question[] questions = [Asked(0, "a", "Do you like it?...Tea, say"), Asked(1, "b", "Do you like it?...Tea, say"),
            Asked(2, "a", " "), Asked(3, "a", "")];
        Assert.Equal([0, 1, 2, 3], ItemFamilies.Of(questions).OrderBy(f => f.Key).Select(f => f.Value));
    }

    static Question Asked(int row, string source, string text) => new()
    { SourceRow = row, Source = source, Text = text, Options = ["Yes", "No"], Humans = [] };
}
