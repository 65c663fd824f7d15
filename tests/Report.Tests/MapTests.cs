using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>Every control of the map, and its effect on the drawn values, against SQL on the same file.</summary>
[Collection(nameof(StudyPage))]
public sealed class MapTests(StudyPage study)
{
    // What each measure shows, as SQL over the views of countries: s plain, a adjusted.
    static readonly (string Name, string Sql, Func<object?, string> Print)[] s_measures =
    [
        ("Beyond guessing bits", "a.beyond_bits", Printed.Signed),
        ("Beyond guessing nats", "sqrt(ln(2)) * a.beyond_bits", Printed.Signed),
        ("Plain mean bits", "s.similarity_bits", Printed.Three),
        ("Plain mean nats", "s.similarity_nats", Printed.Three),
        ("Plain mean 1 \u2212 JSD",
            "(SELECT avg(1 - l.js_bits) FROM similarities_long AS l WHERE l.run_id = s.run_id AND l.country_id = s.country_id)",
            Printed.Three),
        ("Skill", "s.skill", Printed.Three),
        ("Rank", "a.rank", Printed.Whole),
    ];

    const string Countries =
        "FROM country_similarity AS s LEFT JOIN adjusted_similarity AS a ON a.run_id = s.run_id AND a.country_id = s.country_id";

    [Fact]
    public void Every_control_shows_what_the_views_say()
    {
        var seen = Browser.Observe(study.Path, "map");
        var run = RunOf(seen.Text("plain"));

        foreach (var (name, sql, print) in s_measures)
            CheckMeasure(seen.At("measures", name), name,
                study.Sql($"SELECT s.country, {sql} {Countries} WHERE s.run_id = {run}", print));
        CheckColumns(seen.At("measures", "Beyond guessing bits", "table"), run);
        CheckLines(seen.At("measures", "Plain mean bits", "lines"), run);
        Assert.Equal("random guesser \u00B10.000",
            Assert.Single(seen.At("measures", "Beyond guessing bits", "lines").EnumerateArray())[1].GetString());
        CheckInterventions(seen);
    }

    static void CheckMeasure(JsonElement seen, string name, Dictionary<string, string> expected)
    {
        var shown = seen.At("table").Rows().ToDictionary(row => row[0], row => row[9]);
        Assert.Equal(expected.OrderBy(entry => entry.Key, StringComparer.Ordinal),
            shown.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        var countries = seen.At("countries").EnumerateArray().ToList();
        Assert.True(countries.Count > 80, $"{countries.Count} countries");
        foreach (var country in countries)
            Assert.Contains($": {expected[country.Text("label")]}. ", country.Text("said"));

        // The more similar, the darker; a rank counts downwards. Around 0 each side darkens away from it.
        var solid = countries.Where(country => !country.At("hatched").GetBoolean() && expected[country.Text("label")] != "\u2013")
            .Select(country => (Value: Value(expected[country.Text("label")]) * (name == "Rank" ? -1 : 1),
                Light: Lightness(country.Text("colour")))).ToList();
        var around = name.StartsWith("Beyond", StringComparison.Ordinal);
        foreach (var side in solid.ToLookup(entry => around && entry.Value < 0)
            .Select(side => side.OrderBy(entry => around ? Math.Abs(entry.Value) : entry.Value).ToList()))
        {
            foreach (var (less, more) in side.Zip(side.Skip(1)))
                Assert.True(more.Light <= less.Light + 0.02, $"{name}: {less} {more}");
        }
        Assert.True(solid.Max(entry => entry.Light) - solid.Min(entry => entry.Light) > 0.3, name);
    }

    void CheckColumns(JsonElement table, int run)
    {
        foreach (var (head, sql, print) in new (string, string, Func<object?, string>)[]
        {
            ("Code", "s.iso3", Text), ("Region", "s.region", Text), ("n", "s.n", Printed.Whole), ("Rank", "a.rank", Plain),
                ("May be from", "a.rank_low", Plain), ("May be to", "a.rank_high", Plain),
            ("95 % from", "a.beyond_low", Printed.Signed), ("95 % to", "a.beyond_high", Printed.Signed),
                ("Beyond guessing, bits", "a.beyond_bits", Printed.Signed), ("p (Holm)", "a.p_holm", Printed.P),
                ("Plain mean, bits", "s.similarity_bits", Printed.Three), ("Plain mean, nats", "s.similarity_nats", Printed.Three),
            ("Random guesser, bits", "s.uniform_similarity_bits", Printed.Three),
                ("Label mass", "s.mean_label_mass", Printed.Percent),
        })
            Assert.Equal(study.Sql($"SELECT s.country, {sql} {Countries} WHERE s.run_id = {run}", print), table.Column(head));
        Assert.Equal(study.Sql($"SELECT country, average_other_bits FROM human_lines WHERE run_id = {run}", Printed.Three),
            table.Column("Average foreign country, bits"));
        Assert.Equal(study.Sql($"SELECT country, nearest_bits FROM human_lines WHERE run_id = {run}", Printed.Three),
            table.Column("Nearest country, bits"));

        static string Text(object? value) => (string?)value ?? "\u2013";
        static string Plain(object? value) => value is null ? "\u2013" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }

    /// <summary>The ruler's marks go from the least to the most of the countries drawn without hatching.</summary>
    void CheckLines(JsonElement lines, int run)
    {
        var ends = study.Sql($"""
            WITH chosen AS (
                SELECT *, row_number() OVER (PARTITION BY iso3 ORDER BY n DESC, country) AS place FROM country_similarity
                WHERE run_id = {run} AND sample_kind <> 'non-national' AND iso3 IS NOT NULL)
            SELECT min(c.uniform_similarity_bits), max(c.uniform_similarity_bits), min(h.average_other_bits), max(h.average_other_bits),
                   min(h.nearest_bits), max(h.nearest_bits)
            FROM chosen AS c JOIN human_lines AS h ON h.run_id = c.run_id AND h.country_id = c.country_id WHERE c.place = 1 AND c.ranked
            """)[0].Select(Printed.Three).ToList();
        var shown = lines.EnumerateArray().ToDictionary(line => line[0].GetString()!, line => line[1].GetString());
        Assert.Equal($"random guesser, each country\u2019s own: {ends[0]} to {ends[1]}", shown["uniform"]);
        Assert.Equal($"average foreign country, each country\u2019s own: {ends[2]} to {ends[3]}", shown["other"]);
        Assert.Equal($"nearest country, each country\u2019s own: {ends[4]} to {ends[5]}", shown["nearest"]);
    }

    void CheckInterventions(JsonElement seen)
    {
        var model = RunOf(seen.Text("model", "caption"));
        Assert.Equal("Model-B-2B|default|faithful|none", Facts(model));
        Assert.Equal(study.Sql($"SELECT country, similarity_bits FROM country_similarity WHERE run_id = {model}", Printed.Three),
            seen.At("model", "table").Column("Plain mean, bits"));
        Assert.Contains("Model-B-2B", seen.Text("model", "head"));

        var asked = RunOf(seen.Text("asked", "caption"));
        Assert.Equal("Model-B-2B|cross-national China|faithful|none", Facts(asked));
        Assert.Equal(model, int.Parse(seen.Text("asked", "base"), CultureInfo.InvariantCulture));
        Assert.Contains($"#run={study.Key(asked)}&", seen.Text("asked", "address"));

        // Paired by question; the random guesser's part falls away.
        var pairs = study.Sql($"SELECT country, difference_bits, p_holm, n FROM condition_differences WHERE run_id = {asked} AND "
            + $"default_run_id = {model} AND country IS NOT NULL").ToDictionary(row => (string)row[0]!);
        var paired = seen.At("change", "table").Column("Paired difference, bits");
        Assert.All(pairs, pair => Assert.Equal(Printed.Signed(pair.Value[1]), paired[pair.Key]));
        foreach (var country in seen.At("change", "countries").EnumerateArray())
        {
            if (pairs.TryGetValue(country.Text("label"), out var pair) && (int)pair[3]! >= 10)
                Assert.Contains($": {Printed.Signed(pair[1])}. ", country.Text("said"));
            else
                Assert.Contains("too few to say anything", country.Text("said"));
        }
        var before = study.Sql($"SELECT country, beyond_bits FROM adjusted_similarity WHERE run_id = {model}", Printed.Signed);
        Assert.Equal(model, RunOf(seen.Text("before", "caption")));
        foreach (var country in seen.At("before", "countries").EnumerateArray())
            Assert.Contains($": {before[country.Text("label")]}. ", country.Text("said"));
        Assert.Equal(2, seen.Texts("played").Distinct().Count());
        Assert.Equal("Model-B-2B|default|cyclic|none", Facts(RunOf(seen.Text("order"))));
        Assert.Contains("base=none", seen.Text("alone", "address"));
        Assert.True(seen.At("alone", "hidden").GetBoolean());
    }

    string Facts(int run) => (string)study.Sql($"""
        SELECT model || '|' || condition || coalesce(' ' || prompted_country, '') || '|' || option_order || '|' || control FROM run_overview
            WHERE run_id = {run}
        """)[0][0]!;

    static int RunOf(string caption) => int.Parse(Regex.Match(caption, @"\bRun (\d+):").Groups[1].Value, CultureInfo.InvariantCulture);

    static double Value(string printed) => double.Parse(printed.Replace('\u2212', '-').Replace("\u00B1", ""), CultureInfo.InvariantCulture);

    // Rec. 709 weights are near enough to tell lighter from darker.
    static double Lightness(string colour)
    {
        var parts = Regex.Matches(colour, @"\d+").Select(part => Math.Pow(int.Parse(part.Value, CultureInfo.InvariantCulture) / 255.0, 2.2))
            .ToArray();
        return Math.Cbrt(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]);
    }
}
