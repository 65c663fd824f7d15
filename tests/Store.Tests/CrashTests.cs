using LocalOpinions.Store.Output;

namespace LocalOpinions.Store.Tests;

public sealed class CrashTests : StoreTest
{
    [Fact]
    public void Killed_at_any_moment_a_run_keeps_whole_batches_and_finishes_without_repeating_any()
    {
        var kills = 0;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var child = Child.Start("append", File());
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            Thread.Sleep(20 + 37 * attempt);
            if (!child.HasExited)
            {
                child.Kill();
                kills++;
            }

            child.WaitForExit();
            RequireWholeBatches();
        }

        Assert.True(kills >= 2, $"Only {kills} processes were still at work when they were to be killed; the test needs more questions.");
        using (var child = Child.Start("append", File()))
        {
            child.WaitForExit();
            Assert.Equal(0, child.ExitCode);
        }

        using var results = ResultsFile.OpenReadOnly(File());
        var runs = results.Runs();
        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.Equal(("complete", (long)Child.Questions, (long)Child.Questions * Child.Orders),
            (run.Status, run.Answered, run.Answers)));
        Assert.Equal(Content(UndisturbedRun()), Content(results));
    }

    void RequireWholeBatches()
    {
        using var results = ResultsFile.Open(File());
        Assert.Equal(0L, Scalar(results, $"SELECT count(*) % {Child.BatchSize} FROM answers"));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) - count(DISTINCT (run_id, source_row, order_index)) FROM answers"));
        // What one decode answered is there for both of its runs or for neither.
        Assert.Equal(
            0L, Scalar(results, "SELECT count(*) FROM (SELECT source_row, order_index FROM answers GROUP BY ALL HAVING count(*) <> 2)"));
        Assert.Equal(
            0L, Scalar(results, "SELECT count(*) - count(DISTINCT (run_id, source_row, order_index, option_index)) FROM orders_long"));
        Assert.Equal(
            Scalar(results, "SELECT count(*) FROM answers JOIN options USING (source_row)"),
            Scalar(results, "SELECT count(*) FROM orders_long"));
    }

    ResultsFile UndisturbedRun()
    {
        var results = ResultsFile.Open(File("undisturbed.duckdb"));
        results.Append([.. Child.Answers(Child.Begin(results))], []);
        return results;
    }

    static string Content(ResultsFile results)
    {
        using var query = results.QueryText("SELECT * FROM answers_long ORDER BY ALL");
        using var text = new StringWriter();
        CsvOutput.Write(query, text);
        return text.ToString();
    }
}
