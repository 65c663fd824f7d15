using System.Text.Json;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>Runs that answered different questions, truly scored: their differences on the page against the pairs in SQL.</summary>
public sealed class PairedTests : IDisposable
{
    const string Pairs = "SELECT country, difference_bits, low, high, p_holm, n, more_than_others_bits, more_than_others_p_holm "
        + "FROM condition_differences WHERE prompted_country = 'China' AND model = 'Model-B-2B' AND country IS NOT NULL";

    readonly ResultsFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Differences_are_paired_greyed_or_not_drawn_and_map_and_list_agree()
    {
        using var file = Observe();
        var seen = file.Seen;
        var pairs = file.Rows(Pairs).ToDictionary(row => (string)row[0]!);
        var thin = Convert.ToInt32(file.Rows("SELECT max(thin_below) FROM run_overview")[0][0], null);
        var (none, unclear) = (seen.Text("map", "none"), seen.Text("map", "unclear"));
        Assert.Equal("Difference in similarity, on the questions that both answered (bits)", seen.Text("map", "legend"));
        Assert.Equal("Model-B-2B, as someone from China, minus Model-B-2B, as itself", seen.Text("map", "title"));
        Assert.Equal(0, seen.At("controls").GetInt32());
        var kinds = new Dictionary<string, int> { ["grey"] = 0, ["coloured"] = 0 };
        foreach (var country in seen.At("map", "countries").EnumerateArray())
        {
            var (said, colour, pair) = (country.Text("said"), country.Text("colour"), pairs[country.Text("label")]);
            if ((int)pair[5]! < thin)
            {
                Assert.Equal(none, colour);
                continue;
            }
            var clear = (double)pair[4]! < 0.05;
            kinds[clear ? "coloured" : "grey"]++;
            Assert.Contains($": {Printed.Signed(pair[1])}. 95 % interval {Printed.Signed(pair[2])} to {Printed.Signed(pair[3])}. "
                + $"{(clear ? "can" : "cannot")} be told from 0. n = {pair[5]} questions", said);
            Assert.Equal(!clear, colour == unclear);
            Assert.NotEqual(none, colour);
        }
        Assert.All(kinds, kind => Assert.True(kind.Value > 0, kind.Key));

        var table = seen.At("map", "table");
        foreach (var (head, at, print) in new (string, int, Func<object?, string>)[]
            { ("Paired difference, bits", 1, Printed.Signed), ("n of both", 5, Printed.Whole), ("Difference p (Holm)", 4, Printed.P) })
        {
            var column = table.Column(head);
            Assert.All(pairs, pair => Assert.Equal(print(pair.Value[at]), column[pair.Key]));
        }
        CheckList(seen, pairs, thin);
        CheckSides(seen, file, none);
        CheckFinding(seen, pairs["China"]);
    }

    /// <summary>The list holds what the map holds, in its colours.</summary>
    static void CheckList(JsonElement seen, Dictionary<string, object?[]> pairs, int thin)
    {
        var colours = seen.At("map", "countries").EnumerateArray().ToDictionary(country => country.Text("label"), country =>
            country.Text("colour"));
        var dots = seen.At("ranking", "dots").EnumerateArray().ToList();
        Assert.All(dots, dot => Assert.Equal(Printed.Signed(pairs[dot.Text("name")][1]), Printed.Signed(dot.At("value").GetDouble())));
        Assert.All(dots, dot => Assert.True((int)pairs[dot.Text("name")][5]! >= thin));
        var both = dots.Where(dot => colours.ContainsKey(dot.Text("name"))).ToList();
        Assert.True(both.Count > 20);
        Assert.All(both, dot => Assert.Equal(colours[dot.Text("name")], dot.Text("colour")));
    }

    /// <summary>Side by side, only countries for which both runs answered the same questions have a colour.</summary>
    static void CheckSides(JsonElement seen, ShownResults file, string none)
    {
        var left = seen.At("sides", "left").EnumerateArray().ToList();
        Assert.True(left.Count > 80);
        // The second model's questions are among the first one's: where there are as many, they are the same.
        var same = file.Rows("SELECT a.country FROM country_similarity AS a JOIN country_similarity AS b ON b.country_id = a.country_id "
            + "AND b.n = a.n WHERE a.run_id = 6 AND b.run_id = 3").Select(row => (string)row[0]!).ToHashSet();
        Assert.True(same.Count < 10, $"{same.Count}");
        var both = file.Rows("SELECT a.country FROM country_similarity AS a JOIN country_similarity AS b ON b.country_id = a.country_id "
            + "WHERE a.run_id = 6 AND b.run_id = 3").Select(row => (string)row[0]!).ToHashSet();
        foreach (var country in left.Concat(seen.At("sides", "right").EnumerateArray()).Where(country =>
            both.Contains(country.Text("label"))))
        {
            var comparable = same.Contains(country.Text("label"));
            Assert.Equal(comparable, !country.Text("said").Contains("answered different questions here", StringComparison.Ordinal));
            Assert.True(comparable == (country.Text("colour") != none), $"{country} {none}");
        }
        Assert.Contains(seen.Texts("sides", "said"), said => said.StartsWith("Not coloured on either map: ", StringComparison.Ordinal));
        var stored = file.Rows("""
            SELECT d.country, d.difference_bits, d.n FROM model_differences AS d JOIN run_labels AS o ON o.run_id = d.other_run_id
            WHERE d.prompted_country = 'China' AND d.model = 'Model-B-2B' AND d.country IS NOT NULL
            """).ToDictionary(row => (string)row[0]!);
        Assert.NotEmpty(stored);
        var shown = seen.At("sides", "paired").Column("Difference, bits");
        Assert.NotEmpty(shown);
        Assert.All(shown, row => Assert.Equal(Printed.Signed(stored[row.Key][1]), row.Value));
    }

    static void CheckFinding(JsonElement seen, object?[] china)
    {
        var sentence = Assert.Single(seen.Texts("head"));
        if ((int)china[5]! < 100)
        {
            Assert.Equal($"Too few questions to say what naming China does: both runs answered {china[5]} questions there.", sentence);
            return;
        }
        // What may be chance is no move.
        var moved = (double)china[4]! < 0.05;
        var start = moved ? $"moved the answers {((double)china[1]! < 0 ? "away from" : "towards")} people there by "
            : "is not shown to have moved the answers towards people there: ";
        Assert.StartsWith($"Naming China {start}{Printed.Signed(china[1])} bits (95 % interval {Printed.Signed(china[2])} to "
            + $"{Printed.Signed(china[3])}), ", sentence);
        Assert.Contains($"towards all others: {Printed.Signed(china[6])} (95 % interval ", sentence);
        Assert.Equal((double)china[7]! >= 0.05, sentence.Contains(moved ? "not shown to be more" : "nor more", StringComparison.Ordinal));
    }

    ShownResults Observe()
    {
        using (var file = ResultsFile.Open(_fixture.Path))
        {
            StudyFile.Fill(file, models: 2, conditions: 3, questions: 1600, extras: false);
            // The second model's run as someone from China lacks the answers to half of the questions.
            file.Query("DELETE FROM answers WHERE run_id = 6 AND source_row % 2 = 0").Dispose();
            file.Score([1, 2, 3, 4, 5, 6], new ScoreOptions { Resamples = 300 });
        }
        return new(_fixture.Path, "paired");
    }
}
