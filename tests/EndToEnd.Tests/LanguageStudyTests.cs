using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A whole study with a language at size: more than 200 questions, each asked in English and in Spanish.</summary>
public sealed class LanguageStudyTests : IDisposable
{
    readonly Cli _cli = new();

    public LanguageStudyTests() => BilingualSurvey.Write(_cli.PathOf("s.yaml"), _cli.PathOf("s.es.yaml"));

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void More_than_two_hundred_questions_in_a_second_language_are_enough_to_say_and_sixty_are_not()
    {
        Assert.Contains($"{BilingualSurvey.Questions} of {BilingualSurvey.Questions} questions in es",
            _cli.Run("translate", "check", "s.es.yaml", "s.yaml").Succeeded().Output);

        var findings = Study("r.duckdb").GetProperty("findings").EnumerateArray().ToList();
        foreach (var part in new[] { "default", "cross-national", "linguistic-es" })
        {
            var counts = findings.Where(f => Text(f, "topic") == "counts" && Text(f, "part") == part).ToList();
            Assert.NotEmpty(counts);
            Assert.DoesNotContain(counts, f => Text(f, "measure")!.StartsWith("not answered", StringComparison.Ordinal));
        }
        // Every question in both languages, in words of its own: nobody answers so many alike.
        Assert.Equal(
            [("default", null, BilingualSurvey.Questions), ("linguistic-es", "es", BilingualSurvey.Questions)],
            Sql("select part, language, answered from study_runs join run_overview using (run_id) where part <> 'cross-national' order by "
                + "part").Select(r => (Text(r, "part")!, Text(r, "language"), r.GetProperty("answered").GetInt32())));
        Assert.Equal(BilingualSurvey.Questions, Sql("""
            select count(distinct source_row) as n from answers_long as a join answers_long as b using (source_row, option_index)
            where a.condition = 'default' and b.condition = 'linguistic' and a.prob <> b.prob
            """).Single().GetProperty("n").GetInt32());
        var language = Language(findings);
        Assert.Equal(["own change", "others' change", "own beyond others"], language.Select(f => Text(f, "measure")));
        Assert.All(language, f => Assert.Equal(BilingualSurvey.Questions, f.GetProperty("n").GetInt32()));
        Assert.Contains("Spain, Mexico", Text(language[0], "note"));
        string[] verdicts = ["yes", "not shown", "no, the opposite", "no difference"];
        Assert.All(Judged(language), f => Assert.Contains(Text(f, "verdict"), verdicts));

        var few = Language([.. Study("few.duckdb", "--limit", "60").GetProperty("findings").EnumerateArray()]);
        Assert.All(few, f => Assert.Equal(60, f.GetProperty("n").GetInt32()));
        // One language alone cannot tell whether it moves answers more than another would.
        Assert.Single(Judged(few));
        Assert.All(Judged(few), f => Assert.Equal("too few questions to say", Text(f, "verdict")));
    }

    JsonElement Study(string file, params string[] more) => _cli.Run(
        ["study", "--model", Cli.Tiny("llama-spm"), "--survey", "s.yaml", "--translation", "s.es.yaml", "--conditions", "default",
            "cross-national", "linguistic", "--country", "Spain", "Kenya",
            "--one-template", "--orders", "faithful", "--controls", "none", "--resamples", "500", "--most-off-menu", "1",
            "--out", file, "--threads", Cli.Threads,
            "--json", .. more]).Succeeded().Json;

    IEnumerable<JsonElement> Sql(string query) => _cli.Query("r.duckdb", query).EnumerateArray();

    static List<JsonElement> Language(List<JsonElement> findings) => [.. findings.Where(f => Text(f, "topic") == "language")];

    static List<JsonElement> Judged(List<JsonElement> findings) => [.. findings.Where(f => Text(f, "verdict") is not null)];

    static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString() : null;
}
