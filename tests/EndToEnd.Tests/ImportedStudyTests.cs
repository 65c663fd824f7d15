using System.Text.Json;
using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Answers that were measured elsewhere are studied as a local model's are.</summary>
public sealed partial class ImportedStudyTests : IDisposable
{
    // Verdicts too: 120 questions, and a made-up model's answers are far off the menu.
    static readonly string[] s_declared = ["--survey", "s.csv", "--country", "France", "Kenya", "Japan", "--resamples", "500",
        "--most-off-menu", "1"];

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Findings_of_imported_answers_equal_those_of_the_model_that_gave_them()
    {
        StudyTests.Whole(_cli);
        File.Move(_cli.PathOf("r.duckdb"), _cli.PathOf("ours.duckdb"));
        File.Delete(_cli.PathOf("study.json"));
        Export("where true");
        Import();
        var study = Study("theirs.duckdb", "--imported", "elsewhere", "--template", "shareable", "--save", "study.json").Succeeded().Json;
        Alike("ours.duckdb", "theirs.duckdb", least: 80);
        Assert.Equal(["cross-national", "default", "default-faithful", "default-orders", "options-only", "oracle", "shuffled-question",
            "uniform", "wrong-country"], study.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("part").GetString()!)
            .Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("not imported", study.ToString());

        // Its file repeats it, and tells answers that came since.
        var before = Findings("theirs.duckdb");
        _cli.Run("study", "--from", "study.json", "--out", "theirs.duckdb").Succeeded();
        Assert.Equal(before.SelectMany(f => f.Numbers), Findings("theirs.duckdb").SelectMany(f => f.Numbers));
        var card = _cli.Run("study", "card", "theirs.duckdb").Succeeded().Output;
        Assert.Contains("its answers were imported", card);
        Assert.Contains("wrong-country difference", card);
        Export("where control = 'none' and condition = 'default' and source_row < 100");
        Import();
        _cli.Run("study", "--from", "study.json", "--out", "theirs.duckdb")
            .Failed(3, "The answers imported:elsewhere are others than the study was declared on");
    }

    [Fact]
    public void What_is_not_there_is_listed_and_the_rest_is_found()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 30);
        Study("ours.duckdb", "--model", Cli.Tiny("llama-spm"), "--threads", Cli.Threads).Succeeded();
        // No orders, no other template, no options-only; Kenya was not asked, and Japan not all.
        Export("""
            where option_order = 'faithful' and template = 'shareable' and control <> 'options-only'
                and prompted_country is distinct from 'Kenya' and (prompted_country is distinct from 'Japan' or source_row <> 7)
            """);
        Import();
        var dry = Study("theirs.duckdb", "--imported", "elsewhere", "--template", "shareable", "--dry-run").Succeeded().Json
            .GetProperty("imported").EnumerateArray().ToList();
        Assert.Equal(["default", "cross-national", "cross-national", "shuffled-question", "wrong-country", "wrong-country"],
            dry.Where(p => p.GetProperty("run_id").ValueKind != JsonValueKind.Null).Select(p => p.GetProperty("part").GetString()));

        var said = _cli.Run(["study", "--imported", "elsewhere", "--template", "shareable", "--out", "theirs.duckdb", .. s_declared])
            .Succeeded().Output;
        Assert.Contains("not imported: default-orders: to be imported: condition default, template shareable, option_order cyclic, control "
            + "none, reading labels", said);
        Assert.Contains("not imported: default-: to be imported: condition default, template other than shareable", said);
        Assert.Contains("not imported: cross-national, Kenya: to be imported: condition cross-national, prompted_country Kenya", said);
        Assert.Contains("not imported: options-only", said);
        var counts = Rows("theirs.duckdb", "select subject, measure, value from findings where part = 'cross-national' and topic = "
            + "'counts' and (measure = 'questions answered' or measure like 'not answered%') order by all");
        Assert.Equal(["France questions answered 30", "Japan not answered: not imported 1", "Japan questions answered 29"], counts.Select(
            c => $"{c.GetProperty("subject").GetString()} {c.GetProperty("measure").GetString()} {c.GetProperty("value").GetDouble()}"));
        // A difference is of questions that both sides have.
        Assert.Equal(29, Rows("theirs.duckdb", "select n from findings where measure = 'own change' and subject = 'Japan'")[0]
            .GetProperty("n").GetInt32());
        Assert.DoesNotContain("Kenya", string.Concat(Rows("theirs.duckdb", "select subject from findings where topic = 'naming'")));
    }

    [Fact]
    public void Languages_are_looked_up_by_their_tags()
    {
        string[] declared = ["study", "--survey", "sample", "--conditions", "default", "linguistic", "--translation", "ru", "tr",
            "--one-template", "--orders", "faithful", "--controls", "none", "--most-off-menu", "1"];
        _cli.Run([.. declared, "--model", Cli.Tiny("llama-spm"), "--threads", Cli.Threads, "--out", "ours.duckdb"]).Succeeded();
        Export("where true");
        _cli.Run("import", "theirs.csv", "--survey", "sample", "--out", "theirs.duckdb").Succeeded();
        _cli.Run([.. declared, "--imported", "elsewhere", "--template", "shareable", "--out", "theirs.duckdb"]).Succeeded();
        Alike("ours.duckdb", "theirs.duckdb", least: 20);
        Assert.Equal(4, Rows("theirs.duckdb", "select * from findings where topic = 'language' and part = 'linguistic-tr'").Count);
    }

    [Fact]
    public void Another_wording_reading_survey_or_question_is_no_part_of_a_study()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 30);
        Study("ours.duckdb", "--model", Cli.Tiny("llama-spm"), "--threads", Cli.Threads, "--one-template", "--controls", "none",
            "--orders", "faithful").Succeeded();
        Export("where true", template: "if(condition = 'default', 'ours', 'yours')");
        Import();
        Imported("--template", "ours").Succeeded();
        Assert.Empty(Rows("theirs.duckdb", "select * from findings where topic = 'naming'"));
        Imported().Failed(3, "no answers of elsewhere in the default part", "template imported", "template ours, option_order faithful");
        Imported("--template", "ours", "--reading", "text-sum").Failed(3, "reading text-sum");
        Imported("--template", "ours", "--refusals", "separate").Failed(3, "under this survey and its policies");
        Imported("--template", "ours", "--limit", "20").Failed(3, "answers 10 questions that the study leaves out");
        Study("theirs.duckdb", "--imported", "nobody").Failed(3, "no imported model nobody. It has elsewhere", "localopinions import");
        Study("none.duckdb", "--imported", "elsewhere").Failed(3, "No results file", "localopinions import");
        Study("ours.duckdb", "--imported", "elsewhere", "--model", Cli.Tiny("llama-spm"), "--template", "ours")
            .Failed(2, "--template takes");
    }

    const string Bundled = "SmolLM2-135M-Instruct.Q4_1";

    [Fact]
    public void The_worked_example_of_the_documentation_runs_and_finds_the_same_twice()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "in-and-out.md")).ReplaceLineEndings("\n");
        var example = Shell().Match(page).Groups[1].Value;
        Assert.Contains("--imported", example);
        Assert.Contains(Bundled, example);
        // A study of the bundled model takes ten minutes beside other tests, and says no more about these commands.
        example = example.Replace(Bundled, Cli.Tiny("llama-spm"), StringComparison.Ordinal);
        _cli.RunScript(example).Succeeded();
        Alike("ours.duckdb", "theirs.duckdb", least: 60);
    }

    void Export(string rows, string template = "template") => _cli.Run("sql", "ours.duckdb", $"""
        select 'elsewhere' as model, condition, prompted_country, n.country as named_country, source_row, option_index, order_index,
            log_prob, language, option_order, control, {template} as template, reading
        from orders_long left join named_instead as n using (run_id, source_row)
        {rows} and control not in ('uniform', 'oracle')
        """, "-o", "theirs.csv", "--force").Succeeded();

    void Import() => _cli.Run("import", "theirs.csv", "--survey", "s.csv", "--out", "theirs.duckdb").Succeeded();

    Ended Imported(params string[] more) => Study("theirs.duckdb", ["--imported", "elsewhere", .. more]);

    Ended Study(string file, params string[] more) => _cli.Run(["study", "--out", file, "--json", .. s_declared, .. more]);

    /// <summary>The same findings, number by number and word by word; rounding apart.</summary>
    void Alike(string file, string other, int least)
    {
        var (ours, theirs) = (Findings(file), Findings(other));
        Assert.True(ours.Count >= least, $"{ours.Count} findings");
        Assert.Equal(ours.Select(f => f.What), theirs.Select(f => f.What));
        foreach (var (own, their) in ours.Zip(theirs))
            Assert.All(own.Numbers.Zip(their.Numbers), n => Assert.Equal(n.First, n.Second, 1e-9));
    }

    List<(string What, double[] Numbers)> Findings(string file) => [.. Rows(file,
        "select topic, part, subject, measure, n, verdict, note, value, low, high, p, p_holm from findings order by finding_index")
        .Select(f => (string.Join('|', f.EnumerateObject().Take(7).Select(m => m.Value.ToString())),
            f.EnumerateObject().Skip(7).Select(m => m.Value.ValueKind == JsonValueKind.Number ? m.Value.GetDouble() : -9).ToArray()))];

    List<JsonElement> Rows(string file, string query) =>
        [.. _cli.Query(file, query).EnumerateArray()];

    [GeneratedRegex("```sh\n(localopinions study.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
