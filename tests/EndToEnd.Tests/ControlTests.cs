using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Answerers whose results are known beforehand, through the whole scoring path.</summary>
public sealed class ControlTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void An_oracle_is_exactly_at_its_country_and_the_uniform_answerer_exactly_where_theory_puts_it()
    {
        Ask("sample");
        var controls = _cli.Run("controls", "r.duckdb", "--json").Succeeded().Json.EnumerateArray().ToList();
        Assert.Equal(["uniform", "oracle", "oracle", "oracle"], controls.Select(c => c.GetProperty("control").GetString()));
        Assert.All(controls, c => Assert.True(c.GetProperty("as_theory_says").GetBoolean()));

        var oracles = Sql("select model, country, similarity_bits, similarity_nats, rank, n, ranked from country_similarity "
            + "where control = 'oracle' and model = 'oracle: ' || country");
        Assert.Equal(3, oracles.Count);
        Assert.All(oracles, o => Assert.Equal((1.0, 1.0),
            (o.GetProperty("similarity_bits").GetDouble(), o.GetProperty("similarity_nats").GetDouble())));
        Assert.All(oracles, o => Assert.True(o.GetProperty("ranked").GetBoolean()));
        Assert.All(oracles, o => Assert.Equal(1, o.GetProperty("rank").GetInt32()));
        // Nobody else is at the oracle's country, or ranks beside it.
        Assert.Empty(Sql("select * from country_similarity where control = 'oracle' and model <> 'oracle: ' || "
            + "country and (similarity_bits >= 1 or rank = 1)"));
        // What the country was not asked has a reason.
        Assert.Empty(Sql("select * from run_overview where control = 'oracle' and answered + unanswered <> questions"));

        Assert.Empty(
            Sql("select * from similarities_long where control = 'uniform' and js_bits <> uniform_js_bits"));
        Assert.Empty(Sql("select * from country_similarity where control = 'uniform' and similarity_bits <> "
            + "uniform_similarity_bits"));
    }

    // JSD(U, Q) = ½ (log2 K − H(Q)) + Σ over options of the two terms with M = (1/K + q)/2, written out without the project's code.
    [Fact]
    public void The_uniform_answerers_divergence_is_that_of_the_formula()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 40);
        Ask("s.csv");
        _cli.Run("controls", "r.duckdb", "--oracle", "Kenya").Succeeded();
        var people = Sql("select source_row, country, list(probability order by option_index) as q from questions_long group by all")
            .ToDictionary(Key, r => r.GetProperty("q").EnumerateArray().Select(p => p.GetDouble()).ToArray());
        var scored = Sql("select source_row, country, js_bits from similarities_long where control = 'uniform'");
        Assert.Equal(120, scored.Count);
        foreach (var row in scored)
        {
            var q = people[Key(row)];
            var k = 1.0 / q.Length;
            var expected = q.Sum(share => (k * Math.Log2(k / ((k + share) / 2))
                + (share > 0 ? share * Math.Log2(share / ((k + share) / 2)) : 0)) / 2);
            Assert.Equal(expected, row.GetProperty("js_bits").GetDouble(), 1e-7);
        }

        static (int, string) Key(JsonElement row) => (row.GetProperty("source_row").GetInt32(), row.GetProperty("country").GetString()!);
    }

    [Fact]
    public void Controls_run_again_are_the_same_runs_and_scoring_keeps_them()
    {
        Ask("sample");
        var first = _cli.Run("controls", "r.duckdb", "--oracle", "Germany", "--json").Succeeded().Output;
        Assert.Equal(first, _cli.Run("controls", "r.duckdb", "--oracle", "Germany", "Germany", "--json").Succeeded().Output);
        _cli.Run("score", "r.duckdb").Succeeded();
        Assert.Equal(first, _cli.Run("controls", "r.duckdb", "--oracle", "Germany", "--json").Succeeded().Output);
        Assert.Equal(3, Sql("from run_overview").Count);
        var words = _cli.Run("controls", "r.duckdb").Succeeded().Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("theory", words);
    }

    [Fact]
    public void A_country_that_is_not_in_the_survey_and_a_file_that_is_not_there_are_told()
    {
        Ask("sample");
        _cli.Run("controls", "r.duckdb", "--oracle", "Atlantis").Failed(2, "Atlantis", "Germany");
        _cli.Run("controls", "nothing.duckdb").Failed(3, "nothing.duckdb");
        Assert.False(File.Exists(_cli.PathOf("nothing.duckdb")));
    }

    void Ask(string survey) => _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", survey, "--out", "r.duckdb", "--threads",
        Cli.Threads);

    List<JsonElement> Sql(string query) => [.. _cli.Query("r.duckdb", query).EnumerateArray()];
}
