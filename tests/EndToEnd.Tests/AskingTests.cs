using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Option orders, countries and wordings, down to what is stored.</summary>
public sealed class AskingTests : IDisposable
{
    readonly Cli _cli = new();

    public AskingTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), 16);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Under_cyclic_orders_an_answer_is_the_mean_over_positions()
    {
        var run = Ask("--orders", "cyclic").Succeeded().Json.GetProperty("run");
        // Twice 2 to 9 options, and as many orders.
        Assert.Equal(2 * (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9), run.GetProperty("answered").GetInt32());
        Assert.Equal(16, Sql("select distinct source_row from orders_long").GetArrayLength());
        Assert.Equal(0, Sql("select source_row, option_index, position from orders_long group by all having count(*) <> 1")
            .GetArrayLength());
        Assert.Equal(0, Sql("""
            select * from answers_long as a
            join (select source_row, option_index, avg(prob) as mean, count(*) as n from orders_long group by all) as o
                using (source_row, option_index)
            where abs(a.prob - o.mean) > 1e-12 or a.orders <> o.n
            """).GetArrayLength());
        Assert.Equal(0, Ask("--orders", "cyclic").Succeeded().Json.GetProperty("run").GetProperty("answered").GetInt32());
    }

    [Fact]
    public void All_orders_leave_out_questions_of_many_options_with_the_reason()
    {
        var run = Ask("--orders", "all").Succeeded().Json.GetProperty("run");
        Assert.Equal(2 * (2 + 6 + 24 + 120), run.GetProperty("answered").GetInt32());
        Assert.Equal(8, run.GetProperty("unanswered").GetArrayLength());
        Assert.All(run.GetProperty("unanswered").EnumerateArray(), u => Assert.Contains("sample:N", u.GetProperty("reason").GetString()));
        Assert.Equal(2 * (2 + 7 * 3), Ask("--orders", "sample:3").Succeeded().Json.GetProperty("run").GetProperty("answered").GetInt32());
    }

    [Fact]
    public void Each_country_is_a_run_and_what_their_prompts_share_is_decoded_once()
    {
        var run = Ask("--country", "Brazil", "China", "JPN", "--template", "shareable").Succeeded().Json.GetProperty("run");
        Assert.Equal(3 * 16, run.GetProperty("answered").GetInt32());
        Assert.True(run.GetProperty("tokens").GetInt64() * 1.8 < run.GetProperty("unshared_tokens").GetInt64());
        Assert.InRange(run.GetProperty("unshared_tokens").GetDouble() / run.GetProperty("tokens").GetDouble() / run.GetProperty("ceiling")
            .GetDouble(), 0.999, 1.001);
        var runs = Sql("select prompted_country, answered, condition, template, plan_sha256 from run_overview order by run_id")
            .EnumerateArray().ToList();
        Assert.Equal(["Brazil", "China", "Japan"], runs.Select(r => r.GetProperty("prompted_country").GetString()));
        Assert.All(runs, r => Assert.Equal(("cross-national", "shareable", 16),
            (r.GetProperty("condition").GetString(), r.GetProperty("template").GetString(), r.GetProperty("answered").GetInt32())));
        Assert.Single(runs.Select(r => r.GetProperty("plan_sha256").GetString()).Distinct());
        Assert.All(runs, r => Assert.Matches("^[0-9a-f]{64}$", r.GetProperty("plan_sha256").GetString()));

        Ask("--country", "Brazil", "--template", "faithful").Succeeded();
        Assert.Equal(4, Sql("from run_overview").GetArrayLength());
        var brazil = Sql(
            "select distinct prob from answers_long where prompted_country = 'Brazil' and source_row = 0 and option_index = 0");
        Assert.Equal(2, brazil.GetArrayLength());
    }

    [Fact]
    public void An_exact_answer_does_not_depend_on_who_else_is_asked()
    {
        string[] shareable = ["--template", "shareable", "--exact", "--country"];
        Ask([.. shareable, "Brazil"]).Succeeded();
        var alone = Sql("select source_row, option_index, log_prob from answers_long order by all").ToString();
        var run = Ask([.. shareable, "Brazil", "China"]).Succeeded().Json.GetProperty("run");
        // Brazil's answers are there already: the same work is not done twice.
        Assert.Equal((16, 16), (run.GetProperty("already_answered").GetInt32(), run.GetProperty("answered").GetInt32()));

        using var fresh = new Cli();
        MadeUpSurvey.Write(fresh.PathOf("s.csv"), 16);
        Ask(fresh, [.. shareable, "China", "Brazil"]).Succeeded();
        Assert.Equal(alone, fresh.Query("r.duckdb",
            "select source_row, option_index, log_prob from answers_long where prompted_country = 'Brazil' order by all").ToString());
    }

    [Fact]
    public void A_run_measures_its_noise_and_an_exact_one_has_none()
    {
        var floor = Ask().Succeeded().Json.GetProperty("run").GetProperty("runs")[0].GetProperty("noise_floor");
        Assert.Equal(4, floor.GetProperty("prompts").GetInt32());
        Assert.InRange(floor.GetProperty("max_prob").GetDouble(), 1e-12, 0.05);
        Assert.InRange(floor.GetProperty("max_similarity").GetDouble(), 1e-12, 0.05);
        Assert.Equal(1, Sql("from noise_floors").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, Ask("--exact").Succeeded().Json.GetProperty("run").GetProperty("runs")[0]
            .GetProperty("noise_floor").ValueKind);
        Assert.Contains("noise", _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--threads",
            Cli.Threads).Succeeded().Output);
    }

    [Theory]
    [InlineData("takes a name", "--country", " ")]
    [InlineData("needs countries", "--condition", "cross-national")]
    [InlineData("names no country", "--condition", "default", "--country", "Brazil")]
    [InlineData("sample:N", "--orders", "backwards")]
    [InlineData("sample:N", "--orders", "sample:0")]
    [InlineData("--template", "--template", "short")]
    public void A_way_of_asking_that_is_none_is_refused_before_anything_is_made(string words, params string[] arguments)
    {
        Ask(arguments).Failed(2, words, "--help");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
    }

    [Fact]
    public void A_country_that_is_none_is_refused_before_anything_is_made()
    {
        Ask("--country", "Kenia").Failed(2, "Did you mean Kenya?");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
    }

    [Fact]
    public void Verify_compares_ways_of_computing_and_the_same_plan_repeats_itself()
    {
        var verified = _cli.Run("verify", "--model", Cli.Tiny("qwen3-bpe"), "--survey", "s.csv", "--questions", "12", "--orders", "cyclic",
            "--threads", Cli.Threads, "--json").Succeeded().Json;
        Assert.Equal(12, verified.GetProperty("questions").GetInt32());
        Assert.True(verified.GetProperty("repeats").GetBoolean());
        Assert.Equal(3, verified.GetProperty("ranked_countries").GetInt32());
        foreach (var comparison in verified.GetProperty("comparisons").EnumerateArray())
        {
            Assert.InRange(comparison.GetProperty("largest_probability").GetDouble(), 1e-9, 0.1);
            Assert.True(comparison.GetProperty("mean_probability").GetDouble() <= comparison.GetProperty("largest_probability")
                .GetDouble());
            Assert.Equal(3, comparison.GetProperty("pairs").GetInt32());
        }
        Assert.Contains("last bit", _cli.Run("verify", "--model", Cli.Tiny("qwen3-bpe"), "--survey", "s.csv", "--questions", "12",
            "--threads", Cli.Threads).Succeeded().Output);
    }

    [Fact]
    public void Bench_measures_every_condition_that_is_asked_for()
    {
        var bench = _cli.Run("bench", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--questions", "8", "--conditions", "default",
            "shareable-8", "--threads", Cli.Threads, "--out", "page.md", "--json").Succeeded().Json;
        Assert.Equal(["pp128", "pp512"], bench.GetProperty("prompt_rates").EnumerateArray().Select(r => r.GetProperty("test").GetString()));
        var conditions = bench.GetProperty("conditions").EnumerateArray()
            .ToDictionary(c => c.GetProperty("condition").GetString()!, c => c.GetProperty("run"));
        Assert.Equal(["default", "shareable-8"], conditions.Keys);
        Assert.Equal(4 * 8, conditions["shareable-8"].GetProperty("answered").GetInt32());
        Assert.True(conditions["shareable-8"].GetProperty("ceiling").GetDouble() > 2);
        Assert.Contains("| shareable-8 | 4 | 32 |", File.ReadAllText(_cli.PathOf("page.md")));
    }

    [Fact]
    public void Bench_reads_texts_with_sharing_and_each_behind_its_own_prompt()
    {
        var bench = _cli.Run("bench", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--questions", "32", "--conditions", "default",
            "text", "text-unlisted", "--threads", Cli.Threads, "--out", "page.md", "--json").Succeeded().Json;
        var sharing = bench.GetProperty("conditions").EnumerateArray()
            .ToDictionary(c => c.GetProperty("condition").GetString()!, c => c.GetProperty("sharing"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, sharing["default"].ValueKind);
        foreach (var text in new[] { "text", "text-unlisted" })
        {
            Assert.Equal(8, sharing[text].GetProperty("questions").GetInt32());
            Assert.True(sharing[text].GetProperty("own_tokens").GetInt64() > sharing[text].GetProperty("tokens").GetInt64());
            Assert.True(sharing[text].GetProperty("ratio").GetDouble() > 0);
            Assert.Contains($"| {text} | 8 | {sharing[text].GetProperty("tokens").GetInt64():N0} |",
                File.ReadAllText(_cli.PathOf("page.md")));
        }
    }

    JsonElement Sql(string query) => _cli.Query("r.duckdb", query);

    Ended Ask(params string[] more) => Ask(_cli, more);

    static Ended Ask(Cli cli, string[] more) =>
        cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--threads", Cli.Threads, "--json",
            .. more]);
}
