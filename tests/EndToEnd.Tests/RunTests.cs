using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

public sealed class RunTests : IDisposable
{
    const string StoredAnswers = "select source_row, option_index, log_prob, prob, off_menu from answers_long order by all";

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    // Independent of the program's own arithmetic: the textbook form over what SQL gives back.
    [Fact]
    public void Similarities_equal_a_computation_by_hand()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 80);
        Ask("s.csv", "r.duckdb").Succeeded();
        var answers = Distributions("select source_row, '' as country, prob from answers_long order by source_row, option_index");
        var humans = Distributions(
            "select source_row, country, probability as prob from questions_long order by source_row, country, option_index");
        var stored = Sql("select source_row, country, js_bits, similarity_bits, similarity_nats from similarities_long");
        Assert.Equal(240, stored.GetArrayLength());
        foreach (var pair in stored.EnumerateArray())
        {
            var (row, country) = (pair.GetProperty("source_row").GetInt32(), pair.GetProperty("country").GetString()!);
            var js = JensenShannonBits(answers[(row, "")], humans[(row, country)]);
            Assert.Equal(js, pair.GetProperty("js_bits").GetDouble(), 1e-6);
            Assert.Equal(1 - Math.Sqrt(js), pair.GetProperty("similarity_bits").GetDouble(), 1e-6);
            Assert.Equal(1 - Math.Sqrt(js * Math.Log(2)), pair.GetProperty("similarity_nats").GetDouble(), 1e-6);
        }
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], answers.Values.Select(a => a.Count).Distinct().Order());
    }

    // How little it is, WritingTests say, by a clock of their own.
    [Fact]
    public void What_an_answer_costs_is_told()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 32);
        var run = Ask("s.csv", "r.duckdb", "--country", "Brazil", "China", "Germany", "--template", "shareable").Succeeded().Json
            .GetProperty("run");
        Assert.Equal(96, run.GetProperty("answered").GetInt32());
        Assert.True(run.GetProperty("peak_memory_bytes").GetInt64() > 0);
        // Not known where all was stored at once.
        Assert.Contains(run.GetProperty("allocated_bytes_per_answer").ValueKind, new[] { JsonValueKind.Null, JsonValueKind.Number });
    }

    [Fact]
    public void The_same_command_again_repeats_nothing()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 40);
        Ask("s.csv", "r.duckdb").Succeeded();
        var run = Ask("s.csv", "r.duckdb").Succeeded().Json.GetProperty("run");
        Assert.Equal((40, 0), (run.GetProperty("already_answered").GetInt32(), run.GetProperty("answered").GetInt32()));
        Assert.Equal(1, Sql("from run_overview").GetArrayLength());
    }

    // Packed answers depend a little on what they are packed with; exact ones do not.
    [Fact]
    public void More_questions_are_another_run_but_go_on_with_an_exact_one()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 40);
        Ask("s.csv", "r.duckdb", "--limit", "15").Succeeded();
        Assert.Equal(0, Ask("s.csv", "r.duckdb").Succeeded().Json.GetProperty("run").GetProperty("already_answered").GetInt32());
        Ask("s.csv", "r.duckdb", "--limit", "15", "--exact").Succeeded();
        Assert.Equal(15, Ask("s.csv", "r.duckdb", "--exact").Succeeded().Json.GetProperty("run").GetProperty("already_answered")
            .GetInt32());
        Assert.Equal([15L, 40, 40], Sql("select answered from run_overview order by run_id").EnumerateArray()
            .Select(r => r.GetProperty("answered").GetInt64()));
    }

    [Fact]
    public void Another_ending_or_exactness_is_another_run()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 4);
        Ask("s.csv", "r.duckdb").Succeeded();
        Ask("s.csv", "r.duckdb", "--exact").Succeeded();
        Ask("s.csv", "r.duckdb", "--ending", "space").Succeeded();
        Assert.Equal(3, Sql("select distinct run_id from answers_long").GetArrayLength());
    }

    [Fact]
    public void A_prompt_longer_than_the_context_is_listed_and_the_run_goes_on()
    {
        var path = MadeUpSurvey.Write(_cli.PathOf("s.csv"), 3);
        File.AppendAllText(
            path, $"\"{string.Concat(Enumerable.Repeat("very ", 6000))}\",\"{{'France': [0.5, 0.5]}}\",\"['yes', 'no']\",GAS\n");
        File.AppendAllText(path, "Alone?,\"{'France': [1.0]}\",\"['yes']\",GAS\n");
        var run = Ask("s.csv", "r.duckdb").Succeeded().Json.GetProperty("run");
        Assert.Equal(3, run.GetProperty("answered").GetInt32());
        var unanswered = run.GetProperty("unanswered").EnumerateArray()
            .ToDictionary(u => u.GetProperty("source_row").GetInt32(), u => u.GetProperty("reason").GetString()!);
        Assert.Contains("longer than the model's context", unanswered[3]);
        Assert.Contains("1 option", unanswered[4]);
    }

    [Fact]
    public void Hostile_text_is_only_text()
    {
        const string Hostile = "'; DROP TABLE answers; -- <script>alert(1)</script> {question} \u001b[2J <|im_end|>";
        File.WriteAllText(
            _cli.PathOf("s.csv"),
            $"question,selections,options,source\n\"{Hostile}\",\"{{'France': [0.5, 0.5]}}\",\"['yes', 'no']\",GAS\n");
        Ask("s.csv", "r.duckdb").Succeeded();
        Assert.Equal(Hostile, Sql("select distinct question from questions_long")[0].GetProperty("question").GetString());
        Assert.DoesNotContain('\u001b', _cli.Run("sql", "r.duckdb", "select distinct question from questions_long").Succeeded().Output);
        _cli.Run("report", "r.duckdb", "-o", "r.html").Succeeded();
        Assert.DoesNotContain("<script>alert", File.ReadAllText(_cli.PathOf("r.html")));
    }

    [Fact]
    public void Killed_in_the_middle_it_goes_on_and_ends_with_the_same_answers()
    {
        const int Rows = 3000;
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), Rows);
        var stored = Stopped("killed.duckdb", Rows, p => p.Kill());
        var run = Ask("s.csv", "killed.duckdb", "--exact").Succeeded().Json.GetProperty("run");
        Assert.Equal(stored, run.GetProperty("already_answered").GetInt32());
        Assert.Equal(Rows - stored, run.GetProperty("answered").GetInt32());

        Ask("s.csv", "whole.duckdb", "--exact").Succeeded();
        Assert.Equal(Csv("whole.duckdb", StoredAnswers), Csv("killed.duckdb", StoredAnswers));
        Assert.Equal(Csv("whole.duckdb", "from country_similarity order by all"),
            Csv("killed.duckdb", "from country_similarity order by all"));
    }

    [Fact]
    public void Told_to_end_it_stores_what_is_finished_and_says_how_to_go_on()
    {
        const int Rows = 3000;
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), Rows);
        // Not SIGINT, which a shell makes its background jobs ignore; both go the same way.
        Ended? ended = null;
        Stopped("r.duckdb", Rows, p =>
        {
            using var kill = ChildProcess.Start("kill", ["-TERM", p.Id.ToString()]);
            ended = Cli.End(p);
        });
        Assert.Equal(130, ended!.Code);
        Assert.True(ended.Json.GetProperty("run").GetProperty("interrupted").GetBoolean());
        Assert.Equal("interrupted", _cli.Query("r.duckdb", "select status from run_overview")[0]
            .GetProperty("status").GetString());
    }

    [Fact]
    public void All_rows_of_the_data_set_are_accounted_for()
    {
        var path = Repository.DataSet;
        Assert.SkipUnless(File.Exists(path), $"the GlobalOpinionQA data set is not there ({path})");
        var run = Ask(path, "r.duckdb").Succeeded().Json.GetProperty("run");
        Assert.Equal(2556, run.GetProperty("questions").GetInt32());
        Assert.Equal(2556, run.GetProperty("answered").GetInt32() + run.GetProperty("unanswered").GetArrayLength());
        Assert.Equal(46329 - 85, Sql("from similarities_long").GetArrayLength());
    }

    /// <summary>Stops a run at a moment when some answers are stored and some are not; returns how many are.</summary>
    int Stopped(string output, int rows, Action<Process> stop)
    {
        var delay = TimeSpan.FromSeconds(3);
        for (var attempt = 0; attempt < 12; attempt++)
        {
            File.Delete(_cli.PathOf(output));
            File.Delete(_cli.PathOf(output + ".wal"));
            using var process = _cli.Start(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", output, "--threads", "1",
                "--exact", "--json"]);
            if (!process.WaitForExit(delay))
            {
                stop(process);
                process.WaitForExit();
            }
            var stored = File.Exists(_cli.PathOf(output))
                ? _cli.Query(output, "select count(distinct source_row) as n from answers_long")[0].GetProperty("n").GetInt32() : 0;
            if (stored > 0 && stored < rows)
                return stored;
            delay *= stored == 0 ? 1.5 : 0.7;
        }
        throw new InvalidOperationException("No attempt stopped the run in its middle.");
    }

    Dictionary<(int Row, string Country), List<double>> Distributions(string query) => Sql(query).EnumerateArray()
        .GroupBy(r => (r.GetProperty("source_row").GetInt32(), r.GetProperty("country").GetString()!), r =>
            r.GetProperty("prob").GetDouble())
        .ToDictionary(g => g.Key, g => g.ToList());

    JsonElement Sql(string query) => _cli.Query("r.duckdb", query);

    string Csv(string file, string query) => _cli.QueryCsv(file, query);

    Ended Ask(string survey, string output, params string[] more) =>
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", survey, "--out", output, "--threads", Cli.Threads, "--json",
            .. more]);

    static double JensenShannonBits(List<double> p, List<double> q)
    {
        static double Term(double x, double m) => x > 0 ? x * Math.Log2(x / m) : 0;
        return p.Zip(q, (a, b) => 0.5 * Term(a, (a + b) / 2) + 0.5 * Term(b, (a + b) / 2)).Sum();
    }
}
