using System.Text.Json;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>What the page says first of a run that was truly scored, against SQL.</summary>
public sealed class VerdictTests : IDisposable
{
    const string Uniform = "than a random guesser, on the same questions";

    readonly ResultsFixture _fixture = new();

    public VerdictTests()
    {
        using var file = ResultsFile.Open(_fixture.Path);
        StudyFile.Fill(file, models: 1, conditions: 1, questions: 400, extras: false);
        file.Score([1], new ScoreOptions { Resamples = 1000 });
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_verdict_the_map_and_the_ranking_are_those_of_the_adjusted_similarity()
    {
        using var results = Observe();
        var seen = results.Seen;
        var countries = results.Rows("""
            SELECT country, beyond_bits, beyond_low, beyond_high, rank, rank_low, rank_high, p_holm, n, iso3 FROM adjusted_similarity
            WHERE ranked ORDER BY rank
            """);
        var called = Called.Of(results.Rows);
        // A country that was asked more than once counts once, and is named by its sample where only one of them is meant.
        var first = countries.Where(row => (int)row[5]! == 1).GroupBy(CountryOf)
            .Select(samples => samples.Count() == 1 ? called[(string)samples.First()[0]!] : (string)results.Rows(
                $"SELECT name FROM countries WHERE iso3 = '{samples.Key}'")[0][0]!).ToList();
        var shown = countries.Where(row => (double)row[1]! > 0 && (double)row[7]! < 0.05 && (int)row[8]! >= 100)
            .Select(row => (string)row[0]!).ToHashSet();
        var nearer = countries.Where(row => shown.Contains((string)row[0]!)).Select(CountryOf).Distinct().Count();
        var all = countries.Select(CountryOf).Distinct().Count();
        Assert.True(first.Count > 4 && nearer > 0 && nearer < all && all < countries.Count, $"{first.Count} {nearer} {countries.Count}");
        Assert.Equal($"No single country stands out: Model-A-1B, asked as itself, is nearer by more than chance to {nearer} of "
            + $"{all} countries {Uniform}, but {first.Count} may be first"
            + (countries.TrueForAll(row => (int)row[5]! > 1 || shown.Contains((string)row[0]!))
                ? $": {string.Join(", ", first.Take(3))} and {first.Count - 3} more." : "."),
            seen.Text("head", "said"));
        CheckFacts(seen, results, first.Count, all);

        Assert.Equal(["Beyond guessing", "bits"], seen.Texts("controls", "chosen"));
        Assert.Equal(["1 \u2212 JSD"], seen.Texts("controls", "off"));
        Assert.Equal("Similarity beyond a random guesser (bits)", seen.Text("map", "legend"));
        // One country, one line: the sample with the most questions leads.
        var lines = countries.GroupBy(CountryOf).Select(samples => samples.MaxBy(row => (int)row[8]!)!)
            .OrderBy(row => (int)row[4]!).ToList();
        Assert.InRange(lines.Count, 60, countries.Count - 1);
        var dots = seen.At("ranking", "dots").EnumerateArray().Take(lines.Count).ToList();
        Assert.Equal(lines.Select(row => ((string)row[0]!, (double)row[1]!)),
            dots.Select(dot => (dot[0].GetString()!, dot[1].GetDouble())));
        Assert.Equal(lines.Select(Places), seen.Texts("ranking", "places"));
        Assert.Equal(lines.Select(row => $"{called[(string)row[0]!]}: {Printed.Signed(row[1])}, 95 % interval {Printed.Signed(row[2])} to "
            + $"{Printed.Signed(row[3])}, n = {row[8]}, may be {Places(row)}"), dots.Select(dot => dot[2].GetString()));
        var nearest = countries.Single(row => called[(string)row[0]!] == seen.Texts("tooltip")[0]);
        Assert.Equal([$"Similarity beyond a random guesser (bits): {Printed.Signed(nearest[1])}",
            $"95 % interval {Printed.Signed(nearest[2])} to {Printed.Signed(nearest[3])}",
            $"n = {nearest[8]} questions, rank {nearest[4]} (may be {Places(nearest)})"], seen.Texts("tooltip")[1..4]);
        Assert.StartsWith($"{first.Count} countries may be first", seen.Text("caveat"));
        Assert.Empty(seen.Texts("refusals"));
        Assert.Equal(countries.Take(5).Concat(countries.TakeLast(5)).Select(row => $"{called[(string)row[0]!]}{Printed.Signed(row[1])}"),
            seen.Texts("forward"));
    }

    [Fact]
    public void Results_of_an_earlier_version_show_plain_means_and_say_what_gives_the_others()
    {
        using var results = Observe("DELETE FROM country_adjusted");
        var seen = results.Seen;
        Assert.StartsWith("Not yet said whether any country stands out", seen.Text("head", "said"));
        Assert.Contains("Scored anew, they tell", seen.Text("head", "said"));
        Assert.Equal(["Plain mean", "bits"], seen.Texts("controls", "chosen"));
        Assert.Equal(["Beyond guessing"], seen.Texts("controls", "off"));
        var plain = results.Rows("SELECT country, similarity_bits, rank, iso3, n::INTEGER FROM country_similarity WHERE ranked ORDER BY "
            + "rank, country");
        var lines = plain.GroupBy(row => row[3] ?? row[0]).Select(samples => samples.MaxBy(row => (int)row[4]!)!).ToList();
        Assert.Equal(lines.ToDictionary(row => (string)row[0]!, row => (double)row[1]!), seen.At("ranking", "dots").EnumerateArray()
            .Take(lines.Count).ToDictionary(dot => dot[0].GetString()!, dot => dot[1].GetDouble()));
        var ranks = seen.At("map", "table").Column("Rank");
        Assert.All(plain, row => Assert.Equal($"{row[2]}", ranks[(string)row[0]!]));
        Assert.DoesNotContain("Beyond guessing, bits", seen.Texts("map", "table", "heads"));
    }

    [Fact]
    public void Nobody_is_ranked_by_answers_that_are_mostly_off_the_menu()
    {
        using var results = Observe("UPDATE answers SET off_menu = 0.62");
        var seen = results.Seen;
        const string Reason = "62.0 % of its probability is on no option, so that its answers say little.";
        Assert.Equal($"No country is ranked by what Model-A-1B, asked as itself, answers: {Reason}", seen.Text("head", "said"));
        Assert.StartsWith("Warning: 38.0 %: the other 62.0 %", Assert.Single(seen.Texts("head", "warnings")));
        Assert.Equal("not known", seen.Text("head", "facts", "May be first"));
        Assert.All(seen.At("map", "table").Column("Rank"), row => Assert.Equal("\u2013", row.Value));
        Assert.Empty(seen.Texts("ranking", "places"));
        Assert.StartsWith($"Not a finding: {Reason}", seen.Text("caveat"));
        // The refusal stands on the map, in its picture and on the country, and nothing is coloured.
        Assert.Equal(Enumerable.Repeat($"Not a finding: {Reason}", 2), seen.Texts("refusals"));
        Assert.Contains($"Not a finding: {Reason}", seen.Text("caption"));
        Assert.Empty(seen.Texts("forward"));
        Assert.Single(seen.At("map", "countries").EnumerateArray().Select(country => country.Text("colour")).Distinct());
        Assert.All(seen.At("map", "countries").EnumerateArray(), country => Assert.Contains(Reason, country.Text("said")));
        Assert.All(seen.At("ranking", "fills").EnumerateArray(), fill => Assert.Equal("none", fill.GetString()));
    }

    [Fact]
    public void Who_is_nearer_to_nobody_than_a_guesser_is_said_to_be_on_every_figure()
    {
        using var results = Observe("UPDATE country_adjusted SET p_holm = 0.2");
        var seen = results.Seen;
        const string Refusal = "Not a finding: the model is not shown to be nearer to any country than a random guesser.";
        Assert.StartsWith("No country stands out: ", seen.Text("head", "said"));
        Assert.Equal([Refusal, Refusal], seen.Texts("refusals"));
        Assert.StartsWith(Refusal, seen.Text("caveat"));
        Assert.Contains(Refusal, seen.Text("caption"));
        Assert.Empty(seen.Texts("forward"));
    }

    static void CheckFacts(JsonElement seen, ShownResults results, int first, int ranked)
    {
        var run = results.Rows("SELECT answered + unanswered, questions, unanswered, mean_off_menu, survey FROM run_overview")[0];
        var facts = seen.At("head", "facts");
        Assert.Equal($"{run[0]} of {run[1]}, {run[2]} without an answer", facts.Text("Questions asked"));
        Assert.True((double)run[3]! > 0.1);
        Assert.Equal($"Warning: {Printed.Percent(1 - (double)run[3]!)}: the other {Printed.Percent(run[3])} is no answer",
            facts.Text("Answered with a letter of the list"));
        Assert.Equal($"{first} of {ranked} countries", facts.Text("May be first"));
        Assert.Equal(run[4], facts.Text("Survey"));
    }

    static object CountryOf(object?[] row) => row[9] ?? row[0]!;

    static string Places(object?[] row) => Printed.Places(row[5], row[6]);

    ShownResults Observe(string? change = null)
    {
        if (change is not null)
        {
            using var file = ResultsFile.Open(_fixture.Path);
            file.Query(change).Dispose();
        }
        return new(_fixture.Path, "verdict");
    }
}
