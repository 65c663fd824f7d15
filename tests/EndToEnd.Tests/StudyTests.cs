using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The study, from its declaration to its card.</summary>
public sealed class StudyTests : IDisposable
{
    readonly Cli _cli = new();

    public StudyTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), 120);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_study_runs_whole_counts_add_up_and_its_file_repeats_it()
    {
        var study = Whole().Json;
        var findings = study.GetProperty("findings").EnumerateArray().ToList();
        Assert.Subset(findings.Select(f => f.GetProperty("topic").GetString()).ToHashSet(),
            new HashSet<string?> { "counts", "nearest", "naming", "orders", "controls", "entropy", "homogeneity", "templates" });
        Assert.Subset(findings.Select(f => f.GetProperty("part").GetString()).ToHashSet(),
            new HashSet<string?> { "default", "default-orders", "default-faithful", "cross-national", "options-only", "shuffled-question",
            "wrong-country", "uniform", "oracle" });
        // 120 questions and 360 pairs, whatever the part.
        foreach (var part in findings.Where(f => f.GetProperty("topic").GetString() == "counts")
            .GroupBy(f => f.GetProperty("part").GetString()))
        {
            Assert.Equal(120, part.Where(f => Measure(f).StartsWith("questions", StringComparison.Ordinal)
                || Measure(f).StartsWith("not answered", StringComparison.Ordinal)).Sum(f => f.GetProperty("value").GetDouble()));
            Assert.Equal(360, part.Where(f => Measure(f).StartsWith("pairs", StringComparison.Ordinal))
                .Sum(f => f.GetProperty("value").GetDouble()));
        }
        Assert.Equal(3, findings.Count(f => Measure(f) == "wrong-country difference"));
        Assert.All(findings.Where(f => Measure(f) == "wrong-country difference"), f =>
            Assert.Contains(f.GetProperty("verdict").GetString(), new[] { "yes", "not shown", "no, the opposite", "no difference" }));
        Assert.Equal(1, findings.Where(f => Measure(f) == "oracle's similarity to its country")
            .Select(f => f.GetProperty("value").GetDouble()).Distinct().Single());

        var before = Sql("from findings order by all");
        var answers = Sql("select count(*) as n from answers");
        var again = _cli.Run("study", "--from", "study.json", "--out", "r.duckdb", "--threads", Cli.Threads, "--json").Succeeded().Json;
        Assert.Equal(study.GetProperty("study_id").GetInt32(), again.GetProperty("study_id").GetInt32());
        Assert.Equal(answers, Sql("select count(*) as n from answers"));
        Assert.Equal(before, Sql("from findings order by all"));

        var card = _cli.Run("study", "card", "r.duckdb").Succeeded().Output;
        foreach (var words in new[] { "# Study 1", "SHA-256", "wrong-country difference", "uniform answerer", "Conventions and caveats",
            "noise floor", "\"models\"", "A-bias" })
            Assert.Contains(words, card);
    }

    [Fact]
    public void Answers_that_are_mostly_off_the_menu_are_measured_and_not_judged()
    {
        var study = _cli.Run("study", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--country", "France",
            "Kenya", "--conditions", "default", "cross-national", "--one-template", "--orders", "faithful", "--controls", "none",
            "--threads", Cli.Threads, "--json").Succeeded().Json;
        var judged = study.GetProperty("findings").EnumerateArray().Where(f => f.TryGetProperty("verdict", out var verdict)
            && verdict.ValueKind == JsonValueKind.String).ToList();
        Assert.NotEmpty(judged);
        Assert.All(judged, f => Assert.StartsWith("not judged", f.GetProperty("verdict").GetString()));
        Assert.Contains("of the probability is on no option", _cli.Run("study", "card", "r.duckdb").Succeeded().Output);
        var run = _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--threads", Cli.Threads);
        Assert.Contains("is not ranked", run.Succeeded().Output);
    }

    [Fact]
    public void A_dry_run_counts_what_the_study_then_does_and_makes_nothing()
    {
        var estimate = Study("--dry-run").Succeeded().Json;
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
        var parts = estimate.GetProperty("parts").EnumerateArray().ToDictionary(p => p.GetProperty("part").GetString()!);
        Assert.Equal(3 * 120, parts["cross-national"].GetProperty("prompts").GetInt64());
        Assert.True(parts["cross-national"].GetProperty("ceiling").GetDouble() > 1.5);
        Assert.All(parts.Values, p => Assert.True(p.GetProperty("seconds").GetDouble() > 0));

        Whole();
        foreach (var run in JsonDocument.Parse(Sql("""
            select part, sum(answers) as answers, sum(s.tokens_decoded) as tokens, sum(s.unshared_tokens) as unshared
            from study_runs join run_overview using (run_id) join run_sessions as s using (run_id)
            where part not in ('uniform', 'oracle') group by part
            """)).RootElement.EnumerateArray())
        {
            var expected = parts[run.GetProperty("part").GetString()!];
            Assert.Equal(expected.GetProperty("prompts").GetInt64(), run.GetProperty("answers").GetInt64());
            // Several runs part their tokens evenly, in whole numbers.
            Assert.InRange(run.GetProperty("tokens").GetInt64(), expected.GetProperty("tokens").GetInt64() - 3,
                expected.GetProperty("tokens").GetInt64());
            Assert.InRange(run.GetProperty("unshared").GetInt64(), expected.GetProperty("unshared_tokens").GetInt64() - 3,
                expected.GetProperty("unshared_tokens").GetInt64());
        }
        Assert.All(parts.Values, p => Assert.Equal(0, p.GetProperty("answered").GetInt64()));
        Assert.All(Study("--dry-run").Succeeded().Json.GetProperty("parts").EnumerateArray(), p => Assert.Equal(
            (p.GetProperty("prompts").GetInt64(), 0.0), (p.GetProperty("answered").GetInt64(), p.GetProperty("seconds").GetDouble())));
    }

    [Fact]
    public void A_study_can_be_of_whole_texts_and_of_another_ending()
    {
        Study("--reading", "text-pmi", "--limit", "12").Succeeded();
        Assert.Equal("""[{"reading":"text-pmi","ending":"space"}]""", Sql("select distinct reading, ending from study_runs "
            + "join runs using (run_id) where part not in ('uniform', 'oracle')"));
        // What else is read of the texts is there to be looked at.
        Assert.Equal("""[{"n":4}]""", Sql("select count(distinct reading) as n from runs where starts_with(reading, 'text')"));
        Study("--ending", "space", "--limit", "12").Succeeded();
        Assert.Equal("""[{"reading":"labels","ending":"space"}]""", Sql("select distinct reading, ending from study_runs "
            + "join runs using (run_id) where study_id = 2 and part not in ('uniform', 'oracle')"));
        Study("--reading", "text-sum", "--ending", "paren").Failed(2, "texts are read behind the ending space");
    }

    [Fact]
    public void A_killed_study_goes_on_and_finds_the_same()
    {
        Whole();
        var undisturbed = Sql("select * exclude (study_id) from findings order by all");

        using var killed = new Cli();
        MadeUpSurvey.Write(killed.PathOf("s.csv"), 120);
        using (var process = killed.Start(Arguments([])))
        {
            // Killed as soon as the file of the first part is there.
            while (!File.Exists(killed.PathOf("r.duckdb")) && !process.HasExited)
                Thread.Sleep(20);
            Thread.Sleep(500);
            process.Kill();
            process.WaitForExit();
        }
        killed.Run(Arguments([]), null).Succeeded();
        Assert.Equal(undisturbed, killed.Query("r.duckdb", "select * exclude (study_id) from findings order by all").GetRawText());
    }

    [Fact]
    public void The_sample_has_too_few_questions_to_say_and_the_study_says_so()
    {
        var said = _cli.Run("study", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--country", "China",
            "Russia", "--one-template", "--orders", "faithful", "--threads", Cli.Threads).Succeeded().Output;
        Assert.Contains("too few questions to say", said);
        Assert.Contains("Naming a country moves the model to its people", said);
        Assert.DoesNotContain("NaN", said);
    }

    [Fact]
    public void The_samples_translations_are_a_part_each_and_too_few_to_say()
    {
        var study = _cli.Run("study", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--translation", "ru",
            "tr", "--conditions", "default", "linguistic", "--one-template", "--orders", "faithful", "--controls", "none", "--refusals",
            "separate", "--threads", Cli.Threads, "--json").Succeeded().Json;
        var language = study.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("topic").GetString() == "language").ToList();
        Assert.Equal(["ru", "tr"], language.Where(f => Measure(f) == "own change").Select(f => f.GetProperty("subject").GetString()));
        Assert.All(language.Where(f => Measure(f) == "own change"), f =>
            Assert.Equal("too few questions to say", f.GetProperty("verdict").GetString()));
        Assert.Equal(["linguistic-ru", "linguistic-tr"], language.Select(f => f.GetProperty("part").GetString()).Distinct());
    }

    [Fact]
    public void Mistakes_are_told_before_anything_is_made()
    {
        _cli.Run("study", "--survey", "s.csv").Failed(2, "--model");
        _cli.Run("study", "--from", "study.json", "--survey", "s.csv").Failed(2, "--from");
        _cli.Run("study", "--from", "study.json").Failed(3, "study.json", "--save");
        Study("--country", "Kenia").Failed(2, "Did you mean Kenya?");
        Study("--controls", "some").Failed(2, "sample, full or none");
        _cli.Run("study", "--model", "nonesuch", "--survey", "s.csv", "--out", "r.duckdb").Failed(3, "nonesuch");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--limit", "3", "--threads",
            Cli.Threads).Succeeded();
        _cli.Run("study", "card", "r.duckdb").Failed(3, "holds no study");
        _cli.Run("study", "card", "r.duckdb", "--study", "7").Failed(2, "no study 7");
        Assert.Contains("\"additionalProperties\": false", _cli.Run("study", "schema").Succeeded().Output);
    }

    Ended Whole() => Whole(_cli);

    /// <summary>The study of all parts, which several tests begin with: s.csv, r.duckdb and study.json.</summary>
    internal static Ended Whole(Cli cli)
    {
        MadeUpSurvey.Write(cli.PathOf("s.csv"), 120);
        return cli.RunOnce(Arguments(["--save", "study.json"]));
    }

    Ended Study(params string[] more) => _cli.Run(Arguments(more), null);

    static string[] Arguments(string[] more) =>
        ["study", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", .. more.Contains("--country") ? (string[])[]
            : ["--country", "France", "Kenya", "Japan"], "--resamples", "500", "--most-off-menu", "1", "--threads",
            Cli.Threads, "--json", .. more];

    string Sql(string query) => _cli.Query("r.duckdb", query).GetRawText();

    static string Measure(JsonElement finding) => finding.GetProperty("measure").GetString()!;
}
