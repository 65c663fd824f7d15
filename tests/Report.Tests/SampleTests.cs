using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>Several samples of one country are one line and one panel, against SQL; disputed areas by the rule that is stated.</summary>
[Collection(nameof(StudyPage))]
public sealed class SampleTests(StudyPage study)
{
    static readonly string[] s_disputed = ["Falkland Islands (Malvinas)", "Kosovo", "Northern Cyprus", "Palestine", "Siachen Glacier",
        "Somaliland", "Taiwan", "Western Sahara"];

    int Run => (int)study.Sql("SELECT run_id FROM run_overview WHERE condition = 'default' AND option_order = 'faithful' AND control = "
        + "'none' ORDER BY started_at DESC, run_id DESC LIMIT 1")[0][0]!;

    [Fact]
    public void One_country_is_one_entry_with_its_samples_named()
    {
        var seen = Browser.Observe(study.Path, "samples");
        Assert.Equal("Great Britain (Pew and WVS)", seen.Text("panel", "heading"));
        var sources = study.Sql("SELECT source, count(DISTINCT source_row) FROM questions_long WHERE country = 'Great Britain' "
            + "GROUP BY ALL ORDER BY 2 DESC, 1");
        Assert.Equal(string.Join(", ", sources.Select(row => $"{((string)row[0]! == "GAS" ? "Pew Global Attitudes Surveys"
            : "World Values Survey")} ({row[1]})")), seen.Text("panel", "facts", "Asked by"));
        Assert.Equal("the survey file does not say when", seen.Text("panel", "facts", "Fieldwork"));

        var samples = study.Sql($"SELECT country, beyond_bits, n, rank FROM adjusted_similarity WHERE run_id = {Run} AND iso3 = 'GBR'")
            .ToDictionary(row => (string)row[0]!);
        Assert.Equal(3, samples.Count);
        var parts = seen.At("panel", "parts").EnumerateArray().ToDictionary(part => part[0].GetString()!);
        Assert.Equal(["Britain", "Northern Ireland"], parts.Keys.Order());
        Assert.All(parts, part => Assert.Equal($"{Printed.Signed(samples[part.Key][1])}, n = {samples[part.Key][2]}"
            + (samples[part.Key][3] is { } rank ? $", rank {rank}" : ", not ranked"), part.Value[2].GetString()));
        Assert.NotEqual(seen.Text("panel", "heading"), seen.Text("other", "heading"));
        Assert.EndsWith("Pew and WVS)", seen.Text("other", "heading"));

        var (dots, rings) = (seen.At("ranking", "dots").EnumerateArray().ToList(), seen.At("ranking", "parts").EnumerateArray().ToList());
        var lead = samples.Values.MaxBy(row => (int)row[2]!)!;
        var line = dots.Single(dot => dot[0].GetString() == (string)lead[0]!)[2].GetInt32();
        var own = rings.Where(ring => samples.ContainsKey(ring[0].GetString()!)).ToList();
        Assert.Equal(2, own.Count);
        Assert.All(own, ring => Assert.InRange(ring[2].GetInt32(), line - 1, line + 1));
        Assert.All(own, ring => Assert.Equal((double)samples[ring[0].GetString()!][1]!, ring[1].GetDouble()));
    }

    [Fact]
    public void A_country_that_was_asked_more_than_once_counts_once()
    {
        var seen = Browser.Observe(study.Path, "counts");
        var ranked = study.Sql($"SELECT iso3 FROM adjusted_similarity WHERE run_id = {Run} AND ranked");
        var (all, samples) = (ranked.Select(row => row[0]).Distinct().Count(), Counted.Words([.. ranked.Select(row => row[0])]));
        Assert.True(all < ranked.Count);
        Assert.Contains(seen.Texts("captions"), caption => caption.Contains($"Ranked: {samples} with", StringComparison.Ordinal));
        // No country of this survey was asked a hundred questions: nobody may be first.
        Assert.Equal("not a finding", seen.Text("first"));
        Assert.DoesNotContain("may be first", seen.Text("caveat"));
        // Whatever a sentence, a label or a button counts as countries: never more than there are.
        var most = study.Sql("SELECT count(DISTINCT coalesce(iso3, label)) FROM countries")[0][0];
        var counts = seen.At("counted").EnumerateArray().Select(count => count.GetInt64()).ToList();
        Assert.True(counts.Count > 5, $"{counts.Count}");
        Assert.All(counts, count => Assert.InRange(count, 0, (long)most!));
        Assert.True((long)study.Sql("SELECT count(*) FROM countries WHERE sample_kind <> 'non-national'")[0][0]! > (long)most!);
    }

    [Fact]
    public void Disputed_areas_are_marked_by_the_rule_or_drawn_as_is_chosen()
    {
        var seen = Browser.Observe(study.Path, "samples");
        var (marked, plain, blank) = (seen.At("looks", "marked and named"), seen.At("looks", "drawn like others"),
            seen.At("looks", "without colour"));
        Assert.Equal(s_disputed, marked.Texts("marked").Order(StringComparer.Ordinal));
        Assert.Contains("disputed area", marked.Texts("keys"));
        Assert.Contains("Disputed area: Taiwan.", marked.Text("taiwan", "said"));
        Assert.Empty(plain.Texts("marked"));
        Assert.DoesNotContain("isputed", plain.Text("taiwan", "said"));
        Assert.Equal(marked.Text("taiwan", "colour"), plain.Text("taiwan", "colour"));
        Assert.EndsWith("&disputed=plain", plain.Text("address"));
        Assert.Equal(seen.Text("none"), blank.Text("taiwan", "colour"));
        Assert.All(s_disputed, name => Assert.Contains(name, seen.Text("rule")));
    }
}
