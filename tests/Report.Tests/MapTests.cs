using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>Every control of the map, and its effect on the drawn values, against SQL on the same file.</summary>
[Collection(nameof(StudyPage))]
public sealed class MapTests(StudyPage study)
{
    // What each measure shows, as SQL over country_similarity.
    static readonly (string Name, string Sql, Func<object?, string> Print)[] s_measures =
    [
        ("Similarity bits", "similarity_bits", Printed.Three),
        ("Similarity nats", "similarity_nats", Printed.Three),
        ("Similarity 1 \u2212 JSD",
            "(SELECT avg(1 - l.js_bits) FROM similarities_long AS l WHERE l.run_id = s.run_id AND l.country_id = s.country_id)",
            Printed.Three),
        ("Above uniform bits", "similarity_bits - uniform_similarity_bits", Printed.Signed),
        ("Above uniform nats", "similarity_nats - uniform_similarity_nats", Printed.Signed),
        ("Above uniform 1 \u2212 JSD", "(SELECT avg(l.uniform_js_bits) - avg(l.js_bits) FROM similarities_long AS l WHERE l.run_id = "
            + "s.run_id AND l.country_id = s.country_id)", Printed.Signed),
        ("Skill", "skill", Printed.Three),
        ("Rank", "rank", Printed.Whole),
    ];

    [Fact]
    public void Every_control_shows_what_the_views_say()
    {
        var seen = Browser.Observe(study.Path, "map");
        var run = RunOf(seen.Text("plain"));

        foreach (var (name, sql, print) in s_measures)
            CheckMeasure(seen.At("measures", name), name,
                study.Sql($"SELECT country, {sql} FROM country_similarity AS s WHERE run_id = {run}", print));
        CheckColumns(seen.At("measures", "Similarity bits", "table"), run);
        CheckLines(seen.At("measures", "Similarity bits", "lines"), run);
        CheckInterventions(seen);
    }

    static void CheckMeasure(JsonElement seen, string name, Dictionary<string, string> expected)
    {
        var shown = seen.At("table").Rows().ToDictionary(row => row[0], row => row[8]);
        Assert.Equal(expected.OrderBy(entry => entry.Key, StringComparer.Ordinal),
            shown.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        var countries = seen.At("countries").EnumerateArray().ToList();
        Assert.True(countries.Count > 80, $"{countries.Count} countries");
        foreach (var country in countries)
            Assert.Contains($": {expected[country.Text("label")]}. ", country.Text("said"));

        // The more similar, the darker; a rank counts downwards.
        var solid = countries.Where(country => !country.At("hatched").GetBoolean() && expected[country.Text("label")] != "\u2013")
            .Select(country => (Value: Value(expected[country.Text("label")]) * (name == "Rank" ? -1 : 1),
                Light: Lightness(country.Text("colour")))).OrderBy(entry => entry.Value).ToList();
        foreach (var (less, more) in solid.Zip(solid.Skip(1)))
            Assert.True(more.Light <= less.Light + 0.02, $"{name}: {less} {more}");
        Assert.True(solid[0].Light - solid[^1].Light > 0.3, $"{name}: {solid[0]} {solid[^1]}");
    }

    void CheckColumns(JsonElement table, int run)
    {
        foreach (var (head, sql, print) in new (string, string, Func<object?, string>)[]
        {
            ("Code", "iso3", Text), ("Region", "region", Text), ("n", "n", Printed.Whole), ("Rank", "rank", Plain),
                ("Rank from", "rank_low", Plain), ("Rank to", "rank_high", Plain),
            ("95 % from", "low", Printed.Three), ("95 % to", "high", Printed.Three), ("Similarity, bits", "similarity_bits", Printed.Three),
                ("Similarity, nats", "similarity_nats", Printed.Three),
            ("Uniform answerer, bits", "uniform_similarity_bits", Printed.Three), ("Label mass", "mean_label_mass", Printed.Three),
        })
            Assert.Equal(study.Sql($"SELECT country, {sql} FROM country_similarity WHERE run_id = {run}", print), table.Column(head));
        Assert.Equal(study.Sql($"SELECT country, average_other_bits FROM human_lines WHERE run_id = {run}", Printed.Three),
            table.Column("Average foreign country, bits"));
        Assert.Equal(study.Sql($"SELECT country, nearest_bits FROM human_lines WHERE run_id = {run}", Printed.Three),
            table.Column("Nearest country, bits"));

        static string Text(object? value) => (string?)value ?? "\u2013";
        static string Plain(object? value) => value is null ? "\u2013" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }

    /// <summary>The ruler's marks are means over the countries drawn without hatching.</summary>
    void CheckLines(JsonElement lines, int run)
    {
        var expected = study.Sql($"""
            WITH chosen AS (
                SELECT *, row_number() OVER (PARTITION BY iso3 ORDER BY n DESC, country) AS place FROM country_similarity
                WHERE run_id = {run} AND sample_kind <> 'non-national' AND iso3 IS NOT NULL)
            SELECT avg(c.uniform_similarity_bits), avg(h.average_other_bits), avg(h.nearest_bits)
            FROM chosen AS c JOIN human_lines AS h ON h.run_id = c.run_id AND h.country_id = c.country_id WHERE c.place = 1 AND c.ranked
            """)[0];
        var shown = lines.EnumerateArray().ToDictionary(line => line[0].GetString()!, line => line[1].GetString());
        Assert.Equal($"uniform answerer {Printed.Three(expected[0])}", shown["uniform"]);
        Assert.Equal($"average foreign country {Printed.Three(expected[1])}", shown["other"]);
        Assert.Equal($"nearest country {Printed.Three(expected[2])}", shown["nearest"]);
    }

    void CheckInterventions(JsonElement seen)
    {
        var model = RunOf(seen.Text("model", "caption"));
        Assert.Equal("Model-B-2B|default|faithful|none", Facts(model));
        Assert.Equal(study.Sql($"SELECT country, similarity_bits FROM country_similarity WHERE run_id = {model}", Printed.Three),
            seen.At("model", "table").Column("Similarity, bits"));
        Assert.Contains("Model-B-2B", seen.Text("model", "head"));

        var asked = RunOf(seen.Text("asked", "caption"));
        Assert.Equal("Model-B-2B|cross-national China|faithful|none", Facts(asked));
        Assert.Equal(model, int.Parse(seen.Text("asked", "base"), CultureInfo.InvariantCulture));
        Assert.EndsWith($"#run={asked}", seen.Text("asked", "address"));

        var differences = study.Sql($"""
            SELECT a.country, a.similarity_bits - b.similarity_bits FROM country_similarity AS a
                JOIN country_similarity AS b ON b.country_id = a.country_id
            WHERE a.run_id = {asked} AND b.run_id = {model}
            """, Printed.Signed);
        Assert.Equal(differences, seen.At("change", "table").Column("Difference"));
        foreach (var country in seen.At("change", "countries").EnumerateArray())
            Assert.Contains($": {differences[country.Text("label")]}. ", country.Text("said"));
        var before = study.Sql($"SELECT country, similarity_bits FROM country_similarity WHERE run_id = {model}", Printed.Three);
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
