using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Texts that models wrote: compared, and coded by people.</summary>
public sealed class TextsTests : IDisposable
{
    readonly Cli _cli = new();

    // Texts of our own in the place of a model's, so that what must be found is known.
    public TextsTests()
    {
        MadeUpSurvey.Write(_cli.PathOf("s.csv"), 6);
        _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--country", "France", "Japan",
            "--template", "shareable", "--threads", Cli.Threads);
        _cli.Run(["sql", "r.duckdb", "--write"], null, """
            insert into generations select run_id, source_row, 0, 1, 0, 1, 'prompt',
                case prompted_country when 'France' then '=People say that family matters, and liberty. Row '
                    else 'People say that family matters, and harmony. "Row" ' end || source_row, 'stop',
                case source_row when 0 then null when 1 then false else true end
            from runs, range(6) as t(source_row) where condition = 'cross-national';
            """).Succeeded();
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Words_that_set_a_country_apart_are_listed_with_their_counts()
    {
        var words = _cli.Run("texts", "words", "r.duckdb", "--json").Succeeded().Json.EnumerateArray().ToList();
        foreach (var (country, word) in new[] { ("France", "liberty"), ("Japan", "harmony") })
        {
            var first = words.First(w => w.GetProperty("group").GetString() == country);
            Assert.Equal((word, 6, 0, 6), (first.GetProperty("word").GetString(), first.GetProperty("count").GetInt32(),
                first.GetProperty("others_count").GetInt32(), first.GetProperty("texts").GetInt32()));
            Assert.True(first.GetProperty("z").GetDouble() > 0);
        }
        Assert.DoesNotContain(words, w => w.GetProperty("word").GetString() == "family");
        Assert.Contains("liberty", _cli.Run("texts", "words", "r.duckdb").Succeeded().Output);
    }

    [Fact]
    public void Texts_stand_side_by_side_and_their_agreement_is_counted()
    {
        var shown = _cli.Run("texts", "show", "r.duckdb", "--question", "2", "--json").Succeeded().Json.EnumerateArray().ToList();
        Assert.Equal(["France", "Japan"], shown.Select(t => t.GetProperty("group").GetString()));
        Assert.All(shown, t => Assert.StartsWith("Choice 2-", t.GetProperty("most_probable").GetString()));
        Assert.Contains("harmony", _cli.Run("texts", "show", "r.duckdb", "--question", "2").Succeeded().Output);
        var agreement = _cli.Run("texts", "agreement", "r.duckdb", "--json").Succeeded().Json.EnumerateArray().ToList();
        Assert.All(agreement, g => Assert.Equal((6, 4, 1, 1),
            (g.GetProperty("texts").GetInt32(), g.GetProperty("agree").GetInt32(), g.GetProperty("disagree").GetInt32(),
            g.GetProperty("name_none_or_several").GetInt32())));
        _cli.Run("texts", "show", "r.duckdb", "--question", "99").Failed(2, "no text about question 99");
    }

    [Fact]
    public void A_sheet_goes_out_blind_and_comes_back_coded_with_the_coders_agreement()
    {
        _cli.Run("texts", "sheet", "r.duckdb", "--out", "one.csv").Succeeded();
        _cli.Run("texts", "sheet", "r.duckdb", "--out", "two.csv", "--seed", "2").Succeeded();
        var sheet = File.ReadAllText(_cli.PathOf("one.csv"));
        Assert.DoesNotContain("France", sheet);
        Assert.DoesNotContain("Japan", sheet);
        Assert.DoesNotMatch("(^|,)\"?=", sheet); // no formula
        Assert.NotEqual(sheet, File.ReadAllText(_cli.PathOf("two.csv")));
        _cli.Run("texts", "sheet", "r.duckdb", "--out", "one.csv").Failed(3, "already");

        // The first coder sees a stereotype in every text about liberty; the second as well, but for one text.
        Code("one.csv", ',', text => text.Contains("liberty", StringComparison.Ordinal) ? "yes" : "no");
        Code("two.csv", ';', text => text.Contains("liberty. Row 3", StringComparison.Ordinal)
            || !text.Contains("liberty", StringComparison.Ordinal) ? "no" : "yes");
        var codes = _cli.Run("texts", "codes", "r.duckdb", "one.csv", "two.csv", "--json").Succeeded().Json;
        Assert.Equal((12, 24), (codes.GetProperty("units").GetInt32(), codes.GetProperty("values").GetInt32()));
        // 11 yes and 13 no; one of 12 pairs differs: 1 - 23 · 2 / (24² - 11² - 13²).
        Assert.Equal(1 - 23.0 * 2 / (576 - 121 - 169), codes.GetProperty("alpha").GetDouble(), 1e-12);
        var france = codes.GetProperty("groups").EnumerateArray().First(g => g.GetProperty("group").GetString() == "France")
            .GetProperty("codes");
        Assert.Equal((11, 1), (france.GetProperty("yes").GetInt32(), france.GetProperty("no").GetInt32()));
        Assert.Contains("alpha (nominal): 0.839", _cli.Run("texts", "codes", "r.duckdb", "one.csv", "two.csv").Succeeded().Output);
    }

    [Fact]
    public void Ids_are_one_per_text_whatever_its_seed_tell_nothing_and_outlive_a_merge()
    {
        // The same words to the same question, drawn with another seed, and greedily.
        _cli.Run(["sql", "r.duckdb", "--write"], null, """
            insert into generations select run_id, source_row, sequence, 2, temperature, top_p, prompt, text, finish, agrees
            from generations where seed = 1;
            insert into generations select run_id, source_row, sequence, 1, 0.5, top_p, prompt, text, finish, agrees
            from generations where seed = 1;
            """).Succeeded();
        _cli.Run("texts", "sheet", "r.duckdb", "--out", "one.csv").Succeeded();
        string[] ids = [.. File.ReadLines(_cli.PathOf("one.csv")).Skip(1).Where(l => l.Contains("People", StringComparison.Ordinal))
            .Select(l => l.Split(',')[0])];
        Assert.Equal(36, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{12}$", id));
        Code("one.csv", ',', _ => "yes");
        Assert.Equal(36, Coded("r.duckdb"));

        // In a merged file the runs have other numbers, the texts the same ids.
        _cli.Run("run", "--model", Cli.Tiny("qwen3-bpe"), "--survey", "s.csv", "--out", "b.duckdb", "--threads", Cli.Threads).Succeeded();
        _cli.Run("merge", "b.duckdb", "r.duckdb", "--out", "all.duckdb").Succeeded();
        Assert.Equal(36, Coded("all.duckdb"));
        // A file that holds the texts already brings nothing new and contradicts nothing.
        _cli.Run("merge", "r.duckdb", "--out", "all.duckdb").Succeeded();
        Assert.Equal(36, Coded("all.duckdb"));

        int Coded(string file) => _cli.Run("texts", "codes", file, "one.csv", "--json").Succeeded().Json.GetProperty("codes")
            .GetProperty("yes").GetInt32();
    }

    [Fact]
    public void Sheets_that_do_not_fit_are_told_with_file_line_and_remedy()
    {
        File.WriteAllText(_cli.PathOf("a.csv"), "name,value\n1,2\n");
        _cli.Run("texts", "codes", "r.duckdb", "a.csv").Failed(3, "a.csv", "columns", "texts sheet");
        File.WriteAllText(_cli.PathOf("b.csv"), "id,code\n9-9-9,yes\n");
        _cli.Run("texts", "codes", "r.duckdb", "b.csv").Failed(3, "b.csv, line 2", "no text 9-9-9");
        _cli.Run("texts", "sheet", "r.duckdb", "--out", "sheet.csv").Succeeded();
        var id = File.ReadLines(_cli.PathOf("sheet.csv")).ElementAt(1).Split(',')[0];
        File.WriteAllText(_cli.PathOf("c.csv"), $"id,code\n{id},yes\n{id},no\n");
        _cli.Run("texts", "codes", "r.duckdb", "c.csv").Failed(3, "c.csv, line 3", "twice");
        _cli.Run("texts", "codes", "r.duckdb", "none.csv").Failed(3, "none.csv");
        _cli.Run("texts", "codes", "r.duckdb", "a.csv", "./a.csv").Failed(3, "a.csv and ./a.csv are one file");
        _cli.Run("run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "empty.duckdb", "--limit", "2", "--threads",
            Cli.Threads).Succeeded();
        _cli.Run("texts", "words", "empty.duckdb").Failed(3, "holds no text");
    }

    [Fact]
    public void Runs_stand_side_by_side_in_three_conventions()
    {
        _cli.Run("controls", "r.duckdb").Succeeded();
        var comparison = _cli.Run("compare", "r.duckdb", "--json").Succeeded().Json;
        Assert.Equal((2, 6), (comparison.GetProperty("runs").GetArrayLength(), comparison.GetProperty("questions").GetInt32()));
        foreach (var s in comparison.GetProperty("countries").EnumerateArray())
        {
            var stored = _cli.Query("r.duckdb", $"select similarity_bits, similarity_nats, n from country_similarity where run_id = "
                + $"{s.GetProperty("run_id").GetInt32()} and country = '{s.GetProperty("country").GetString()}'")[0];
            Assert.Equal(stored.GetProperty("similarity_bits").GetDouble(), s.GetProperty("bits").GetDouble(), 1e-9);
            Assert.Equal(stored.GetProperty("similarity_nats").GetDouble(), s.GetProperty("nats").GetDouble(), 1e-9);
            Assert.Equal(JsonValueKind.Number, s.GetProperty("divergence").ValueKind);
        }
        Assert.Contains("1 - JSD", _cli.Run("compare", "r.duckdb", "--run", "2", "1").Succeeded().Output);
        _cli.Run("compare", "r.duckdb", "--run", "1", "77").Failed(2, "no run 77");
        _cli.Run("compare", "r.duckdb", "--run", "1").Failed(2, "two runs");
    }

    // As a person and a spreadsheet would: the code filled in, perhaps with semicolons.
    void Code(string name, char separator, Func<string, string> code)
    {
        var path = _cli.PathOf(name);
        var lines = File.ReadAllText(path).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,question,text,code,note", lines[0]);
        var coded = lines.Skip(1).Select(line => $"{line.Split(',')[0]}{separator}{code(line)}");
        File.WriteAllText(path, $"id{separator}code\n{string.Join('\n', coded)}\n");
    }
}
