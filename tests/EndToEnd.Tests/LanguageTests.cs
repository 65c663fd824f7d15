using System.Text;
using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The linguistic condition and the controls, from files to what is stored.</summary>
public sealed class LanguageTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_sample_is_asked_in_its_languages_by_the_real_model_and_each_is_a_run()
    {
        foreach (var arguments in new[] { [], ["--condition", "linguistic", "--language", "ru"], new[] { "--language", "zh" } })
        {
            var asked = Run("SmolLM2-135M-Instruct.Q4_1", "sample", ["--limit", "4", .. arguments]).Succeeded().Json.GetProperty("run");
            Assert.Equal(4, asked.GetProperty("answered").GetInt32());
        }
        var runs = Sql("select condition, language, translation, translation_sha256, control, template, template_sha256, answered from "
            + "run_overview order by run_id").EnumerateArray().ToList();
        Assert.Equal(["default", "linguistic", "linguistic"], runs.Select(r => r.GetProperty("condition").GetString()));
        Assert.Equal([null, "ru", "zh"], runs.Select(r => r.GetProperty("language").GetString()));
        Assert.Equal([null, "machine", "machine"], runs.Select(r => r.GetProperty("translation").GetString()));
        Assert.Equal(3, runs.Select(r => r.GetProperty("translation_sha256").GetString()).Distinct().Count());
        Assert.Equal(3, runs.Select(r => r.GetProperty("template_sha256").GetString()).Distinct().Count());
        // Other words, other answers, on the same questions and options.
        Assert.Equal(4L * 3, Sql("select count(*) as n from (select distinct run_id, source_row from answers_long)")[0].GetProperty("n")
            .GetInt64());
        Assert.True(Sql("select avg(abs(a.prob - b.prob)) as d from answers_long as a join answers_long as b using (source_row, "
            + "option_index) where a.run_id = 1 and b.run_id = 2")[0].GetProperty("d").GetDouble() > 0.01);
        // Nothing is asked twice.
        Assert.Equal(0, Run("SmolLM2-135M-Instruct.Q4_1", "sample", "--limit", "4", "--language", "ru").Succeeded().Json.GetProperty("run")
            .GetProperty("answered").GetInt32());
        var text = _cli.Run("run", "--model", "SmolLM2-135M-Instruct.Q4_1", "--survey", "sample", "--threads", Cli.Threads, "--out",
            "r.duckdb", "--limit", "4", "--language", "ru").Succeeded().Output;
        Assert.Contains("machine translation", text);
        Assert.Contains("too few questions to say", text);
    }

    // No translation of the data set may lie in the repository, so this one is made of it: every letter becomes a Cyrillic one.
    [Fact]
    public void Two_hundred_questions_of_the_data_set_go_through_in_another_language()
    {
        var path = Repository.DataSet;
        Assert.SkipUnless(File.Exists(path), $"the GlobalOpinionQA data set is not there ({path})");
        _cli.Run("translate", "export", path, "-o", "sheet.csv").Succeeded();
        File.WriteAllLines(_cli.PathOf("filled.csv"), Rows(File.ReadAllText(_cli.PathOf("sheet.csv"))).Select((row, i) =>
            string.Join(',', (i > 0 && int.Parse(row[0]) < 200 ? [row[0], row[1], row[2], Pseudo(row[2])] : row)
                .Select(c => $"\"{c.Replace("\"", "\"\"")}\""))));
        var imported = _cli.Run("translate", "import", "filled.csv", path, "--language", "ru", "--provenance", "machine", "--translator",
            "letter by letter", "-o", "pseudo.yaml").Succeeded();
        Assert.Contains("200 of 2,556 questions in ru, by a machine", imported.Output);
        Assert.Contains("200 of", _cli.Run("translate", "check", "pseudo.yaml", path).Succeeded().Output);

        var run = Run(Cli.Tiny("llama-spm"), path, "--translations", "pseudo.yaml", "--limit", "210").Succeeded().Json.GetProperty("run");
        Assert.Equal(200, run.GetProperty("answered").GetInt32());
        Assert.Equal(10, run.GetProperty("unanswered").GetArrayLength());
        Assert.All(run.GetProperty("unanswered").EnumerateArray(), u =>
            Assert.Equal("no translation into ru", u.GetProperty("reason").GetString()));
        Assert.Equal(("ru", "machine", 200), Sql("select language, translation, answered from run_overview")[0] is var r
            ? (r.GetProperty("language").GetString(), r.GetProperty("translation").GetString(), r.GetProperty("answered").GetInt32())
            : default);
        Assert.True(Sql("from country_similarity").GetArrayLength() > 30);
    }

    [Fact]
    public void Controls_are_runs_of_their_own()
    {
        foreach (var control in new[] { "none", "options-only", "shuffled-question" })
            Assert.Equal(24, Run(Cli.Tiny("llama-spm"), "sample", "--control", control).Succeeded().Json.GetProperty("run")
                .GetProperty("answered").GetInt32());
        foreach (var control in new[] { "none", "wrong-country", "options-only" })
            Assert.Equal(48, Run(Cli.Tiny("llama-spm"), "sample", "--control", control, "--country", "Kenya", "Japan", "--template",
                "shareable").Succeeded().Json.GetProperty("run").GetProperty("answered").GetInt32());
        var runs = Sql("select control, prompted_country from run_overview order by run_id").EnumerateArray()
            .Select(r => (r.GetProperty("control").GetString(), r.GetProperty("prompted_country").GetString())).ToList();
        Assert.Equal(
            [("none", null), ("options-only", null), ("shuffled-question", null), ("none", "Kenya"), ("none", "Japan"),
                ("wrong-country", "Kenya"), ("wrong-country", "Japan"), ("options-only", "Kenya"), ("options-only", "Japan")],
            runs);
        Assert.Equal(9L, Sql("select count(distinct (run_id, p)) as n from (select run_id, list(prob order by source_row, option_index) "
            + "as p from answers_long group by run_id)")[0].GetProperty("n").GetInt64());
    }

    [Theory]
    [InlineData("needs a language", "--condition", "linguistic")]
    [InlineData("own language", "--condition", "default", "--language", "ru")]
    [InlineData("own language", "--condition", "cross-national", "--country", "Kenya", "--language", "ru")]
    [InlineData("own language", "--country", "Kenya", "--language", "ru")]
    [InlineData("BCP 47", "--language", "Russian")]
    [InlineData("--country", "--control", "wrong-country")]
    [InlineData("shareable", "--control", "options-only", "--country", "Kenya")]
    [InlineData("--control", "--control", "placebo")]
    [InlineData("--refusals", "--refusals", "forget")]
    [InlineData("--fewest-respondents", "--fewest-respondents", "some")]
    public void A_combination_that_makes_no_sense_is_refused_before_anything_is_made(string words, params string[] arguments)
    {
        Run(Cli.Tiny("llama-spm"), "sample", arguments).Failed(2, words, "--help");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
    }

    [Fact]
    public void A_translation_that_does_not_fit_is_refused_with_line_and_remedy_and_nothing_is_made()
    {
        Run(Cli.Tiny("llama-spm"), "sample", "--language", "fr").Failed(2, "no translation into fr", "ru, tr, zh", "--translations");
        Run(Cli.Tiny("llama-spm"), "sample", "--translations", "nonesuch.yaml").Failed(3, "nonesuch.yaml", "no such file");
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 4);
        Run(Cli.Tiny("llama-spm"), "s.csv", "--language", "ru").Failed(2, "--translations", "translate");
        File.WriteAllText(_cli.PathOf("t.yaml"), """
            format: localopinions-translation/1
            language: ru
            provenance: machine
            translator: nobody
            questions:
              - id: "0"
                source: "Made-up question 0: which of these 2 would you take?"
                text: "Придуманный вопрос 0: что из этих 3 Вы бы взяли?"
                options: [{source: Choice 0-0, text: Выбор 0-0}, {source: Choice 0-1, text: Выбор 0-1}]
            """);
        Run(Cli.Tiny("llama-spm"), "s.csv", "--translations", "t.yaml")
            .Failed(3, "t.yaml, line 8, column 11", "the numbers differ", "in digits");
        Run(Cli.Tiny("llama-spm"), "s.csv", "--translations", "t.yaml", "--language", "tr").Failed(3, "t.yaml");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
    }

    static string Pseudo(string text) => string.Concat(text.Select(c => c switch
    {
        >= 'a' and <= 'z' => (char)('а' + (c - 'a')),
        >= 'A' and <= 'Z' => (char)('А' + (c - 'A')),
        > '\u007f' and < '\u0250' when char.IsLetter(c) => 'э',
        _ => c,
    }));

    static IEnumerable<string[]> Rows(string csv)
    {
        List<string> row = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (c == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"')
                cell.Append(csv[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (quoted || c is not (',' or '\n'))
                cell.Append(c);
            else
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return [.. row];
                    row.Clear();
                }
            }
        }
    }

    JsonElement Sql(string query) => _cli.Query("r.duckdb", query);

    Ended Run(string model, string survey, params string[] more) =>
        _cli.Run(["run", "--model", model, "--survey", survey, "--out", "r.duckdb", "--threads", Cli.Threads, "--json", .. more]);
}
