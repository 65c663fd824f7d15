using System.Text.Json;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>The ways in which a model was asked, as small maps on one scale, and the one switch between two runs, against SQL.</summary>
[Collection(nameof(StudyPage))]
public sealed class StudyTests(StudyPage study)
{
    static readonly string[] s_groups = ["The model itself", "As someone from a country", "In a language", "Controls and oracles"];

    [Fact]
    public void Every_way_of_asking_is_a_small_map_of_the_view_s_numbers_on_one_scale()
    {
        var seen = Browser.Observe(study.Path, "study");
        Assert.Equal(s_groups, seen.Texts("offered"));
        Assert.Equal(s_groups, seen.Texts("asked"));
        Assert.Equal(["Model-J-10B", "Model-I-9B", "difference"], seen.Texts("switches"));

        var runs = study.Sql("SELECT run_id FROM run_overview WHERE model = 'Model-J-10B' AND option_order = 'faithful' ORDER BY "
            + "control <> 'none', language NULLS FIRST, prompted_country NULLS FIRST").Select(row => (int)row[0]!).ToList();
        var maps = seen.At("values", "maps").EnumerateArray().ToList();
        Assert.Equal(["The model itself", .. Enumerable.Repeat(s_groups[1], 4), s_groups[2], s_groups[2], s_groups[3]],
            maps.Select(map => map.Text("heading")));
        Assert.Equal([true, .. Enumerable.Repeat(false, runs.Count - 1)], maps.Select(map => map.At("chosen").GetBoolean()));
        CheckValues(seen.At("values", "table"), maps, runs);

        Assert.StartsWith("Model-J-10B, as someone from ", seen.Text("chosen", "title"));
        Assert.Equal(["as someone from China", "as itself", "difference"], seen.Texts("chosen", "switches"));
        Assert.Equal(1, seen.At("stops").GetInt32());
        CheckDifferences(seen.At("differences"), runs[0], seen.Text("unclear"));
    }

    /// <summary>The table is the view's; equal printed values have one colour on all maps; thin data have none.</summary>
    void CheckValues(JsonElement table, List<JsonElement> maps, List<int> runs)
    {
        // Languages stand by their names: Chinese, Russian.
        List<int> order = [.. runs[..5], runs[6], runs[5], runs[7]];
        var heads = table.Texts("heads")[1..];
        Assert.Equal(runs.Count, heads.Length);
        var colours = new Dictionary<string, HashSet<string>>();
        foreach (var (run, (head, map)) in order.Zip(heads.Zip(maps)))
        {
            var values = study.Sql($"SELECT country, beyond_bits FROM adjusted_similarity WHERE run_id = {run}", Printed.Signed);
            var ranked = study.Sql($"SELECT country FROM adjusted_similarity WHERE run_id = {run} AND ranked")
                .Select(row => row[0]).ToHashSet();
            var column = table.Column(head);
            Assert.All(values, entry => Assert.Equal(entry.Value, column[entry.Key]));
            foreach (var country in map.At("countries").EnumerateArray())
            {
                var (label, colour) = (country.Text("label"), country.Text("colour"));
                Assert.Equal(ranked.Contains(label), colour.Length > 0);
                if (colour.Length > 0)
                    (colours.TryGetValue(values[label], out var known) ? known : colours[values[label]] = []).Add(colour);
            }
        }
        Assert.True(colours.Count > 100);
        Assert.All(colours, entry => Assert.True(entry.Value.Count < 3, $"{entry.Key}: {string.Join(' ', entry.Value)}"));
    }

    void CheckDifferences(JsonElement seen, int itself, string unclear)
    {
        var pairs = study.Sql($"SELECT run_id, country, difference_bits, p_holm, n FROM condition_differences WHERE default_run_id = "
            + $"{itself} AND country IS NOT NULL AND prompted_country = 'Turkey'").ToDictionary(row => (string)row[1]!);
        var column = seen.At("table").Column("Model-J-10B, as someone from Turkey");
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair => Assert.Equal(Printed.Signed(pair.Value[2]), column[pair.Key]));
        var map = seen.At("maps").EnumerateArray().Single(one => one.Text("said").StartsWith("as someone from Turkey",
            StringComparison.Ordinal));
        foreach (var country in map.At("countries").EnumerateArray())
        {
            var known = pairs.TryGetValue(country.Text("label"), out var pair) && (int)pair[4]! >= 10;
            Assert.Equal(known, country.Text("colour").Length > 0);
            if (known)
                Assert.Equal((double)pair![3]! >= 0.05, country.Text("colour") == unclear);
        }
    }
}
