using System.Globalization;

namespace LocalOpinions.EndToEnd.Tests;

public sealed class ImportMergeTests : IDisposable
{
    const string Scores = "select country, source_row, js_bits from similarities_long where condition = 'default' order by all";

    readonly Cli _cli = new();

    public ImportMergeTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), 24);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_merged_file_keeps_the_measures_of_those_that_it_takes_in()
    {
        Ask("a.duckdb", "--exact", "--limit", "6").Succeeded();
        Ask("b.duckdb", "--exact").Succeeded();
        _cli.Run("score", "a.duckdb", "--measures", "hellinger").Succeeded();
        _cli.Run("merge", "a.duckdb", "b.duckdb", "--out", "all.duckdb").Succeeded();
        var counts = _cli.Query("all.duckdb",
            "select (select count(*) from measure_values where measure = 'hellinger') as m, (select count(*) from similarities) as s")[0];
        Assert.Equal(72, counts.GetProperty("s").GetInt32());
        Assert.Equal(72, counts.GetProperty("m").GetInt32());
    }

    // What one program measured comes back from a file with the same similarities, beside the original.
    [Fact]
    public void Exported_answers_can_be_imported_and_score_the_same()
    {
        Ask("r.duckdb", "--exact").Succeeded();
        _cli.Run("sql", "r.duckdb", "select 'someone else''s' as model, source_row, option_index, log_prob from answers_long", "-o",
            "theirs.csv").Succeeded();
        var run = Assert.Single(_cli.Run("import", "theirs.csv", "--survey", "s.csv", "--out", "r.duckdb", "--json").Succeeded()
            .Json.GetProperty("runs").EnumerateArray());
        Assert.Equal((24, 24), (run.GetProperty("answers").GetInt32(), run.GetProperty("new_answers").GetInt32()));
        Assert.Equal(0, _cli.Run("import", "theirs.csv", "--survey", "s.csv", "--out", "r.duckdb", "--json").Succeeded().Json
            .GetProperty("runs")[0].GetProperty("new_answers").GetInt32());
        var far = _cli.Query("r.duckdb", """
            select count(*) as n, max(abs(a.js_bits - b.js_bits)) as far
            from similarities_long as a join similarities_long as b using (source_row, country_id) where a.run_id = 1 and b.run_id = 2
            """)[0];
        Assert.Equal(72, far.GetProperty("n").GetInt32());
        Assert.InRange(far.GetProperty("far").GetDouble(), 0, 1e-9);
        var stored = _cli.Query("r.duckdb", "select m.name, r.origin, o.mean_off_menu from runs as r join models as m using "
            + "(model_id) join run_overview as o using (run_id) order by run_id");
        Assert.Equal("import", stored[1].GetProperty("origin").GetString());
        Assert.Equal(stored[0].GetProperty("mean_off_menu").GetDouble(), stored[1].GetProperty("mean_off_menu").GetDouble(), 1e-9);
        _cli.Run("report", "r.duckdb", "-o", "r.html").Succeeded();
    }

    [Fact]
    public void Shares_without_an_off_menu_mass_leave_it_unknown()
    {
        File.WriteAllText(_cli.PathOf("shares.csv"), string.Create(
            CultureInfo.InvariantCulture, $"model,source_row,option_index,prob\nm,0,0,{0.25}\nm,0,1,{0.75}\n"));
        _cli.Run("import", "shares.csv", "--survey", "s.csv", "--out", "r.duckdb").Succeeded();
        Assert.Equal(["|0.25|", "|0.75|"], _cli.QueryCsv("r.duckdb", "select coalesce(off_menu::varchar, '') || '|' || prob || '|' || "
            + "coalesce(log_prob::varchar, '') as x from answers_long order by option_index")
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
        Assert.Equal(3, _cli.Query("r.duckdb", "from country_similarity").GetArrayLength());
        _cli.Run("report", "r.duckdb", "-o", "r.html").Succeeded();
    }

    [Fact]
    public void Imported_answers_stand_beside_own_ones_on_the_same_scales()
    {
        Ask("r.duckdb", "--exact").Succeeded();
        const string Theirs = """
            select * from (
                select 'a copy' as model, source_row, option_index, prob from answers_long
                union all select 'finds all alike', source_row, option_index, 1 / count(*) over (partition by source_row) from answers_long)
            order by all
            """;
        _cli.Run("sql", "r.duckdb", Theirs, "-o", "theirs.csv").Succeeded();
        _cli.Run("import", "theirs.csv", "--survey", "s.csv", "--out", "r.duckdb").Succeeded();
        var comparison = _cli.Run("compare", "r.duckdb", "--json").Succeeded().Json;
        Assert.Equal(["run", "import", "import"], comparison.GetProperty("runs").EnumerateArray()
            .Select(r => r.GetProperty("origin").GetString()));
        Assert.Equal(24, comparison.GetProperty("questions").GetInt32());
        var lines = comparison.GetProperty("countries").EnumerateArray().ToLookup(c => c.GetProperty("run_id").GetInt32());
        Assert.Equal(3, lines[1].Count());
        foreach (var (own, copy) in lines[1].Zip(lines[2]))
        {
            Assert.Equal(own.GetProperty("bits").GetDouble(), copy.GetProperty("bits").GetDouble(), 1e-9);
            Assert.Equal(0, copy.GetProperty("difference").GetDouble(), 1e-9);
        }
        foreach (var alike in lines[3])
        {
            var uniform = _cli.Query("r.duckdb", $"select uniform_similarity_bits as bits from country_similarity where run_id = 1 "
                + $"and country = '{alike.GetProperty("country").GetString()}'")[0];
            Assert.Equal(uniform.GetProperty("bits").GetDouble(), alike.GetProperty("bits").GetDouble(), 1e-7);
        }
        Assert.Contains("finds all alike, default, imported, faithful (imported)", _cli.Run("compare", "r.duckdb").Succeeded().Output);
    }

    [Fact]
    public void Names_from_a_file_come_back_byte_for_byte_and_do_nothing()
    {
        string[] names = ["'; DROP TABLE answers; --", "</script><script>alert(1)</script>", "\"quoted\", and a comma", "two\nlines",
            "\u202Egnp.exe", "🦊 e\u0301", new('x', 1 << 20)];
        var rows = names.SelectMany(name => new[] { 0.25, 0.75 }
            .Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"\"{name.Replace("\"", "\"\"")}\",0,{i},{p}\n")));
        File.WriteAllText(_cli.PathOf("hostile.csv"), "model,source_row,option_index,prob\n" + string.Concat(rows));
        _cli.Run("import", "hostile.csv", "--survey", "s.csv", "--out", "r.duckdb").Succeeded();
        Assert.Equal(names, _cli.Query("r.duckdb", "select name from models order by model_id").EnumerateArray()
            .Select(m => m.GetProperty("name").GetString()!));
        Assert.Equal(names.Length, _cli.Query("r.duckdb", "select run_id from answers").GetArrayLength());
        _cli.Run("report", "r.duckdb", "-o", "r.html").Succeeded();
        Assert.DoesNotContain("<script>alert(1)", File.ReadAllText(_cli.PathOf("r.html")));

        File.WriteAllText(_cli.PathOf("nul.csv"), "model,source_row,option_index,prob\na,0,0,0.25\na\0b,0,1,0.75\n");
        _cli.Run("import", "nul.csv", "--survey", "s.csv", "--out", "r.duckdb").Failed(3, "nul.csv, line 3");
    }

    [Fact]
    public void A_wrong_import_names_its_row_and_makes_nothing()
    {
        File.WriteAllText(_cli.PathOf("bad.csv"), "model,source_row,option_index,prob\nm,0,0,0.4\nm,99,1,0.6\n");
        _cli.Run("import", "bad.csv", "--survey", "s.csv", "--out", "r.duckdb")
            .Failed(3, "bad.csv, row 1 (line 3), column source_row", "no row 99");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
    }

    [Fact]
    public void Files_of_two_machines_become_one_that_is_scored()
    {
        Ask("a.duckdb", "--exact").Succeeded();
        Ask("b.duckdb", "--exact", "--country", "Kenya").Succeeded();
        _cli.Run("merge", "a.duckdb", "b.duckdb", "-o", "all.duckdb").Succeeded();
        _cli.Run("merge", "b.duckdb", "a.duckdb", "-o", "other.duckdb").Succeeded();
        Assert.Equal(Sql("a.duckdb", Scores), Sql("all.duckdb", Scores));
        const string Answers =
            "select model, condition, prompted_country, source_row, option_index, prob, log_prob from answers_long order by all";
        const string Countries =
            "select condition, prompted_country, country, n, similarity_bits, low, high, rank from country_similarity order by all";
        Assert.Equal(Sql("all.duckdb", Answers), Sql("other.duckdb", Answers));
        Assert.Equal(Sql("all.duckdb", Countries), Sql("other.duckdb", Countries));
        var again = _cli.Run("merge", "a.duckdb", "-o", "all.duckdb", "--json").Succeeded().Json[0];
        Assert.Equal((0, 0), (again.GetProperty("new_runs").GetInt32(), again.GetProperty("new_answers").GetInt32()));
        // The merged file goes on where its parts stopped.
        Assert.Equal(0, Ask("all.duckdb", "--exact").Succeeded().Json.GetProperty("run").GetProperty("answered").GetInt32());
        _cli.Run("merge", "all.duckdb", "-o", "./all.duckdb").Failed(2, "into itself");
        _cli.Run("merge", "nonesuch.duckdb", "-o", "new.duckdb").Failed(3, "nonesuch.duckdb");
        Assert.False(File.Exists(_cli.PathOf("new.duckdb")));
    }

    [Fact]
    public void A_studys_card_is_the_same_from_a_merged_file_until_its_runs_gain_answers()
    {
        _cli.Run("study", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "study.duckdb", "--country", "France",
            "--one-template", "--orders", "faithful", "--controls", "none", "--resamples", "100", "--threads", Cli.Threads).Succeeded();
        Ask("b.duckdb", "--country", "Kenya").Succeeded();
        _cli.Run("merge", "b.duckdb", "study.duckdb", "--out", "all.duckdb").Succeeded();
        var card = _cli.Run("study", "card", "study.duckdb").Succeeded().Output;
        Assert.Equal(card.Replace("study.duckdb", "all.duckdb", StringComparison.Ordinal),
            _cli.Run("study", "card", "all.duckdb").Succeeded().Output);
        _cli.Run(["sql", "all.duckdb", "--write"], null, "delete from study_findings;").Succeeded();
        _cli.Run("study", "card", "all.duckdb").Failed(3, "what study 1 found", "study --from STUDY.json --out", "all.duckdb");
    }

    string Sql(string file, string query) => _cli.QueryCsv(file, query);

    Ended Ask(string output, params string[] more) =>
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", output, "--threads", Cli.Threads, "--json",
            .. more]);
}
