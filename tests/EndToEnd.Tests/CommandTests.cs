using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The commands around a run.</summary>
public sealed class CommandTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Models_are_listed_with_what_their_files_say()
    {
        File.WriteAllText(_cli.PathOf("broken.gguf"), "GGUF but no more");
        File.Copy(Cli.Tiny("qwen3-bpe"), _cli.PathOf("small.gguf"));
        var models = _cli.Run(["models", "--json"], new Dictionary<string, string> { ["LOCALOPINIONS_MODELS"] = _cli.Folder }).Succeeded()
            .Json.EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);
        var smol = models["SmolLM2-135M-Instruct.Q4_1"];
        Assert.Equal(("llama", "Q4_1", "own", 8192, 98_362_432),
            (Text(smol, "architecture"), Text(smol, "quantisation"), Text(smol, "chat"), smol.GetProperty("context_length").GetInt32(),
            smol.GetProperty("bytes").GetInt64()));
        Assert.InRange(smol.GetProperty("memory_bytes").GetInt64(), 300_000_000, 600_000_000);
        Assert.Contains(Text(smol, "fit"), (string[])["fits", "tight", "too large"]);
        Assert.Equal(("qwen3", "none"), (Text(models["small"], "architecture"), Text(models["small"], "chat")));
        Assert.Contains("broken.gguf cannot be used", Text(models["broken"], "problem"));
        var table = _cli.Run("models").Succeeded().Output;
        Assert.Contains("  own ", table);
        Assert.Contains("GB are free", table);

        static string? Text(System.Text.Json.JsonElement model, string name) => model.GetProperty(name).GetString();
    }

    // What the list says of memory must hold: the system kills a program that takes more than there is.
    [Fact]
    public void A_run_takes_no_more_memory_than_the_list_says()
    {
        var said = _cli.Run("models", "--json").Succeeded().Json.EnumerateArray()
            .First(m => m.GetProperty("name").GetString() == "SmolLM2-135M-Instruct.Q4_1").GetProperty("memory_bytes").GetInt64();
        var run = _cli.Run("run", "--model", "SmolLM2-135M-Instruct.Q4_1", "--survey", "sample", "--limit", "8", "--orders", "cyclic",
            "--threads", Cli.Threads, "--json").Succeeded().Json.GetProperty("run");
        Assert.InRange(run.GetProperty("peak_memory_bytes").GetInt64(), said / 3, said);
    }

    [Fact]
    public void A_survey_is_summed_up_with_every_oddity_and_its_rows()
    {
        var path = MadeUpSurvey.Write(_cli.PathOf("s.csv"), 16);
        File.AppendAllText(path, "\" Blank first?\",\"{'France': [0.5, 0.4], 'Kenya': [0.0, 0.0]}\",\"['yes', 'no']\",WVS\n");
        var survey = _cli.Run("surveys", path, "--json").Succeeded().Json;
        Assert.Equal(17, survey.GetProperty("summary").GetProperty("questions").GetInt32());
        Assert.Equal(50, survey.GetProperty("summary").GetProperty("pairs").GetInt32());
        var oddities = survey.GetProperty("oddities").EnumerateArray()
            .ToDictionary(o => o.GetProperty("kind").GetString()!, o => o.GetProperty("rows").EnumerateArray().Select(r => r.GetInt32()));
        Assert.Equal([16], oddities["all-zero"]);
        Assert.Contains(16, oddities["sum-not-one"]);
        Assert.Contains("zeros only", _cli.Run("surveys", path).Succeeded().Output);
    }

    [Fact]
    public void Sql_reads_statements_from_standard_input_and_survives_a_wrong_one()
    {
        Fill();
        var sql = _cli.Run(["sql", "results.duckdb", "--csv"], null,
            "select 40 + 2 as answer;\nselect nonesuch;\nselect count(*)\n as rows\n from run_overview;");
        Assert.Equal(3, sql.Code);
        Assert.Equal(["answer", "42", "rows", "1"], sql.Output.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains("nonesuch", sql.Error);
    }

    [Fact]
    public void Lists_come_out_as_duckdb_casts_them_by_every_way()
    {
        Fill();
        const string Query = "select ['Yes, a lot', 'NULL', NULL] as l";
        const string Text = "['Yes, a lot', 'NULL', NULL]";
        Assert.Equal($"l\r\n\"{Text}\"\r\n", _cli.Run("sql", "results.duckdb", Query, "--csv").Succeeded().Output);
        Assert.Contains($"| \\{Text[..^1]}\\] |", _cli.Run("sql", "results.duckdb", Query, "--format", "markdown").Succeeded().Output);
        _cli.Run("sql", "results.duckdb", Query, "-o", "l.csv").Succeeded();
        var back = $"select l::varchar[] = {Text} as same from read_csv('{_cli.PathOf("l.csv")}', delim = ',', quote = '\"')";
        Assert.Contains("true", _cli.Run("sql", "results.duckdb", back, "--csv").Succeeded().Output);
        var piped = _cli.Run(["sql", "results.duckdb", "--csv"], null, $"select {Text} as l;").Succeeded().Output;
        Assert.Equal($"l\r\n\"{Text}\"\r\n", piped);
    }

    [Fact]
    public void Scoring_again_changes_nothing()
    {
        Fill();
        const string Similarities = "from similarities_long order by all";
        var before = _cli.Run("sql", "results.duckdb", Similarities, "--csv").Succeeded().Output;
        var scored = _cli.Run("score", "results.duckdb", "--json").Succeeded().Json;
        Assert.Equal(404, scored[0].GetProperty("pairs").GetInt32());
        Assert.Equal(before, _cli.Run("sql", "results.duckdb", Similarities, "--csv").Succeeded().Output);
    }

    [Fact]
    public void Further_measures_are_stored_where_they_are_asked_for()
    {
        Fill();
        const string Stored = "select measure, count(*) as n from measures_long group by all order by all";
        Assert.Equal(JsonValueKind.Undefined, Score().ValueKind);
        Assert.Equal(0, Sql(Stored).GetArrayLength());

        var measures = Score("--measures", "total_variation", "wasserstein", "total_variation");
        Assert.Equal(["total_variation", "wasserstein"], measures.EnumerateObject().Select(m => m.Name));
        Assert.Equal(404, measures.GetProperty("total_variation").GetInt32());
        // The sample has scales and others.
        Assert.InRange(measures.GetProperty("wasserstein").GetInt32(), 1, 403);
        Assert.Equal(measures.EnumerateObject().Select(m => (m.Name, m.Value.GetInt32())),
            Sql(Stored).EnumerateArray().Select(r => (r.GetProperty("measure").GetString()!, r.GetProperty("n").GetInt32())));

        Assert.Equal(["total_variation", "hellinger", "wasserstein", "top_agreement", "rank_order"],
            Score("--measures", "all").EnumerateObject().Select(m => m.Name));
        Assert.Contains("404 values of hellinger", _cli.Run("score", "results.duckdb", "--resamples", "0", "--measures", "hellinger")
            .Succeeded().Output);
        Assert.Equal(404, Assert.Single(Sql(Stored).EnumerateArray()).GetProperty("n").GetInt32());

        JsonElement Score(params string[] more)
        {
            var run = _cli.Run(["score", "results.duckdb", "--resamples", "0", "--json", .. more]).Succeeded().Json[0];
            return run.TryGetProperty("measures", out var measures) ? measures : default;
        }

        JsonElement Sql(string query) => _cli.Query("results.duckdb", query);
    }

    [Fact]
    public void What_later_studies_report_is_printed_of_a_run_and_against_another()
    {
        Fill();
        _cli.Run("controls", "results.duckdb").Succeeded();
        var uniform = Number("select run_id from run_labels where control = 'uniform'");
        _cli.Run("score", "results.duckdb", "--resamples", "0", "--measures", "all").Succeeded();
        var found = _cli.Run("measures", "results.duckdb", "--against", $"{uniform}", "--measure", "total_variation", "--json")
            .Succeeded().Json;
        var lines = found.GetProperty("measured").GetProperty("measures").EnumerateArray()
            .ToDictionary(m => m.GetProperty("measure").GetString()!);
        Assert.Equal(["hellinger", "js_divergence", "rank_order", "top_agreement", "total_variation", "wasserstein"], lines.Keys.Order());
        foreach (var (measure, line) in lines)
        {
            Assert.Equal(Number($"select avg(nearness) from nearness_long where run_id = 1 and measure = '{measure}' "
                + "and sample_kind <> 'non-national'"), line.GetProperty("nearness").GetDouble(), 1e-9);
        }

        // The uniform answerer's own run is what skill is held against.
        var all = found.GetProperty("differences").EnumerateArray().Single(d => d.GetProperty("measure").GetString() == "total_variation"
            && d.GetProperty("entropy_from").ValueKind == JsonValueKind.Null);
        Assert.Equal(lines["total_variation"].GetProperty("uniform_nearness").GetDouble(),
            all.GetProperty("other_nearness").GetDouble(), 1e-6);

        var text = _cli.Run("measures", "results.duckdb", "--against", $"{uniform}").Succeeded().Output;
        Assert.Contains("Evenness and consistency", text);
        Assert.Contains($"Run 1 against run {uniform}", text);
        _cli.Run("measures", "results.duckdb", "--against", "1").Failed(2, "itself");
        _cli.Run("measures", "results.duckdb", "--against", "99").Failed(2, "no run 99");
        _cli.Run("measures", "results.duckdb", "--measure", "hamming").Failed(2, "hamming");
        _cli.Run("score", "results.duckdb", "--resamples", "0").Succeeded();
        _cli.Run("measures", "results.duckdb", "--measure", "hellinger").Failed(2, "score", "--measures hellinger");

        double Number(string query) => _cli.Query("results.duckdb", query)[0].EnumerateObject().Single()
            .Value.GetDouble();
    }

    [Fact]
    public void Doctor_finds_everything_here()
    {
        var checks = _cli.Run("doctor", "--json").Succeeded().Json.EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("finding").GetString()!);
        Assert.Contains("b10361", checks["llama.cpp"]);
        Assert.Contains("libggml-cpu-", checks["llama.cpp"]);
        Assert.Equal("v1.5.6", checks["DuckDB"]);
        Assert.Contains("free", checks["memory"]);
    }

    void Fill() => _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--threads", Cli.Threads);
}
