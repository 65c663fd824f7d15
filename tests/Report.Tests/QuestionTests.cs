using System.Text.Json;
using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>The question explorer against SQL.</summary>
[Collection(nameof(StudyPage))]
public sealed class QuestionTests(StudyPage study)
{
    int Run => (int)study.Sql("SELECT run_id FROM run_overview WHERE condition = 'default' AND option_order = 'faithful' AND control = "
        + "'none' ORDER BY started_at DESC, run_id DESC LIMIT 1")[0][0]!;

    [Fact]
    public void Search_filters_and_orders_find_what_SQL_finds()
    {
        var seen = Browser.Observe(study.Path, "questions");
        const string Texts = "SELECT count(*) FROM (SELECT lower(any_value(q.text) || ' ' || string_agg(o.text, ' ')) AS text FROM "
            + "questions AS q JOIN options AS o USING (source_row) GROUP BY q.source_row)";
        Assert.Equal(Found("SELECT count(*) FROM questions"), seen.Text("all"));
        Assert.Equal(Found($"{Texts} WHERE contains(text, 'climate') AND contains(text, 'rights')"), seen.Text("searched"));
        Assert.Equal(Found("SELECT count(*) FROM questions WHERE source = 'WVS'"), seen.Text("bySource"));
        Assert.Equal(
            Found("SELECT count(*) FROM questions JOIN question_topics USING (source_row) WHERE source = 'WVS' AND topic = 'media'"),
            seen.Text("byBoth"));
        CheckFirst(
            $"SELECT round(similarity_bits, 3) AS value, source_row FROM similarities_long WHERE run_id = {Run} AND country = 'Germany'",
            "max", seen.At("orders", "agree most"));
        CheckFirst(
            $"SELECT round(similarity_bits, 3) AS value, source_row FROM similarities_long WHERE run_id = {Run} AND country = 'Germany'",
            "min", seen.At("orders", "agree least"));
        CheckFirst($"SELECT round(nearest_bits, 3) AS value, source_row FROM unlike_everybody WHERE run_id = {Run}", "min",
            seen.At("orders", "unlike everybody"));
        CheckFirst($"SELECT round(off_menu, 3) AS value, source_row FROM answers WHERE run_id = {Run}", "max",
            seen.At("orders", "off the menu"));
    }

    [Fact]
    public void A_question_shows_everybodys_answers_and_what_models_wrote()
    {
        var seen = Browser.Observe(study.Path, "questions");
        var detail = seen.At("detail");
        Assert.EndsWith("&question=1", detail.Text("address"));
        Assert.Equal(study.Sql("SELECT text FROM questions WHERE source_row = 1")[0][0], detail.Text("title"));
        var options = study.Sql("SELECT text FROM options WHERE source_row = 1 ORDER BY option_index").Select(row => (string)row[0]!)
            .ToList();
        Assert.Equal(options, detail.Texts("options"));
        Assert.Contains($" puts {Printed.Share(study.Sql($"SELECT off_menu FROM answers WHERE run_id = {Run} AND source_row = 1")[0][0])} "
            + $"of its probability", detail.Text("offMenu"));

        var figures = detail.At("figures").EnumerateArray().ToList();
        const string Answers = """
            SELECT a.prob, a.off_menu FROM answers_long AS a JOIN runs AS r USING (run_id) WHERE a.source_row = 1 AND
            """;
        CheckMultiples(
            figures[0], $"{Answers} r.model_id = (SELECT model_id FROM runs WHERE run_id = {Run}) ORDER BY r.run_id, a.option_index",
            options, runs: StudyFile.Conditions);
        CheckMultiples(figures[1], $"{Answers} r.condition = 'default' AND r.option_order = 'faithful' AND r.control = 'none' ORDER BY "
            + $"r.run_id, a.option_index", options, runs: 10);
        CheckPeople(detail, figures[2], options, seen.At("everybody").GetInt32());

        var texts = study.Sql($"SELECT text FROM generations WHERE source_row = 1 ORDER BY run_id <> {Run}, run_id DESC, sequence")
            .Select(row => (string)row[0]!).ToList();
        Assert.Equal(texts, detail.Texts("texts"));
    }

    string Found(string sql)
    {
        var (count, all) = ((long)study.Sql(sql)[0][0]!, (long)study.Sql("SELECT count(*) FROM questions")[0][0]!);
        return $"{count} {(count == 1 ? "question" : "questions")} of {all}";
    }

    void CheckFirst(string sql, string extreme, JsonElement row) =>
        Assert.Contains(
            row.GetInt32(), study.Sql($"WITH v AS ({sql}) SELECT source_row FROM v WHERE value = (SELECT {extreme}(value) FROM v)")
            .Select(cells => (int)cells[0]!));

    void CheckMultiples(JsonElement table, string sql, List<string> options, int runs)
    {
        var cells = study.Sql(sql);
        Assert.Equal(runs * options.Count, cells.Count);
        var columns = cells.Chunk(options.Count).ToList();
        var rows = table.Rows();
        Assert.Equal([.. options, "off the menu"], rows.Select(row => row[0]));
        for (var option = 0; option < options.Count; option++)
            Assert.Equal(columns.Select(column => Printed.Share(column[option][0])), rows[option][1..]);
        Assert.Equal(columns.Select(column => Printed.Share(column[0][1])), rows[^1][1..]);
    }

    void CheckPeople(JsonElement detail, JsonElement table, List<string> options, int everybody)
    {
        var people = study.Sql($"""
            SELECT q.country, q.probability, s.similarity_bits FROM questions_long AS q LEFT
                JOIN similarities_long AS s ON s.run_id = {Run} AND s.source_row = q.source_row AND s.country = q.country
            WHERE q.source_row = 1 AND q.country IS NOT NULL ORDER BY q.country = 'Germany' DESC, round(s.similarity_bits, 3) DESC,
                q.country_id, q.option_index
            """).Chunk(options.Count).ToList();
        Assert.Equal(people.Count, everybody);
        var codes = study.Sql("SELECT label, iso3 FROM countries").ToDictionary(row => (string)row[0]!, row => row[1]);
        Assert.Contains($" in 12 of {Counted.Words([.. people.Select(column => codes[(string)column[0][0]!])])}; ", detail.Text("people"));
        var rows = table.Rows();
        for (var option = 0; option < options.Count; option++)
            Assert.Equal(people.Take(12).Select(column => Printed.Share(column[option][1])), rows[option][1..]);
        var drawn = detail.At("drawn").EnumerateArray().ToList();
        var called = Called.Of(study.Sql);
        // A title that is longer than its column is cut off.
        Assert.All(people.Take(12).Zip(drawn), pair => Assert.StartsWith(pair.Second[0].GetString()!.TrimEnd('\u2026'),
            called[(string)pair.First[0][0]!]));
        Assert.Equal(people.Take(12).SelectMany(column =>
            column.Select(cells => (int)Math.Round((double)cells[1]! * 1000, MidpointRounding.AwayFromZero))),
            drawn.SelectMany(one => one[1].EnumerateArray().Select(share => share.GetInt32())));
    }
}
