using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>What a model writes as its answer: <c>run --reading written</c>.</summary>
public sealed class WrittenTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Shares_of_texts_are_the_answer_and_the_rest_is_off_the_menu()
    {
        var run = Ask("r.duckdb", "--texts", "4", "--seed", "3", "--orders", "cyclic", "--limit", "3").Succeeded().Json.GetProperty("run");
        var prompts = run.GetProperty("answered").GetInt32();
        Assert.Equal(4 * prompts, Sql("from text_readings").GetArrayLength());
        Assert.Equal(4 * prompts, Sql("from generations where seed = 3 and temperature = 1 and run_id = 1").GetArrayLength());
        Assert.Equal(("written", "faithful"), Sql("select reading, template from runs").EnumerateArray()
            .Select(r => (r.GetProperty("reading").GetString(), r.GetProperty("template").GetString())).Single());
        Assert.Contains("texts 4", Sql("select reading_settings as s from run_overview")[0].GetProperty("s").GetString());
        // Every number of an answer follows from what the rule read.
        Assert.Equal(0, Sql("""
            with options as (
                select source_row, order_index, unnest(options) as o, unnest(probs) as prob, off_menu from answers),
            counted as (
                select o.*, count(*) filter (t.option_index = o) as n, count(t.option_index) as naming, count(*) as texts
                from options o join text_readings t using (source_row, order_index) group by all)
            from counted where prob <> n / naming or abs(off_menu - (1 - naming / texts)) > 1e-15
            """).GetArrayLength());
        // A prompt without an answer has texts, none of which names one option.
        Assert.Equal(prompts, Sql("""
            select source_row, order_index from answers
            union select source_row, order_index from text_readings group by all having count(option_index) = 0
            """).GetArrayLength());
        Assert.True(Sql("from similarities").GetArrayLength() > 0);
        // What is shown of a text is what the rule read in it.
        var row = Sql("select min(source_row) as r from text_readings where option_index is not null")[0].GetProperty("r").GetInt32();
        Assert.Equal(
            Sql($"select class, option_text as named from written_texts where source_row = {row} order by sequence").EnumerateArray()
                .Select(t => (t.GetProperty("class").GetString(), t.GetProperty("named").GetString())),
            _cli.Run("texts", "show", "r.duckdb", "--question", $"{row}", "--json").Succeeded().Json.EnumerateArray()
                .Select(t => (t.GetProperty("class").GetString(), t.GetProperty("named").GetString())));
    }

    [Fact]
    public void What_is_missing_is_written_again_to_the_last_letter_and_nothing_else()
    {
        string[] ask = ["--texts", "2", "--limit", "4"];
        Ask("r.duckdb", ask).Succeeded();
        var whole = Stored();
        _cli.Run(["sql", "r.duckdb", "--write"], null, """
            delete from text_readings where source_row in (select min(source_row) from text_readings);
            delete from answers where (source_row, order_index) not in (select source_row, order_index from text_readings);
            delete from unanswered where source_row not in (select source_row from text_readings);
            delete from generations where source_row not in (select source_row from text_readings);
            """).Succeeded();
        Assert.NotEqual(whole, Stored());
        var again = Ask("r.duckdb", ask).Succeeded().Json.GetProperty("run");
        Assert.Equal((1, 3), (again.GetProperty("answered").GetInt32(), again.GetProperty("already_answered").GetInt32()));
        Assert.Equal(whole, Stored());
        Assert.Equal(0, Ask("r.duckdb", ask).Succeeded().Json.GetProperty("run").GetProperty("answered").GetInt32());

        string Stored() => Sql("""
            select source_row, sequence, text, class, option_index from written_texts order by all
            """).ToString() + Sql("select source_row, order_index, probs, log_probs::varchar as l from answers order by all")
            + Sql("select source_row, reason from unanswered order by all");
    }

    [Fact]
    public void Workers_and_isolation_change_no_letter()
    {
        string[] ask = ["--limit", "3", "--tokens", "6", "--country", "Brazil", "China", "--layout", "chat"];
        Ask("r.duckdb", [.. ask, "--no-isolate"]).Succeeded();
        Ask("w.duckdb", [.. ask, "--workers", "2"]).Succeeded();
        const string Texts = "select prompted_country, source_row, text, class from written_texts order by all";
        Assert.Equal(6, Sql(Texts).GetArrayLength());
        Assert.Equal(Sql(Texts).ToString(), Sql(Texts, "w.duckdb").ToString());
        Assert.Equal(0, Sql("from generations where prompt not like '%<|im_start|>assistant%'").GetArrayLength());
        // What is the same in both files is one run of the merged one.
        _cli.Run("merge", "r.duckdb", "w.duckdb", "--out", "m.duckdb").Succeeded();
        Assert.Equal(Sql(Texts).ToString(), Sql(Texts, "m.duckdb").ToString());
        Assert.Equal(14, Sql("from reading_settings", "m.duckdb").GetArrayLength());
    }

    [Fact]
    public void Other_settings_make_another_run_and_an_exact_one_stands_by_itself()
    {
        foreach (var more in new string[][] { [], ["--tokens", "5"], ["--texts", "2"], ["--texts", "2", "--seed", "9"], ["--exact"] })
        {
            _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", "--threads", Cli.Threads,
                "--reading", "written", "--limit", "2", .. more.Contains("--tokens") ? (string[])[] : ["--tokens", "8"], .. more])
                .Succeeded();
        }
        Assert.Equal(5, Sql("from runs").GetArrayLength());
        Assert.Equal(1, Sql("from runs where exact and plan = 'one by one'").GetArrayLength());
        // Two texts of one prompt are drawn apart, and another seed draws others.
        Assert.NotEqual(Sql("select text from written_texts where run_id = 3 order by all").ToString(),
            Sql("select text from written_texts where run_id = 4 order by all").ToString());
    }

    [Fact]
    public void Beside_the_labels_of_the_same_prompts_stands_how_far_they_are_apart()
    {
        Ask("r.duckdb", "--limit", "6", "--texts", "2", "--layout", "chat").Succeeded();
        Ask("r.duckdb", "--limit", "6", "--layout", "chat", "--reading", "labels").Succeeded();
        Ask("r.duckdb", "--limit", "6", "--layout", "plain", "--reading", "labels").Succeeded();
        var written = _cli.Run("measures", "r.duckdb", "--run", "1", "--json").Succeeded().Json
            .GetProperty("measured").GetProperty("written");
        // Only that of the same layout asks the same.
        var found = Assert.Single(written.GetProperty("mismatches").EnumerateArray());
        Assert.Equal((1, 2), (found.GetProperty("run_id").GetInt32(), found.GetProperty("other_run_id").GetInt32()));
        var byHand = Sql("""
            with tops as (
                select source_row, arg_max(option_index, prob) as top from answers_long where run_id = 2 group by source_row),
            questions as (
                select t.source_row, count(*) filter (t.option_index <> top) / nullif(count(t.option_index), 0) as mismatch,
                    count(*) filter (t.option_index is distinct from top) / count(*) as "unlike"
                from text_readings t join tops using (source_row) group by t.source_row),
            apart as (
                select source_row, sum(abs(a.prob - b.prob)) / 2 as tv
                from answers_long a join answers_long b using (source_row, option_index)
                where a.run_id = 1 and b.run_id = 2 group by source_row)
            select avg(mismatch) as mismatch, avg("unlike") as "unlike", (select avg(tv) from apart) as tv from questions
            """)[0];
        Assert.Equal(byHand.GetProperty("mismatch").GetDouble(), found.GetProperty("mismatch").GetDouble(), 1e-12);
        Assert.Equal(byHand.GetProperty("unlike").GetDouble(), found.GetProperty("unlike").GetDouble(), 1e-12);
        Assert.Equal(byHand.GetProperty("tv").GetDouble(), found.GetProperty("total_variation").GetDouble(), 1e-12);
        Assert.InRange(found.GetProperty("mismatch").GetDouble(), found.GetProperty("mismatch_low").GetDouble(),
            found.GetProperty("mismatch_high").GetDouble());
        Assert.Equal(12, written.GetProperty("classes").GetProperty("texts").GetInt32());
        Assert.Contains("beside its probabilities", _cli.Run("measures", "r.duckdb", "--run", "1").Succeeded().Output);
        // Texts that are looked at belong to the run of labels, never to that of texts.
        Assert.Equal(2, _cli.Run("look", "--model", Repository.DefaultModel, "--question", "18", "--layout", "chat", "--tokens", "2",
            "--threads", Cli.Threads, "--out", "r.duckdb", "--json").Succeeded().Json.GetProperty("stored_with_run")[0].GetInt32());
    }

    [Fact]
    public void Where_no_options_are_listed_they_are_found_by_their_words()
    {
        var printed = _cli.Run("run", "--model", Repository.DefaultModel, "--survey", "sample", "--out", "r.duckdb", "--threads",
            Cli.Threads, "--reading", "written", "--options", "unlisted", "--limit", "4").Succeeded().Output;
        Assert.Matches(@"texts +4 texts to 4 questions: 0\.0 % name one option by its letter", printed);
        Assert.Equal(("faithful-unlisted", "space"), Sql("select template, ending from runs").EnumerateArray()
            .Select(r => (r.GetProperty("template").GetString(), r.GetProperty("ending").GetString())).Single());
        // The share that names no option is that of all texts, those of unanswered questions too.
        Assert.Equal(0, Sql("""
            from run_overview o, written_overview w where o.mean_off_menu <> w.off_menu or o.answered + w.silent <> 4
            """).GetArrayLength());
    }

    [Fact]
    public void Of_personas_what_they_write_counts_and_is_told_apart()
    {
        File.WriteAllText(_cli.PathOf("p.csv"), "name,words\na,a student\nb,a farmer\n");
        var printed = _cli.Run("run", "--model", Repository.DefaultModel, "--survey", "sample", "--out", "r.duckdb", "--threads",
            Cli.Threads, "--reading", "written", "--limit", "2", "--tokens", "3", "--personas", "p.csv", "--country", "Kenya")
            .Succeeded().Output;
        // Four texts; the two means over them are nobody's.
        var answers = Sql("select count(*) as n from text_readings where option_index is not null")[0].GetProperty("n").GetInt32();
        Assert.Contains($"2 questions in 3 runs, the texts behind 4 prompts, {answers} answer", printed);
        Assert.Contains("texts     Kenya, faithful@a: 2 texts to 2 questions: ", printed);
        Assert.Contains("texts     Kenya, faithful@b: 2 texts to 2 questions: ", printed);
    }

    [Theory]
    [InlineData("--temperature 0 all texts", "--reading", "written", "--texts", "2", "--temperature", "0")]
    [InlineData("--seed", "--seed", "2")]
    [InlineData("--texts", "--reading", "text", "--texts", "2")]
    [InlineData("--ending", "--reading", "written", "--options", "unlisted", "--ending", "paren")]
    public void What_does_not_go_together_is_refused_before_anything_is_made(string words, params string[] arguments)
    {
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--out", "r.duckdb", .. arguments]).Failed(2, words);
        _cli.Run("verify", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--reading", "written").Failed(2, "--reading written");
        Assert.False(File.Exists(_cli.PathOf("r.duckdb")));
    }

    JsonElement Sql(string query, string file = "r.duckdb") => _cli.Query(file, query);

    Ended Ask(string file, params string[] more) => _cli.Run([
        "run", "--model", Repository.DefaultModel, "--survey", "sample", "--out", file,
        "--threads", Cli.Threads, "--json", .. more.Contains("--reading") ? (string[])[] : ["--reading", "written"],
        .. more.Contains("--tokens") || more.Contains("labels") ? (string[])[] : ["--tokens", "8"], .. more]);
}
