using System.Globalization;
using System.Text.Json;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Report.Tests;

/// <summary>The country panel: reached by mouse, by keyboard and by link; every number against SQL.</summary>
[Collection(nameof(StudyPage))]
public sealed class CountryTests(StudyPage study)
{
    int Run => (int)study.Sql("SELECT run_id FROM run_overview WHERE condition = 'default' AND option_order = 'faithful' AND control = "
        + "'none' ORDER BY started_at DESC, run_id DESC LIMIT 1")[0][0]!;

    [Fact]
    public void A_country_tells_where_it_stands_and_where_model_and_people_agree()
    {
        var seen = Browser.Observe(study.Path, "country");
        var clicked = seen.At("clicked");
        Assert.Equal("Germany", clicked.Text("heading"));
        Assert.EndsWith("&country=Germany", clicked.Text("address"));
        CheckPanel(clicked, "Germany");
        CheckPanel(seen.At("small"), "Singapore");
        foreach (var (head, column, print) in new (string, string, Func<object?, string>)[]
            { ("n", "n", Printed.Whole), ("Plain mean, bits", "similarity_bits", Printed.Three),
                ("Random guesser, bits", "uniform_similarity_bits", Printed.Three) })
            Assert.Equal(study.Sql($"SELECT topic, {column} FROM topic_country_similarity WHERE run_id = {Run} AND country = 'Germany'",
                print), clicked.At("topics").Column(head));
        CheckQuestions(clicked.At("rows").EnumerateArray().ToList());
        // Three, then five more of the better half.
        var pairs = (long)study.Sql($"SELECT count(*) FROM similarities_long WHERE run_id = {Run} AND country = 'Germany'")[0][0]!;
        Assert.Equal(Math.Min(8, pairs / 2), seen.At("more").GetInt32());

        var byValue = study.Sql($"SELECT country FROM adjusted_similarity WHERE run_id = {Run} ORDER BY beyond_bits DESC")
            .Select(row => (string)row[0]!).ToList();
        var walked = seen.Texts("walked");
        Assert.Equal([walked[0], walked[1]], byValue.Where(label => walked[..2].Contains(label)));
        Assert.Equal(walked[0], walked[3]);
        Assert.Equal(walked[2], walked[4]);
        Assert.Equal(walked[0], seen.Text("entered"));
    }

    [Fact]
    public void The_model_is_asked_as_a_country_and_the_address_opens_the_same_view()
    {
        var seen = Browser.Observe(study.Path, "country");
        var asked = (int)study.Sql(
            $"SELECT run_id FROM runs WHERE prompted_country = 'China' AND model_id = (SELECT model_id FROM runs WHERE run_id = {Run})")[0][
            0]!;
        Assert.Contains($" Run {asked}: ", seen.Text("prompted", "caption"));
        Assert.Contains($"#run={study.Key(asked)}&base={study.Key(Run)}&", seen.Text("prompted", "address"));
        Assert.EndsWith("&view=change&country=China", seen.Text("prompted", "address"));
        var pair = study.Sql($"SELECT difference_bits, low, high, p_holm, n FROM condition_differences WHERE run_id = {asked} AND "
            + $"default_run_id = {Run} AND country = 'China'")[0];
        Assert.Contains($": {Printed.Signed(pair[0])} bits, 95 % interval {Printed.Signed(pair[1])} to "
            + $"{Printed.Signed(pair[2])}, ",
            seen.Text("prompted", "note"));
        Assert.Contains($"on {Printed.Whole(pair[4])} questions", seen.Text("prompted", "note"));
        Assert.Equal(seen.Text("prompted", "caption"), seen.Text("reopened", "caption"));
        Assert.Equal(seen.Text("prompted", "address"), seen.Text("reopened", "address"));
        Assert.Equal("China", seen.Text("reopened", "heading"));
        Assert.Contains($" Run {Run}: ", seen.Text("back"));

        // No country of this survey was asked a hundred questions: nobody is put forward.
        Assert.Empty(seen.Texts("closed"));
        Assert.StartsWith("Not a finding: no country has 100 questions", seen.Text("refused"));
    }

    void CheckPanel(JsonElement panel, string label)
    {
        var row = study.Sql($"""
            SELECT a.beyond_bits, a.beyond_low, a.beyond_high, a.rank, a.rank_low, a.rank_high, s.n, s.families, s.skill,
                s.mean_label_mass, s.uniform_similarity_bits, h.average_other_bits, h.nearest_country, h.nearest_bits,
                   s.similarity_bits
            FROM country_similarity AS s
                JOIN adjusted_similarity AS a ON a.run_id = s.run_id AND a.country_id = s.country_id
                JOIN human_lines AS h ON h.run_id = s.run_id AND h.country_id = s.country_id
                WHERE s.run_id = {Run} AND s.country = '{label}'
            """)[0];
        Assert.Equal(Printed.Signed(row[0]), panel.Text("big"));
        Assert.EndsWith($"95 % interval {Printed.Signed(row[1])} to {Printed.Signed(row[2])}", panel.Text("figures"));
        var facts = panel.Texts("facts");
        var ranked = Counted.Words([.. study.Sql($"SELECT iso3 FROM adjusted_similarity WHERE run_id = {Run} AND ranked")
            .Select(sample => sample[0])]);
        Assert.Equal(row[3] is null ? "not ranked" : $"{row[3]} of {ranked} (may be {Printed.Places(row[4], row[5])})", facts[0]);
        Assert.StartsWith($"{row[6]} questions in {row[7]} famil", facts[1]);
        Assert.Equal([Printed.Three(row[14]), Printed.Three(row[8])], new[] { facts[2], facts[5] });
        Assert.StartsWith((Convert.ToDouble(row[9], CultureInfo.InvariantCulture) * 100).ToString("F1", CultureInfo.InvariantCulture),
            facts[6]);
        Assert.Equal($"Plain means in bits: the model {Printed.Three(row[14])}; random guesser {Printed.Three(row[10])}; "
            + $"average foreign country {Printed.Three(row[11])}; nearest: {Called.Of(study.Sql)[(string)row[12]!]} "
            + $"{Printed.Three(row[13])}.", panel.Text("position"));
    }

    void CheckQuestions(List<JsonElement> items)
    {
        var similarities = study.Sql(
            $"SELECT source_row, similarity_bits FROM similarities_long WHERE run_id = {Run} AND country = 'Germany'")
            .ToDictionary(row => (int)row[0]!, row => (double)row[1]!);
        Assert.Equal(6, items.Count);
        foreach (var item in items)
            Assert.StartsWith($"similarity {Printed.Three(similarities[item.At("row").GetInt32()])} bits", item.Text("said"));
        var shown = items.Select(item => Printed.Three(similarities[item.At("row").GetInt32()])).ToList();
        var ordered = similarities.Values.OrderDescending().Select(value => Printed.Three(value)).ToList();
        Assert.Equal([.. ordered.Take(3), .. ordered.TakeLast(3).Reverse()], shown);

        var survey = new StudySurvey(StudyPage.Questions, seed: 7);
        foreach (var item in items)
        {
            var row = item.At("row").GetInt32();
            var expected = study.Sql($"""
                SELECT a.option_text, a.prob, q.probability FROM answers_long AS a
                    JOIN questions_long AS q ON q.source_row = a.source_row AND q.option_index = a.option_index
                WHERE a.run_id = {Run} AND q.country = 'Germany' AND a.source_row = {row} ORDER BY a.option_index
                """).Select(cells => new[] { (string)cells[0]!, Printed.Share(cells[1]), Printed.Share(cells[2]) });
            Assert.Equal(expected, item.At("shares").EnumerateArray().Select(cells => cells.Texts()));
            var question = survey.Questions[row];
            var prompt = Template.Create(TemplateFamily.Faithful, PromptEnding.Paren)
                .Build(new Question
                {
                    SourceRow = row,
                    Text = question.Text,
                    Options = question.Options,
                    Source = question.Source,
                    Humans = []
                }).Text;
            Assert.Equal(prompt, item.Text("prompt"));
        }
    }
}
