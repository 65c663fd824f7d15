using LocalOpinions.Analysis;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>Whom a run's prompts name.</summary>
public sealed class PromptedCountryTests : StoreTest
{
    // East is a group that the survey puts into Germany; Farmers is one with a name of its own.
    static readonly CountryRow[] s_countries =
    [
        new("Germany (Current national sample)", "Germany", "DEU", "current-national"),
        new("Germany (Non-national sample)", "Germany", "DEU", "non-national"),
        new("East", "Germany", "DEU", "national"),
        new("Farmers", "People who farm", null, "national"),
        new("Kenya", "Kenya", "KEN", "national"),
    ];

    [Theory]
    [InlineData("Germany", "East", "Germany (Current national sample)")]
    [InlineData("East", "East")]
    [InlineData("Farmers", "Farmers")]
    [InlineData("People who farm", "Farmers")]
    [InlineData("Kenya", "Kenya")]
    [InlineData("Nowhere")]
    [InlineData(null)]
    public void All_labels_of_a_country_are_named_or_the_group_of_that_label(string? prompted, params string[] labels)
    {
        using var results = Fresh();
        var surveyId = results.AddSurvey(Sample.Survey(),
            [new(0, "TEST", "Question?", ["Yes", "No"], [.. s_countries.Select(c => new HumanRow(c.Label, [0.5, 0.5]))])], s_countries);
        var modelId = results.AddModel(Sample.Model());
        var run = results.BeginRun(Sample.Run(modelId, surveyId) with { Condition = "cross-national", PromptedCountry = prompted }).RunId;
        Assert.Equal(labels, PromptedPeople.Of(results, run).Order());
        string[] also = prompted == "Germany" ? ["Germany (Non-national sample)"] : [];
        Assert.Equal([.. labels, .. also], results.ReadValues<string>(
            "SELECT country FROM prompted_countries WHERE run_id = ? ORDER BY country", run));
        if (prompted is not null)
            Assert.Equal([.. labels, .. also], PromptedPeople.In(results, surveyId, prompted).Order());
    }
}
