using LocalOpinions.Analysis;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>Whom a run's prompts name.</summary>
public sealed class PromptedCountryTests : StoreTest
{
    const string Current = "Germany (Current national sample)", Abroad = "Germany (Non-national sample)";

    // East is a group that the survey puts into Germany; Farmers is one with a name of its own.
    static readonly CountryRow[] s_countries =
    [
        new(Current, "Germany", "DEU", "current-national"), new(Abroad, "Germany", "DEU", "non-national"),
        new("East", "Germany", "DEU", "national"), new("Farmers", "People who farm", null, "national"),
        new("Kenya", "Kenya", "KEN", "national"),
    ];

    [Theory]
    [InlineData("Germany", new[] { Current, Abroad, "East" }, new[] { Current, "East" })]
    [InlineData("East", new[] { "East" }, new[] { "East" })]
    [InlineData("Nowhere", new string[0], new string[0])]
    [InlineData(null, new string[0], new string[0])]
    public void They_are_stored_with_the_run_by_their_numbers(string? prompted, string[] labels, string[] national)
    {
        using var results = Fresh();
        var run = results.BeginRun(Row(results, prompted, labels)).RunId;
        Assert.Equal(labels.Order(), Named(results, run));
        Assert.Equal(national.Order(), PromptedPeople.Of(results, run).Order());
        Assert.Equal(labels.Length, results.ReadValues<int>(
            "SELECT c.country_id FROM run_prompted JOIN countries AS c USING (country_id) WHERE run_id = ?", run).Distinct().Count());
    }

    [Fact]
    public void What_they_are_called_decides_nothing()
    {
        using var results = Fresh();
        var run = results.BeginRun(Row(results, "Germany", ["Kenya"])).RunId;
        Assert.Equal(["Kenya"], PromptedPeople.Of(results, run));
    }

    [Fact]
    public void They_are_no_part_of_the_key_and_the_last_session_says_who_they_are()
    {
        using var results = Fresh();
        var run = results.BeginRun(Row(results, "Germany", [Current, "East"])).RunId;
        results.EndRun(run, new("interrupted", 0, 0, 0));
        Assert.Equal(run, results.BeginRun(Row(results, "Germany", [Current])).RunId);
        Assert.Equal([Current], Named(results, run));
    }

    [Fact]
    public void A_label_that_the_survey_lacks_is_refused_and_nothing_is_begun()
    {
        using var results = Fresh();
        var row = Row(results, "Germany", ["Germania"]);
        Assert.Contains("\"Germania\"", Assert.Throws<ArgumentException>(() => results.BeginRun(row)).Message, StringComparison.Ordinal);
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM runs"));
    }

    [Fact]
    public void A_file_of_an_earlier_version_knows_them_by_what_they_are_called_read_only_written_to_and_merged()
    {
        using (var results = ResultsFile.Open(File()))
            results.EndRun(results.BeginRun(Row(results, "Germany", [])).RunId, new("complete", 0, 0, 0));
        Earlier(File());
        string[] germany = [Current, Abroad, "East"];
        using (var results = ResultsFile.OpenReadOnly(File()))
            Assert.Equal(germany.Order(), Named(results, 1));
        using (var merged = ResultsFile.Open(File("merged.duckdb")))
        {
            merged.AddModel(Sample.Model("another"));
            merged.Merge([File()]);
            Assert.Equal(germany.Order(), Named(merged, 1));
        }
        using (var results = ResultsFile.Open(File()))
        {
            Assert.Equal(germany.Order(), Named(results, 1));
            Assert.Equal(1, results.BeginRun(Row(results, "Germany", [Current])).RunId);
            Assert.Equal([Current], Named(results, 1));
        }
    }

    // As version 11 left it: without the table, and those that came later.
    static void Earlier(string path)
    {
        using var database = Database.Open(path, readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        foreach (var view in connection.ReadValues<string>("SELECT view_name FROM duckdb_views() WHERE NOT internal"))
            connection.Execute($"DROP VIEW {SqlText.Name(view)}");
        foreach (var later in new[] { "run_prompted", "run_prompts", "prompt_texts" })
            connection.Execute($"DROP TABLE {later}");
        connection.Execute("UPDATE meta SET schema_version = 11, views_sha256 = 'another'");
    }

    static IEnumerable<string> Named(ResultsFile results, int run) => results.ReadValues<string>(
        "SELECT country FROM prompted_countries WHERE run_id = ?", run).Order();

    static RunRow Row(ResultsFile results, string? prompted, IReadOnlyList<string> labels)
    {
        var question = new QuestionRow(
            0, "TEST", "Question?", ["Yes", "No"], [.. s_countries.Select(c => new HumanRow(c.Label, [0.5, 0.5]))]);
        var surveyId = results.AddSurvey(Sample.Survey(), [question], s_countries);
        return Sample.Run(results.AddModel(Sample.Model()), surveyId) with
        {
            Condition = prompted is null ? "default" : "cross-national",
            PromptedCountry = prompted,
            PromptedLabels = labels,
        };
    }
}
