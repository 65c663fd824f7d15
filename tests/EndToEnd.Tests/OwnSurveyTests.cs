using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Surveys of one's own, in every format, from the file to the stored figures.</summary>
public sealed class OwnSurveyTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_survey_is_begun_looked_at_and_asked()
    {
        Assert.Contains("my.yaml", _cli.Run("surveys", "new", "my.yaml").Succeeded().Output);
        _cli.Run("surveys", "new", "my.yaml").Failed(3, "my.yaml", "stays as it is");
        Assert.Contains("ordered: 1, nominal: 1", _cli.Run("surveys", "my.yaml").Succeeded().Output);
        Run("my.yaml");
        var options = Sql("select text, kind, scale_value from options where source_row = 0 order by option_index").EnumerateArray()
            .Select(o => (o.GetProperty("kind").GetString(), o.GetProperty("scale_value").ValueKind == JsonValueKind.Null ? 0
            : o.GetProperty("scale_value").GetDouble())).ToList();
        Assert.Equal([("ordered", 1), ("ordered", 2), ("ordered", 3), ("ordered", 4), ("refusal", 0)], options);
        var humans = Sql("select c.label, c.iso3, c.sample_kind, h.respondents, h.refused from human_distributions as h join countries as "
            + "c using (country_id) where source_row = 0 order by c.label").EnumerateArray().ToList();
        Assert.Equal(["Countryside", "Kenya", "Town"], humans.Select(h => h.GetProperty("label").GetString()));
        Assert.Equal(812, humans[2].GetProperty("respondents").GetInt32());
        Assert.Equal(0.04, humans[2].GetProperty("refused").GetDouble(), 1e-12);
        Assert.Equal(["2019"], Sql("select distinct wave from countries where wave is not null").EnumerateArray()
            .Select(c => c.GetProperty("wave").GetString()));
        Assert.Equal(["buses", "spend"], Sql("select question_id from questions order by source_row").EnumerateArray()
            .Select(q => q.GetProperty("question_id").GetString()));
        Assert.Contains("\"$schema\"", _cli.Run("surveys", "schema").Succeeded().Output);
        Assert.Contains("localopinions-translation/1", _cli.Run("surveys", "schema", "--translation").Succeeded().Output);
    }

    [Fact]
    public void Its_questions_are_named_by_their_ids_wherever_one_is_named()
    {
        _cli.Run("surveys", "new", "my.yaml").Succeeded();
        Run("my.yaml");
        string[] look = ["look", "--model", Cli.Tiny("llama-spm"), "--survey", "my.yaml", "--tokens", "2", "--threads", Cli.Threads];
        Assert.StartsWith("spend (row 1)", _cli.Run([.. look, "--question", "spend", "1", "--out", "r.duckdb"]).Succeeded().Output);
        _cli.Run([.. look, "--question", "bus"]).Failed(2, "no question bus", "its ids are buses, spend");
        Assert.Equal(_cli.Run("texts", "show", "r.duckdb", "--question", "1").Succeeded().Output,
            _cli.Run("texts", "show", "r.duckdb", "--question", "spend").Succeeded().Output);
        _cli.Run("texts", "show", "r.duckdb", "--question", "buses").Failed(2, "no text about question buses", "about spend (row 1)");
    }

    [Fact]
    public void A_wave_is_stored_with_the_label_that_has_one()
    {
        File.WriteAllText(_cli.PathOf("waves.yaml"), "format: localopinions-survey/1\ngroups: {Town: {wave: WVS 7}, Kenya: {wave: "
            + "'2019'}}\nquestions: [{id: a, text: Tea?, options: [x, y], answers: {Town: [1, 0], Kenya: [0, 1], Japan: [1, 0]}}]\n");
        Run("waves.yaml");
        Assert.Equal(
            [("Japan", "JPN", null), ("Kenya", "KEN", "2019"), ("Town", null, "WVS 7")],
            Sql("select label, iso3, wave from countries order by label").EnumerateArray()
                .Select(c => (c.GetProperty("label").GetString(), c.GetProperty("iso3").GetString(), c.GetProperty("wave").GetString())));
    }

    [Fact]
    public void A_country_that_prompts_name_is_found_under_the_label_of_a_group_too()
    {
        File.WriteAllText(_cli.PathOf("east.yaml"), "format: localopinions-survey/1\ngroups: {East: {country: Germany}}\nquestions:\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i =>
                $"- {{id: q{i}, text: Number {i}?, options: [x, y], answers: {{East: [1, 0], Japan: [0, 1]}}}}\n")));
        var printed = _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "east.yaml", "--out", "r.duckdb", "--threads",
            Cli.Threads, "--country", "Germany", "Japan", "Kenya", "--most-off-menu", "1").Succeeded().Output;
        Assert.Matches(@"(?m)^ *1 +Germany +[+-]?0\.\d{3} +[12] of 2 ", printed);
        Assert.Matches(@"(?m)^ *2 +Japan +[+-]?0\.\d{3} +[12] of 2 ", printed);
        Assert.Matches(@"(?m)^ *3 +Kenya +- +- ", printed);
    }

    [Fact]
    public void A_group_under_a_countrys_name_has_its_own_line_and_not_that_of_the_countrys_other_groups()
    {
        // This model leans to the first option, as the other group does.
        File.WriteAllText(_cli.PathOf("chile.yaml"), "format: localopinions-survey/1\n"
            + "groups: {Chile: {prompt: a citizen of Chile, name: Citizens}, Santiago: {country: Chile}}\nquestions:\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i =>
                $"- {{id: q{i}, text: Number {i}?, options: [x, y], answers: {{Chile: [0, 1], Santiago: [1, 0]}}}}\n")));
        var printed = _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "chile.yaml", "--out", "r.duckdb", "--threads",
            Cli.Threads, "--country", "Chile", "--most-off-menu", "1", "--json").Succeeded().Json;
        var nearest = printed.GetProperty("ranking").EnumerateArray().ToDictionary(c => c.GetProperty("country").GetString()!,
            c => c.GetProperty("rank").GetInt32());
        Assert.Equal((1, 2), (nearest["Santiago"], nearest["Chile"]));
        Assert.Equal(["Chile"], Sql("select country from prompted_countries").EnumerateArray()
            .Select(c => c.GetProperty("country").GetString()));
        // The table of several runs: the group's place, though the other group of that country is nearer.
        Assert.Matches(@"(?m)^ *1 +Chile +\S?0\.\d{3} +2 of 2 ", _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey",
            "chile.yaml", "--out", "s.duckdb", "--threads", Cli.Threads, "--country", "Chile", "Kenya", "--most-off-menu", "1")
            .Succeeded().Output);
    }

    [Fact]
    public void A_group_is_asked_for_by_what_its_members_are_called_and_not_without()
    {
        _cli.Run("surveys", "new", "my.yaml").Succeeded();
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "my.yaml", "--out", "r.duckdb", "--country", "Town")
            .Failed(3, "my.yaml: \"Town\" is no country", "groups: \"Town\": {prompt: ...}");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));

        Run("my.yaml", "--template", "shareable");
        Run("my.yaml", "--template", "shareable", "--country", "Countryside", "KEN");
        Run("my.yaml", "--template", "faithful", "--country", "Countryside");
        Assert.Equal([null, "Countryside", "Kenya", "Countryside"],
            Sql("select prompted_country from run_overview order by run_id").EnumerateArray()
            .Select(r => r.GetProperty("prompted_country").GetString()));
        Assert.Equal(
            ["Countryside"], Sql("select country from condition_differences where is_prompted and prompted_country = 'Countryside'")
            .EnumerateArray().Select(r => r.GetProperty("country").GetString()));
        Assert.Equal(
            [2, 4], Sql("select run_id from runs join templates on sha256 = template_sha256 where wording like '%somebody who lives in "
                + "the countryside%' order by run_id").EnumerateArray().Select(r => r.GetProperty("run_id").GetInt32()));

        var study = _cli.Run(
            "study", "--model", Cli.Tiny("llama-spm"), "--survey", "my.yaml", "--out", "s.duckdb", "--country", "Countryside", "Kenya",
            "--one-template", "--orders", "faithful", "--resamples", "100", "--threads", Cli.Threads, "--json").Succeeded().Json;
        var own = study.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("measure").GetString() == "own change")
            .ToDictionary(f => f.GetProperty("subject").GetString()!, f => f.GetProperty("n").GetInt32());
        Assert.Equal((2, 1), (own["Countryside"], own["Kenya"]));
        Assert.Equal(["Countryside", "Kenya", "Kenya, cities only"],
            study.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("part").GetString() == "oracle")
            .Select(f => f.GetProperty("subject").GetString()).Order());
        _cli.Run("study", "--model", Cli.Tiny("llama-spm"), "--survey", "my.yaml", "--out", "s.duckdb", "--country", "Town")
            .Failed(3, "my.yaml", "{prompt: ...}");
    }

    [Fact]
    public void Every_format_is_converted_and_gives_the_same_answers_and_similarities()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 16);
        Assert.Contains("16 questions, 48 distributions", _cli.Run("surveys", "convert", "s.csv", "-o", "s.yaml").Succeeded().Output);
        Run("s.csv");
        Run("s.yaml");
        Assert.Equal(2, Sql("select distinct run_id from answers").GetArrayLength());
        Assert.Equal(0, Sql("""
            (select source_row, country, js_bits from similarities_long where run_id = 1)
            except (select source_row, country, js_bits from similarities_long where run_id = 2)
            """).GetArrayLength());

        File.WriteAllText(_cli.PathOf("long.csv"), "question,option,group,count\nTea?,Yes,Kenya,3\nTea?,No,Kenya,1\n");
        Run("long.csv");
        var wave = Directory.CreateDirectory(_cli.PathOf("American_Trends_Panel_W1")).FullName;
        File.WriteAllText(Path.Combine(wave, "info.csv"),
            "key,question,references,option_ordinal\nTEA_W1,Tea?,\"['Yes', 'No', 'Refused']\",\"[1.0, 2.0]\"\n");
        File.WriteAllText(Path.Combine(wave, "responses.csv"), "TEA_W1,POLPARTY,WEIGHT_W1\nYes,Democrat,3\nNo,Republican,1\n");
        Run("American_Trends_Panel_W1");
        Assert.Equal(["POLPARTY: Democrat", "POLPARTY: Republican", "US adults"],
            Sql("select country from country_similarity where run_id = 4 order by country").EnumerateArray()
            .Select(c => c.GetProperty("country").GetString()));
    }

    [Fact]
    public void Refusals_are_kept_dropped_or_compared_apart()
    {
        _cli.Run("surveys", "new", "my.yaml").Succeeded();
        foreach (var refusals in new[] { "keep", "drop", "separate" })
        {
            var policies = Run("my.yaml", "--refusals", refusals).GetProperty("run").GetProperty("policies").EnumerateArray()
                .ToDictionary(p => p.GetProperty("policy").GetString()!, p => p.GetProperty("choice").GetString());
            Assert.Equal(refusals, policies["refusals"]);
        }
        Assert.Equal(["keep", "drop", "separate"], Sql("select refusals from run_overview order by run_id").EnumerateArray()
            .Select(r => r.GetProperty("refusals").GetString()));
        Assert.Equal([1, 1, 1], Sql("select affected from survey_policies where policy = 'refusals' order by survey_id").EnumerateArray()
            .Select(r => r.GetProperty("affected").GetInt32()));
        Assert.Equal([5, 4, 5], Sql("select count(*) as n from answers_long where source_row = 0 group by run_id order by run_id")
            .EnumerateArray().Select(r => r.GetProperty("n").GetInt32()));

        // By hand: shares of the four other options, and their divergence from the model's renormalised ones.
        var model = Sql("select prob from answers_long where run_id = 3 and source_row = 0 and not is_refusal order by option_index")
            .EnumerateArray().Select(r => r.GetProperty("prob").GetDouble()).ToArray();
        double[] town = [22 / 96.0, 41 / 96.0, 21 / 96.0, 12 / 96.0];
        var expected = Divergence([.. model.Select(p => p / model.Sum())], town);
        Assert.Equal(expected, Sql("select js_bits from similarities_long where run_id = 3 and source_row = 0 and country = 'Town'")[0]
            .GetProperty("js_bits").GetDouble(), 1e-6);
        Assert.Equal(Divergence([0.25, 0.25, 0.25, 0.25], town), Sql("select h.uniform_js_bits from human_distributions as h join "
            + "countries as c using (country_id) join surveys as s on s.survey_id = h.survey_id where s.refusals = 'separate' and c.label "
            + "= 'Town' and h.source_row = 0")[0].GetProperty("uniform_js_bits").GetDouble(), 1e-6);
        var refused = Sql("select model_refusal, human_refusal from refusals where run_id = 3 and country = 'Town'")[0];
        Assert.Equal(1 - model.Sum(), refused.GetProperty("model_refusal").GetDouble(), 1e-9);
        Assert.Equal(0.04, refused.GetProperty("human_refusal").GetDouble(), 1e-12);
        Assert.Contains("refusals separate", _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "my.yaml", "--out", "r.duckdb",
            "--threads", Cli.Threads, "--refusals", "separate").Succeeded().Output);
    }

    [Fact]
    public void Samples_that_are_small_or_not_national_can_be_left_out()
    {
        _cli.Run("surveys", "new", "my.yaml").Succeeded();
        Run("my.yaml", "--drop-non-national", "--fewest-respondents", "500");
        Assert.Equal(["Kenya", "Town"], Sql("select distinct country from similarities_long order by country").EnumerateArray()
            .Select(c => c.GetProperty("country").GetString()));
    }

    [Theory]
    [InlineData("questions: []", "line 2, column 12", "no questions")]
    [InlineData("questions: [{id: a, text: T, options: [x, y], answers: {Kenia: [1, 0]}}]", "line 2, column 57", "Did you mean Kenya?")]
    [InlineData("questions: [{id: a, text: T, options: [x, y], answers: {Kenya: [0.5, 0.4]}}]", "line 2, column 64", "sum to 0.9")]
    [InlineData("questions: [{id: a, text: T, options: [x, y]}, {id: a, text: U, options: [x, y]}]", "line 2, column 48", "used twice")]
    public void What_is_wrong_is_told_with_line_and_remedy_and_nothing_is_made(string content, string place, string problem)
    {
        File.WriteAllText(_cli.PathOf("s.yaml"), "format: localopinions-survey/1\n" + content);
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.yaml", "--out", "r.duckdb").Failed(3, "s.yaml", place, problem);
        _cli.Run("surveys", "convert", "s.yaml", "-o", "t.yaml").Failed(3, place);
        Assert.Single(Directory.GetFiles(_cli.Folder));
    }

    static double Divergence(double[] p, double[] q) =>
        p.Zip(q, (a, b) => (a > 0 ? a * Math.Log2(2 * a / (a + b)) : 0) + (b > 0 ? b * Math.Log2(2 * b / (a + b)) : 0)).Sum() / 2;

    JsonElement Sql(string query) => _cli.Query("r.duckdb", query);

    JsonElement Run(string survey, params string[] more) =>
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", survey, "--out", "r.duckdb", "--threads", Cli.Threads, "--json",
            .. more]).Succeeded().Json;
}
