using System.Text.RegularExpressions;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The shell as a person uses it, and the one-shot ways.</summary>
public sealed partial class SqlShellTests : IDisposable
{
    const string Enter = "\r", Up = "\u001b[A", Interrupt = "\u0003", End = "\u0004";

    readonly Cli _cli = new();
    readonly string _history;

    public SqlShellTests()
    {
        _history = _cli.PathOf("history");
        _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--threads", Cli.Threads);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Statements_take_several_lines_and_come_back_from_the_history_of_earlier_sessions()
    {
        Assert.SkipUnless(Terminal.IsThere, "There is no util-linux script here to make a pseudo terminal.");
        using (var shell = new Terminal(_cli, "sql r.duckdb", _history))
        {
            shell.WaitFor("sql>");
            shell.Type($"select count(*) as runs,{Enter}", "->");
            shell.Type($"'a;{Enter}", "->");
            shell.Type($"b' as t from run_overview;{Enter}", "a;↵b");
            shell.Type($"select nonesuch;{Enter}", "nonesuch\" was not found");
            shell.Type($"create temp table t as select 41 + 1 as x;{Enter}", "done");
            shell.Type($"from t;{Enter}", "42");
            shell.Type($"delete from answers;{Enter}", "read-only");
            shell.Type($"exit{Enter}", "exit");
            Assert.Equal(0, shell.End());
        }

        Assert.Equal("\"select count(*) as runs,\\n'a;\\nb' as t from run_overview;\"", File.ReadLines(_history).First());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_history));
        using var later = new Terminal(_cli, "sql r.duckdb", _history);
        later.WaitFor("sql>");
        // Back over delete and from t.
        later.Type(Up + Up + Up, "create");
        later.Type(Enter, "done");
        later.Type(End, "");
        Assert.Equal(0, later.End());
    }

    [Fact]
    public void Ctrl_C_gives_up_a_line_and_a_query_and_the_shell_stays()
    {
        Assert.SkipUnless(Terminal.IsThere, "There is no util-linux script here to make a pseudo terminal.");
        using var shell = new Terminal(_cli, "sql r.duckdb", _history);
        shell.WaitFor("sql>");
        shell.Type("select half a th", "th");
        shell.Type(Interrupt, "^C");
        shell.Type($"select count(*) from range(1000000000000) as t(i) where i % 7 = 3;{Enter}", "= 3;");
        Thread.Sleep(500);
        shell.Type(Interrupt, "interrupted");
        shell.Type($"select 6 * 7 as answer;{Enter}", "42");
        shell.Type(End, "");
        Assert.Equal(0, shell.End());
    }

    [Fact]
    public void Dot_commands_show_examples_and_save_results()
    {
        Assert.SkipUnless(Terminal.IsThere, "There is no util-linux script here to make a pseudo terminal.");
        using var shell = new Terminal(_cli, "sql r.duckdb", _history);
        shell.WaitFor("sql>");
        shell.Type($".save early.csv{Enter}", "no query yet");
        shell.Type($".examples{Enter}", "shows and runs the first");
        shell.Type($".examples 2{Enter}", " rows,");
        shell.Type($".save all.parquet{Enter}", " bytes");
        shell.Type($".save all.parquet{Enter}", "(--force)");
        shell.Type($".save --force all.parquet{Enter}", " bytes");
        shell.Type($".format markdown{Enter}", "sql>");
        shell.Type($"select 1 as one;{Enter}", "| ---: |");
        shell.Type($".nonesuch{Enter}", "There is no .nonesuch");
        shell.Type(End, "");
        Assert.Equal(0, shell.End());
        Assert.NotEqual(0, _cli.Run("sql", "r.duckdb", "from 'all.parquet'", "--json").Succeeded().Json.GetArrayLength());
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("r.duckdb")]
    [InlineData("models.gguf/history")]
    public void A_history_that_cannot_be_kept_is_told_and_the_shell_stays(string history)
    {
        Assert.SkipUnless(Terminal.IsThere, "There is no util-linux script here to make a pseudo terminal.");
        File.WriteAllText(_cli.PathOf("models.gguf"), "");
        var before = File.ReadAllBytes(_cli.PathOf("r.duckdb"));
        using var shell = new Terminal(_cli, "sql r.duckdb", history);
        shell.WaitFor("sql>");
        shell.Type($"select 6 * 7 as answer;{Enter}", "42");
        shell.Type($"select 6 * 6 as answer;{Enter}", "36");
        shell.Type(End, "");
        Assert.Equal(0, shell.End());
        Assert.Equal(before, File.ReadAllBytes(_cli.PathOf("r.duckdb")));
    }

    [Fact]
    public void Tables_fit_the_terminal()
    {
        Assert.SkipUnless(Terminal.IsThere, "There is no util-linux script here to make a pseudo terminal.");
        using var shell = new Terminal(_cli, "sql r.duckdb \"from country_similarity\"", _history);
        var table = Control().Replace(shell.WaitFor(" rows"), "");
        Assert.Equal(0, shell.End());
        Assert.All(table.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        Assert.Contains("not shown", table);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public void A_result_in_a_file_reads_back_the_same(string extension)
    {
        const string Query = "select source_row, option_index, option_text, prob from answers_long order by all";
        _cli.Run("sql", "r.duckdb", Query, "-o", $"x.{extension}").Succeeded();
        var back = _cli.Run("sql", "r.duckdb", $"select source_row::int as source_row, option_index::int as option_index, option_text, "
            + $"prob from 'x.{extension}' order by all", "--csv").Succeeded().Output;
        Assert.Equal(_cli.Run("sql", "r.duckdb", Query, "--csv").Succeeded().Output, back);
        Assert.Empty(Directory.GetFiles(_cli.Folder, ".*"));
    }

    [Fact]
    public void A_script_stops_at_its_first_mistake_and_names_the_line()
    {
        File.WriteAllText(_cli.PathOf("q.sql"), "-- two\nselect 1 as a;\n\nselect 2 as b; select\nnonesuch; select 3 as c;");
        var ended = _cli.Run("sql", "r.duckdb", "-f", "q.sql", "--csv");
        ended.Failed(3, "q.sql, statement on line 4", "nonesuch");
        Assert.Equal(["a", "1", "b", "2"], ended.Output.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        _cli.Run("sql", "r.duckdb", "-f", "nonesuch.sql").Failed(3, "nonesuch.sql");
    }

    [Fact]
    public void What_cannot_be_written_is_said_before_anything_runs()
    {
        _cli.Run("sql", "r.duckdb", "select 1", "-o", "r.duckdb", "--csv").Failed(3, "r.duckdb", "stays as it is");
        _cli.Run("sql", "r.duckdb", "select 1", "-o", "x.xlsx").Failed(2, "--format");
        _cli.Run("sql", "r.duckdb", "select 1", "--format", "parquet").Failed(2, "--out");
        _cli.Run("sql", "r.duckdb", "select 1", "-o", "nowhere/x.csv").Failed(3, "does not exist");
        _cli.Run("sql", "r.duckdb", "select 1", "-o", "/dev/null", "--csv").Failed(3, "is a device or a pipe");
        File.WriteAllText(_cli.PathOf("x.csv"), "mine");
        _cli.Run("sql", "r.duckdb", "select nonesuch", "-o", "x.csv").Failed(3, "is there already", "--force");
        _cli.Run("sql", "r.duckdb", "select nonesuch", "-o", "x.csv", "--force").Failed(3, "nonesuch");
        Assert.Equal("mine", File.ReadAllText(_cli.PathOf("x.csv")));
    }

    [Fact]
    public void The_file_is_changed_only_on_request_and_nothing_is_fetched_from_the_network()
    {
        _cli.Run("sql", "r.duckdb", "update runs set device = 'abacus'").Failed(3, "read-only");
        _cli.Run("sql", "r.duckdb", "update runs set device = 'abacus'", "--write").Succeeded();
        Assert.Equal("abacus", _cli.Run("sql", "r.duckdb", "select device from runs", "--json").Succeeded().Json[0].GetProperty("device")
            .GetString());
        _cli.Run("sql", "r.duckdb", "install httpfs").Failed(3, "switched off");
        _cli.Run("sql", "r.duckdb", "from 'https://localhost:1/x.csv'").Failed(3, "httpfs");
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Control();
}
