using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>A run that nothing disturbs, made once for all tests that hold a disturbed one against it.</summary>
static class WholeRun
{
    const string Rows = "select source_row, order_index, position, option_index, log_prob, prob, off_menu from orders_long order by all";

    /// <summary>What tells the answers of a results file.</summary>
    public static string RowsOf(Cli cli, string file) => cli.QueryCsv(file, Rows);

    /// <summary>The same of an undisturbed run of a made-up survey.</summary>
    public static string RowsOf(int questions, params string[] way)
    {
        using var cli = new Cli();
        MadeUpSurvey.Write(cli.PathOf("s.csv"), questions);
        cli.RunOnce(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "whole.duckdb", "--threads", "1",
            "--no-isolate", .. way]);
        return RowsOf(cli, "whole.duckdb");
    }
}
