using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Packed runs with shared prefixes, killed at random moments, end with the numbers of an undisturbed run.</summary>
public sealed class ResumeTests : IDisposable
{
    const int Questions = 400;

    static readonly string[] s_run =
        ["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--threads", "1", "--json", "--orders", "cyclic", "--template", "shareable", "--country", "Brazil", "China"];

    readonly Cli _cli = new();

    public ResumeTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), Questions);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Killed_twice_at_random_moments_it_ends_with_the_same_rows() => EndsWithTheSameRows(kills: 2, seed: 1);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Killed_twenty_times_at_random_moments_it_ends_with_the_same_rows() => EndsWithTheSameRows(kills: 20, seed: 2);

    void EndsWithTheSameRows(int kills, int seed)
    {
        var whole = Finish("whole.duckdb");
        var all = whole.GetProperty("answered").GetInt64();
        Assert.Equal(2L * Questions / 8 * (2 + 3 + 4 + 5 + 6 + 7 + 8 + 9), all);
        var expected = Rows("whole.duckdb");

        // Each file is killed until it is complete, then the next begins, until there were enough kills in the middle of the work.
        var random = new Random(seed);
        var span = TimeSpan.FromSeconds(whole.GetProperty("seconds").GetDouble() + whole.GetProperty("preparation_seconds").GetDouble() + 1);
        var inTheMiddle = 0;
        for (var file = 0; inTheMiddle < kills; file++)
        {
            Assert.InRange(file, 0, 4 * kills);
            var name = $"killed-{file}.duckdb";
            for (var kill = 0; kill < 3 && inTheMiddle < kills; kill++)
            {
                using var process = _cli.Start([.. s_run, "--out", name]);
                if (process.WaitForExit(span * random.NextDouble()))
                    break;
                process.Kill();
                process.WaitForExit();
                inTheMiddle += Stored(name) is var stored && stored > 0 && stored < all ? 1 : 0;
            }
            var run = Finish(name);
            Assert.Equal(all, run.GetProperty("already_answered").GetInt64() + run.GetProperty("answered").GetInt64());
            Assert.Equal(expected, Rows(name));
            File.Delete(_cli.PathOf(name));
        }
    }

    System.Text.Json.JsonElement Finish(string file) => _cli.Run([.. s_run, "--out", file]).Succeeded().Json.GetProperty("run");

    long Stored(string file) => File.Exists(_cli.PathOf(file)) && _cli.Run("sql", file, "select count(*) as n from answers", "--json") is { Code: 0 } counted ? counted.Json[0].GetProperty("n").GetInt64() : 0;

    /// <summary>Keys and numbers; no times, no run records.</summary>
    string Rows(string file)
    {
        var answers = _cli.Run("sql", file, "select prompted_country, source_row, order_index, position, option_index, log_prob, prob, off_menu, label_mass from orders_long order by all", "--csv").Succeeded().Output;
        var similarities = _cli.Run("sql", file, "select prompted_country, source_row, country, js_bits, uniform_js_bits from similarities_long order by all", "--csv").Succeeded().Output;
        Assert.True(answers.Length > 100_000);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(answers + similarities)));
    }
}
