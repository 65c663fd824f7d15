using System.Text.Json;
using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>
/// A run of more prompts than are planned at a time, killed in its first and in its last batch, goes on with the same plan and ends with
/// the same numbers.
/// </summary>
public sealed class BatchResumeTests : IDisposable
{
    // 240 questions of 5.5 orders on average, for 55 countries: 72,600 prompts in two batches, the second of some 7,000.
    const int Questions = 240;
    const int FirstBatch = 1 << 16;
    const int MostKills = 12;
    const int Prompts = Questions / 8 * (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9) * 55;

    static readonly string[] s_run =
        ["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--threads", "1", "--json", "--orders", "cyclic", "--template",
            "shareable", "--country", "published"];

    readonly Cli _cli = new();

    public BatchResumeTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), Questions);

    public void Dispose() => _cli.Dispose();

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Killed_it_ends_with_the_same_rows()
    {
        var whole = Finish("whole.duckdb");
        Assert.Equal(Prompts, whole.GetProperty("answered").GetInt64());
        var expected = Rows("whole.duckdb");

        var seconds = whole.GetProperty("seconds").GetDouble() + whole.GetProperty("preparation_seconds").GetDouble();
        Assert.InRange(StoredAfter(0.5 * seconds), 1, FirstBatch);
        // When the last batch is under way hangs on the machine, so the time is looked for:
        // a run begins and ends beside the seconds that it counts.
        List<long> stored = [];
        var (early, late) = (0.5 * seconds, 2 * seconds);
        while (stored.Count < MostKills && !stored.Exists(n => n is > FirstBatch and < Prompts))
        {
            var time = (early + late) / 2;
            stored.Add(StoredAfter(time));
            (early, late) = stored[^1] <= FirstBatch ? (time, late) : (early, time);
        }
        Assert.Contains(stored, n => n is > FirstBatch and < Prompts);

        // Answers stored when it was killed.
        long StoredAfter(double killed)
        {
            using var process = _cli.Start([.. s_run, "--out", "killed.duckdb"]);
            process.WaitForExit(TimeSpan.FromSeconds(killed));
            process.Kill();
            process.WaitForExit();
            var answers = Finish("killed.duckdb").GetProperty("already_answered").GetInt64();
            Assert.InRange(answers, 1, Prompts);
            Assert.Equal(expected, Rows("killed.duckdb"));
            File.Delete(_cli.PathOf("killed.duckdb"));
            return answers;
        }
    }

    JsonElement Finish(string file) => _cli.Run([.. s_run, "--out", file]).Succeeded().Json.GetProperty("run");

    string Rows(string file) => _cli.Query(file, """
        select any_value(plan_sha256) as plan, count(*) as n, bit_xor(hash(prompted_country, source_row, order_index, position,
            option_index,
            log_prob, prob, off_menu))::varchar as numbers
        from orders_long join runs using (run_id, prompted_country)
        """).ToString();
}
