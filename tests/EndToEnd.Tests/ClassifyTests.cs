using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A second model classifies what a model wrote: <c>texts classify</c>.</summary>
public sealed class ClassifyTests : IDisposable
{
    const string Classes = "select source_row, sequence, class, option_index, probability, off_menu from text_classes order by all";

    readonly Cli _cli = new();

    public ClassifyTests() => _cli.RunOnce("run", "--model", Repository.DefaultModel, "--survey", "sample", "--out", "r.duckdb",
        "--threads", Cli.Threads, "--reading", "written", "--texts", "2", "--tokens", "6", "--orders", "sample:2", "--limit", "3");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Every_text_gets_a_class_once_and_what_lacks_one_gets_the_same_again()
    {
        var texts = Sql("from text_readings").GetArrayLength();
        var outcome = Classify().Succeeded().Json;
        Assert.Equal((1, texts, texts, 0), Counts(outcome));
        Assert.Equal("classify-chat", Sql("select distinct split_part(wording, ' ', 1) as w from text_classes")[0].GetProperty("w")
            .GetString());
        var whole = Sql(Classes).ToString();
        Assert.Equal(texts, Sql(Classes).GetArrayLength());
        // The class is that of the survey's own option, whatever the order in which the prompt listed it.
        Assert.Equal(0, Sql("""
            from text_classes where (class = 'none') <> (option_index is null) or not probability between 0 and 1
                or not off_menu between 0 and 1 or classifier_sha256 not in (select sha256 from models)
            """).GetArrayLength());

        _cli.Run(["sql", "r.duckdb", "--write"], null, "delete from text_classes where (source_row + sequence) % 2 = 0;").Succeeded();
        Assert.NotEqual(whole, Sql(Classes).ToString());
        Assert.InRange(Classify("--workers", "2").Succeeded().Json.GetProperty("already_classified").GetInt32(), 1, texts - 1);
        Assert.Equal(whole, Sql(Classes).ToString());
        Assert.Equal((1, texts, 0, texts), Counts(Classify().Succeeded().Json));
        // Another wording, or layout, is another reader.
        Assert.Equal((1, texts, texts, 0), Counts(Classify("--layout", "plain").Succeeded().Json));
        Assert.Equal(2 * texts, Sql(Classes).GetArrayLength());
        _cli.Run("merge", "r.duckdb", "--out", "m.duckdb").Succeeded();
        _cli.Run("merge", "r.duckdb", "--out", "m.duckdb").Succeeded();
        Assert.Equal(Sql(Classes).ToString(), Sql(Classes, "m.duckdb").ToString());
    }

    [Fact]
    public void Its_agreement_with_the_rule_and_with_a_sheet_is_counted()
    {
        Classify().Succeeded();
        // What is agreed on is planted: the model's classes stay, the rule's become the same, but for one.
        _cli.Run(["sql", "r.duckdb", "--write"], null, """
            update text_classes set option_index = source_row % 2, class = 'option';
            update text_readings set option_index = source_row % 2, class = 'letter';
            update text_readings set option_index = null, class = 'none'
            where (source_row, sequence) = (select (min(source_row), 0) from text_readings);
            """).Succeeded();
        _cli.Run("texts", "sheet", "r.duckdb", "--out", "one.csv").Succeeded();
        string[] ids = [.. File.ReadAllText(_cli.PathOf("one.csv")).Split('\n').Skip(1)
            .Where(l => l.Length > 13 && l[12] == ',' && l[..12].All(char.IsAsciiHexDigitLower)).Select(l => l[..12])];
        File.WriteAllText(_cli.PathOf("one.csv"), $"id,code\n{ids[0]},None\n{ids[1]},several\n");
        var outcome = Classify("--sheet", "one.csv").Succeeded().Json;
        var rule = outcome.GetProperty("agreement")[0];
        var texts = outcome.GetProperty("texts").GetInt32();
        Assert.Equal(("classifier", "rule", texts, 3), (rule.GetProperty("first").GetString(), rule.GetProperty("second").GetString(),
            rule.GetProperty("texts").GetInt32(), rule.GetProperty("questions").GetInt32()));
        Assert.Equal((texts - 1.0) / texts, rule.GetProperty("agreement").GetDouble(), 1e-12);
        Assert.InRange(rule.GetProperty("kappa").GetDouble(), rule.GetProperty("low").GetDouble(), rule.GetProperty("high").GetDouble());
        var sheet = outcome.GetProperty("agreement")[1];
        Assert.Equal(("one.csv", 2, 0.0), (sheet.GetProperty("second").GetString(), sheet.GetProperty("texts").GetInt32(),
            sheet.GetProperty("agreement").GetDouble()));
        Assert.Equal("rule", outcome.GetProperty("agreement")[2].GetProperty("first").GetString());
        Assert.Contains("kappa", _cli.Run("texts", "classify", "r.duckdb", "--with", Repository.DefaultModel, "--threads", Cli.Threads)
            .Succeeded().Output);

        File.WriteAllText(_cli.PathOf("one.csv"), $"id,code\n{ids[0]},stereotype\n");
        Classify("--sheet", "one.csv").Failed(3, "one.csv", "stereotype", "words of an option");
    }

    [Fact]
    public void Runs_without_texts_of_which_the_options_are_known_are_refused()
    {
        Classify("--layout", "plain", "--date", "2026-03-05").Failed(2, "--date");
        Classify("--run", "7").Failed(3, "run 7", "those of runs 1");
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "l.duckdb", "--threads", Cli.Threads, "--limit",
            "2").Succeeded();
        _cli.Run("texts", "classify", "l.duckdb", "--with", Cli.Tiny("llama-spm")).Failed(3, "l.duckdb", "--reading written");
        _cli.Run("run", "--model", Repository.DefaultModel, "--survey", "sample", "--out", "p.duckdb", "--threads", Cli.Threads, "--limit",
            "2", "--reading", "written", "--tokens", "4", "--perturb", "labels-numbers").Succeeded();
        _cli.Run("texts", "classify", "p.duckdb", "--with", Repository.DefaultModel, "--run",
            Sql("select run_id from runs where control = 'perturbed'", "p.duckdb")[0].GetProperty("run_id").GetRawText())
            .Failed(3, "perturbed", "cannot be classified");
    }

    static (int, int, int, int) Counts(JsonElement outcome) => (outcome.GetProperty("run_id").GetInt32(),
        outcome.GetProperty("texts").GetInt32(), outcome.GetProperty("classified").GetInt32(),
        outcome.GetProperty("already_classified").GetInt32());

    Ended Classify(params string[] more) =>
        _cli.Run(["texts", "classify", "r.duckdb", "--with", Repository.DefaultModel, "--threads", Cli.Threads, "--json", .. more]);

    JsonElement Sql(string query, string file = "r.duckdb") => _cli.Query(file, query);
}
