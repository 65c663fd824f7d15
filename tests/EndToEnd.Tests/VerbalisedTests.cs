using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>What a model says people answer: <c>run --reading verbalised</c>.</summary>
public sealed class VerbalisedTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_distribution_that_the_prompt_states_is_read_back()
    {
        int[] planted = [5, 20, 50, 80, 95];
        const string Selections = "\"defaultdict(<class 'list'>, {'France': [0.5, 0.5]})\"";
        File.WriteAllText(_cli.PathOf("p.csv"), "question,selections,options,source\n" + string.Concat(planted.Select(p =>
            $"\"Do you like tea? Of the last 100 people, so many chose each option:\n(A) Yes: {p}\n(B) No: {100 - p}\n\n"
            + $"Of the 100 people before them, so many chose each option:\n(A) Yes: {p}\n(B) No: {100 - p}\",{Selections},"
            + "\"['Yes', 'No']\",GAS\n")));
        _cli.Run("run", "--model", Repository.DefaultModel, "--survey", "p.csv", "--out", "r.duckdb", "--threads", Cli.Threads, "--reading",
            "verbalised").Succeeded();
        double[] read = [.. Sql("select prob from answers_long where option_index = 0 order by source_row").EnumerateArray()
            .Select(r => r.GetProperty("prob").GetDouble())];
        // A small model shrinks it towards one half, and keeps its order.
        Assert.Equal(read.Order(), read);
        Assert.InRange(read[^1] - read[0], 0.25, 1);
        Assert.True(read[0] < 0.4 && read[^1] > 0.55, string.Join(", ", read));
    }

    [Fact]
    public void It_is_a_run_like_any_other_with_a_wording_of_its_own()
    {
        string[] ask = ["run", "--model", Repository.DefaultModel, "--survey", "sample", "--out", "r.duckdb", "--threads", Cli.Threads,
            "--reading", "verbalised", "--limit", "3", "--country", "Brazil", "--json"];
        var run = _cli.Run(ask).Succeeded().Json.GetProperty("run");
        Assert.Equal(3, run.GetProperty("answered").GetInt32());
        Assert.Equal(("verbalised", "verbalised", "space"), Sql("select reading, template, ending from runs").EnumerateArray().Select(r => (
            r.GetProperty("reading").GetString(), r.GetProperty("template").GetString(), r.GetProperty("ending").GetString())).Single());
        Assert.Contains("Of 100 people from Brazil", Sql("from templates")[0].GetProperty("wording").GetString());
        // By itself one prompt takes more tokens than all three together did.
        Assert.Equal(0, Sql("from noise_floors").GetArrayLength());
        Assert.True(Sql("from similarities").GetArrayLength() > 0);
        // The answer is the shares that were said, divided by their sum.
        Assert.Equal(0, Sql("""
            select * from (select prob, exp(log_prob) / sum(exp(log_prob)) over (partition by source_row) as expected from answers_long)
            where abs(prob - expected) > 1e-12
            """).GetArrayLength());
        Assert.Equal(0, _cli.Run(ask).Succeeded().Json.GetProperty("run").GetProperty("answered").GetInt32());
    }

    [Theory]
    [InlineData("--template", "--template", "shareable")]
    [InlineData("--language", "--language", "ru")]
    [InlineData("--options unlisted", "--options", "unlisted")]
    [InlineData("--ending", "--ending", "paren")]
    public void What_does_not_go_with_it_is_refused(string words, params string[] arguments) =>
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--reading", "verbalised", .. arguments]).Failed(2, words);

    JsonElement Sql(string query) => _cli.Query("r.duckdb", query);
}
