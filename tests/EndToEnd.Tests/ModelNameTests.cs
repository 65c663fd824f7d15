using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>
/// Models are known by their bytes: names that several share are told apart, and a study keeps to the files that it was declared on.
/// </summary>
public sealed class ModelNameTests : IDisposable
{
    readonly Cli _cli = new();

    public ModelNameTests()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 12);
        foreach (var (folder, model) in new[] { ("a", "llama-spm"), ("b", "qwen3-bpe") })
        {
            Directory.CreateDirectory(_cli.PathOf(folder));
            File.Copy(Cli.Tiny(model), _cli.PathOf($"{folder}/m.gguf"));
        }
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Two_models_of_one_name_are_told_apart_everywhere_until_one_is_renamed()
    {
        Study("--model", "a/m.gguf", "b/m.gguf").Succeeded();
        string[] hashes = [.. Strings("select left(sha256, 8) from models where name = 'm' order by model_id")];
        string[] expected = [.. hashes.Select(h => $"m ({h})")];
        foreach (var view in new[] { "answers_long", "country_similarity", "model_differences", "findings", "run_overview", "plain_runs" })
        {
            Assert.Equal(expected.Order(StringComparer.Ordinal),
                Strings($"select distinct model from {view} where model like 'm%' order by all"));
        }
        Assert.All(expected, name => Assert.Contains(name, _cli.Run("study", "card", "r.duckdb").Succeeded().Output));
        var compared = _cli.Run("compare", "r.duckdb", "--json").Succeeded().Json.GetProperty("runs").EnumerateArray()
            .Select(r => r.GetProperty("model").GetString());
        Assert.Equal(expected.Order(StringComparer.Ordinal), compared.Distinct().Order(StringComparer.Ordinal));

        _cli.Run("models", "rename", "r.duckdb", "m", "x").Failed(2, "no model m", expected[0], expected[1]);
        _cli.Run("models", "rename", "r.duckdb", expected[0], " ").Failed(2, "empty");
        foreach (var bad in new[] { "a\nb", "a\u001b[2J", "a\u2028b", new string('x', 5_000) })
            _cli.Run("models", "rename", "r.duckdb", expected[0], bad).Failed(2, "new name");
        _cli.Run("models", "rename", "r.duckdb", expected[0], "the <first>").Succeeded();
        Assert.Equal(["m", "the <first>"], Strings("select distinct model from country_similarity where model not like '%:%' and "
            + "model <> 'uniform answerer' order by all"));
        // Another name, not another model: nothing is asked again.
        var before = Strings("select count(*) from answers");
        Study("--model", "a/m.gguf", "b/m.gguf").Succeeded();
        Assert.Equal(before, Strings("select count(*) from answers"));
        _cli.Run("models", "rename", "r.duckdb", hashes[1], "second").Succeeded();
        Assert.Equal(["second", "the <first>"], Strings("select distinct model from plain_runs order by all"));
    }

    [Theory]
    [InlineData("a/m.gguf")]
    [InlineData("s.csv")]
    public void A_saved_study_is_not_repeated_on_other_files(string replaced)
    {
        var study = Study("--model", "a/m.gguf", "--save", "study.json").Succeeded().Json;
        var findings = Strings("select count(*) || ' ' || sum(value) from findings");
        Assert.Equal(64, JsonDocument.Parse(File.ReadAllText(_cli.PathOf("study.json"))).RootElement.GetProperty("sha256")
            .GetProperty(replaced).GetString()!.Length);
        if (replaced == "s.csv")
            MadeUpSurvey.Write(_cli.PathOf("s.csv"), 13);
        else
            File.Copy(_cli.PathOf("b/m.gguf"), _cli.PathOf("a/m.gguf"), overwrite: true);
        _cli.Run("study", "--from", "study.json", "-o", "r.duckdb", "--threads", Cli.Threads)
            .Failed(3, replaced, "another file", "SHA-256");
        _cli.Run("study", "--from", "study.json", "--dry-run", "--threads", Cli.Threads).Failed(3, replaced, "another file");
        Assert.Equal(findings, Strings("select count(*) || ' ' || sum(value) from findings"));

        // Declared anew, it is another study, beside the first.
        var other = Study("--model", "a/m.gguf").Succeeded().Json;
        Assert.NotEqual(study.GetProperty("study_id").GetInt32(), other.GetProperty("study_id").GetInt32());
        Assert.Equal(findings, Strings("select count(*) || ' ' || sum(value) from findings where study_id = 1"));
    }

    Ended Study(params string[] more) => _cli.Run(["study", .. more, "--survey", "s.csv", "--out", "r.duckdb", "--country", "France",
        "--one-template", "--orders", "faithful", "--resamples", "100", "--threads", Cli.Threads, "--json"]);

    IEnumerable<string> Strings(string query) => _cli.Query("r.duckdb", query).EnumerateArray()
        .Select(r => r.EnumerateObject().First().Value.ToString());
}
