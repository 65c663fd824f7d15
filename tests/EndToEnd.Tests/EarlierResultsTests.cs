using System.IO.Compression;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>
/// A file of an earlier version, whose engine was llama.cpp 0.5.0, opens and goes on; its answers and the new ones are told apart.
/// </summary>
public sealed class EarlierResultsTests : IDisposable
{
    const string Answers = "select source_row, option_index, log_prob, prob, off_menu from answers_long where run_id = 1 order by all";

    readonly Cli _cli = new();

    public EarlierResultsTests()
    {
        using var packed = new GZipStream(File.OpenRead(Repository.Fixture("results/llama.cpp-0.5.0.duckdb.gz")),
            CompressionMode.Decompress);
        using var file = File.Create(_cli.PathOf("earlier.duckdb"));
        packed.CopyTo(file);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_run_of_another_engine_build_is_another_run()
    {
        var before = Sql(Answers);
        Assert.True(before.Split('\n').Length > 12);
        // What was asked then, word for word.
        var run = _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "earlier.duckdb", "--limit", "12",
            "--threads", "1", "--json")
            .Succeeded().Json.GetProperty("run");
        Assert.Equal((0, 12), (run.GetProperty("already_answered").GetInt32(), run.GetProperty("answered").GetInt32()));
        var builds = Sql("select run_id, engine_build from runs order by all").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("llama.cpp 0.5.0", builds[1]);
        Assert.Contains("llama.cpp b10361", builds[2]);
        Assert.Equal(before, Sql(Answers));
    }

    [Fact]
    public void It_is_scored_and_read_as_it_was()
    {
        const string Similarities = "select country, n, similarity_bits from country_similarity order by all";
        var before = Sql(Similarities);
        _cli.Run("score", "earlier.duckdb").Succeeded();
        Assert.Equal(before, Sql(Similarities));
        _cli.Run("report", "earlier.duckdb", "-o", "report.html").Succeeded();
        _cli.Run("compare", "earlier.duckdb").Failed(3, "two runs");
    }

    string Sql(string query) => _cli.QueryCsv("earlier.duckdb", query);
}
