using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>
/// Packed runs with shared prefixes, killed at random moments of their lives, end with the numbers of an undisturbed run.
/// </summary>
public sealed class ResumeTests : IDisposable
{
    const int KillsPerFile = 3;

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    // Together a tenth of the long proofs.
    [Theory]
    [InlineData("llama-spm", 9, 1)]
    [InlineData("qwen3-bpe", 9, 2)]
    public void Killed_at_random_moments_it_ends_with_the_same_rows(string model, int kills, int seed) =>
        EndsWithTheSameRows(Cli.Tiny(model), questions: 64, kills, seed);

    [Fact]
    public void Killed_twice_a_run_of_the_default_model_ends_with_the_same_rows() =>
        EndsWithTheSameRows(Repository.DefaultModel, questions: 3, kills: 2, seed: 3);

    [Fact]
    public void Killed_a_few_times_a_run_whose_answers_are_written_ends_with_the_same_texts() =>
        EndsWithTheSameRows(
            Cli.Tiny("llama-spm"), questions: 64, kills: 6, seed: 4, "--reading", "written", "--texts", "2", "--tokens", "8");

    [Fact]
    public void Killed_a_few_times_a_run_of_said_numbers_ends_with_the_same_rows() =>
        EndsWithTheSameRows(Cli.Tiny("llama-spm"), questions: 24, kills: 4, seed: 5, "--reading", "verbalised");

    [Fact]
    public void Killed_a_few_times_a_run_in_another_language_ends_with_the_same_rows()
    {
        BilingualSurvey.Write(_cli.PathOf("b.yaml"), _cli.PathOf("es.yaml"));
        EndsWithTheSameRows(
            ["run", "--model", Cli.Tiny("llama-spm"), "--survey", "b.yaml", "--translations", "es.yaml", "--language", "es", "--limit",
                "32", "--orders", "cyclic", "--threads", "1", "--json"], kills: 4, seed: 6);
    }

    [Theory(Explicit = true)]
    [Trait("Category", "Long")]
    [InlineData("llama-spm", 60, 11)]
    [InlineData("qwen3-bpe", 60, 12)]
    [InlineData("gemma3-swa-spm", 30, 13)]
    [InlineData("lfm2-hybrid-bpe", 30, 14)]
    public void Killed_a_hundred_and_eighty_times_it_ends_with_the_same_rows(string model, int kills, int seed) =>
        EndsWithTheSameRows(Cli.Tiny(model), questions: 160, kills, seed);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Killed_twenty_times_a_run_of_the_default_model_ends_with_the_same_rows() =>
        EndsWithTheSameRows(Repository.DefaultModel, questions: 8, kills: 20, seed: 15);

    void EndsWithTheSameRows(string model, int questions, int kills, int seed, params string[] more)
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), questions);
        // Said numbers have a wording of their own, and one order.
        string[] asked = more.Contains("verbalised") ? [] : ["--orders", "cyclic", "--template", "shareable"];
        var all = EndsWithTheSameRows(["run", "--model", model, "--survey", "s.csv", "--threads", "1", "--json", .. asked, "--country",
            "Brazil", "China", .. more], kills, seed);
        if (more.Length == 0)
            Assert.Equal(2L * Enumerable.Range(0, questions).Sum(q => 2 + q % 8), all);
    }

    /// <returns>How many prompts the run answers.</returns>
    long EndsWithTheSameRows(string[] run, int kills, int seed)
    {
        var clock = Stopwatch.StartNew();
        var all = Finish(run, "whole.duckdb").GetProperty("answered").GetInt64();
        var lifetime = clock.Elapsed;
        var expected = Rows("whole.duckdb");

        // Each file is killed a few times and then completed. Any moment counts at which the program was alive: start-up, answers, scores.
        var random = new Random(seed);
        var (killed, inTheMiddle) = (0, 0);
        for (var file = 0; killed < kills; file++)
        {
            Assert.InRange(file, 0, 4 * kills);
            var name = $"killed-{file}.duckdb";
            for (var kill = 0; kill < KillsPerFile && killed < kills; kill++)
            {
                using var process = _cli.Start([.. run, "--out", name]);
                if (process.WaitForExit(lifetime * random.NextDouble()))
                    break;
                process.Kill();
                process.WaitForExit();
                killed++;
                inTheMiddle += Stored(name) is var stored && stored > 0 && stored < all ? 1 : 0;
            }
            var finished = Finish(run, name);
            Assert.Equal(all, finished.GetProperty("already_answered").GetInt64() + finished.GetProperty("answered").GetInt64());
            Assert.Equal(expected, Rows(name));
            File.Delete(_cli.PathOf(name));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} kills, {inTheMiddle} of them with some of the answers stored");
        return all;
    }

    [Fact]
    public void A_pilot_is_not_gone_on_with_and_that_is_said_before_anything_is_asked()
    {
        string[] run = ["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--threads", Cli.Threads];
        Assert.DoesNotContain("asks the same", _cli.Run([.. run, "--limit", "3"]).Succeeded().Error);
        Assert.Contains("run 1 asks the same, but its prompts are put together as", _cli.Run([.. run, "--limit", "5"]).Succeeded().Error);
        Assert.DoesNotContain("asks the same", _cli.Run([.. run, "--limit", "5"]).Succeeded().Error);
        Assert.DoesNotContain("asks the same", _cli.Run([.. run, "--limit", "5", "--ending", "space"]).Succeeded().Error);
    }

    System.Text.Json.JsonElement Finish(string[] run, string file) => _cli.Run([.. run, "--out", file]).Succeeded().Json.GetProperty("run");

    /// <summary>Answers in the file, which must open where it is there.</summary>
    long Stored(string file) => File.Exists(_cli.PathOf(file))
        ? _cli.Query(file, "select count(*) as n from answers")[0].GetProperty("n").GetInt64() : 0;

    /// <summary>Keys and numbers; no times, no run records.</summary>
    string Rows(string file)
    {
        var answers = _cli.QueryCsv(file, "select prompted_country, source_row, order_index, position, option_index, log_prob, prob, "
            + "off_menu, label_mass from orders_long order by all");
        var similarities = _cli.QueryCsv(file, "select prompted_country, source_row, country, js_bits from similarities_long order by all");
        var texts = _cli.QueryCsv(file, "select prompted_country, source_row, sequence, text from generations join runs using (run_id) "
            + "order by all");
        Assert.True((answers + texts).Length > 5_000);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(answers + similarities + texts)));
    }
}
