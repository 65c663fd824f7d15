using System.Text;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Tests;

public class OwnSurveyTests
{
    [Fact]
    public void The_starter_loads_and_says_what_it_says()
    {
        var survey = Files.With(SurveyStarter.Example(), ".yaml", SurveyLoader.Load);
        Assert.Equal(("example", "en", 2, 6), (survey.Name, survey.Language, survey.Questions.Count, survey.Pairs));
        var (buses, spend) = (survey.Questions[0], survey.Questions[1]);
        Assert.Equal(("buses", 0, "spend", 1), (buses.Id, buses.SourceRow, spend.Id, spend.SourceRow));
        Assert.Equal([OptionKind.Ordered, OptionKind.Ordered, OptionKind.Ordered, OptionKind.Ordered, OptionKind.Refusal], buses.Kinds);
        Assert.Equal([1, 2, 3, 4, null], buses.ScaleValues);
        Assert.Equal("The town has money left over.\nWhat should it be spent on first?\n", spend.Text);
        Assert.All(spend.Kinds, k => Assert.Equal(OptionKind.Nominal, k));
        Assert.Equal(["Town", "Countryside", "Kenya"], buses.Humans.Select(h => h.Country));
        Assert.Equal([812, 388, null], buses.Humans.Select(h => h.Respondents));
        Assert.Equal(31.0 / 388, buses.Humans[1].Probabilities[0], 1e-15);
        Assert.Equal(0.22, buses.Humans[0].Probabilities[0], 1e-15);
        Assert.Equal(("people in the countryside", null), (survey.GroupOf("Countryside").Name, survey.GroupOf("Countryside").Iso3));
        Assert.Equal(("KEN", SampleKind.NonNational), (
            survey.GroupOf("Kenya, cities only").Iso3, survey.GroupOf("Kenya, cities only").Sample));
        Assert.Equal(("2019", null), (survey.GroupOf("Kenya, cities only").Wave, survey.GroupOf("Town").Wave));
        Assert.Equal("KEN", survey.GroupOf("Kenya").Iso3);
        Assert.DoesNotContain(survey.Oddities, o => o.Kind is OddityKind.UnknownCountry or OddityKind.SumNotOne);
    }

    [Fact]
    public void Json_is_read_as_well()
    {
        var survey = Files.LoadAs(".json", """
            {
            	"format": "localopinions-survey/1", "language": "pt-BR",
            	"questions": [{"id": "q", "text": "Ça va?\nOui?", "options": ["no", "1.0", "null"],
            		"answers": {"Brazil": {"counts": [1, 2, 1], "n": 4}}}]
            }
            """.Replace("\\t", "\t"));
        var question = Assert.Single(survey.Questions);
        Assert.Equal("Ça va?\nOui?", question.Text);
        Assert.Equal(["no", "1.0", "null"], question.Options);
        Assert.Equal([0.25, 0.5, 0.25], question.Humans[0].Probabilities);
        Assert.Equal((4, "pt-BR"), (question.Humans[0].Respondents, survey.Language));
    }

    [Fact]
    public void What_is_written_is_read_back_to_the_last_bit()
    {
        var hostile = "{a: b} # no *x &y !z 'q' \"d\" \\ \u00e9\u4e2d\ud83d\ude00 \r\n\t end ";
        var survey = Files.Load(Files.Csv(
            (hostile, "{'Kenya': [1, 2, 0], 'People over 60': [0.3, 0.3, 0.4], 'India (Old national sample)': [0.1, 0.2, 0.7]}".Replace(
                "[1, 2, 0]", "[0.3333, 0.6667, 0]"), "['no', ' 1.0', '- x: y']"),
            ("", "{}", "['Very good', 'Somewhat bad', 'Somewhat good', 'Very bad', 'DK/Refused', 'Total   N=']")));
        AssertSame(survey, Again(survey));
    }

    [Fact]
    public void The_sample_and_the_data_set_survive_being_written()
    {
        var sample = SampleSurvey.Load();
        var again = Again(sample);
        Assert.Equal(sample.Questions.Select(q => q.Id), again.Questions.Select(q => q.Id));
        AssertSame(sample, again);
        var all = SurveyLoader.Load(Files.DataSet);
        AssertSame(all, Again(all));
    }

    [Theory]
    [InlineData(".yaml")]
    [InlineData(".json")]
    public void A_small_file_cannot_become_a_huge_one(string extension)
    {
        Assert.Contains("alias", Refused(extension, "format: localopinions-survey/1\na: &a [x, x]\nquestions: [*a, *a]\n").Message);
        Assert.Contains("too many levels", Refused(extension, "format: " + new string('[', 100_000)).Message);
    }

    [Theory]
    [InlineData(".yaml", "groups: {Town: {wave: ' 2019 '}, Kenya: {wave: WVS 7}, India (Old national sample): {wave: '1990'}, Georgia: "
        + "{name: the state, wave: W27}, Chile: {}}")]
    [InlineData(".json", "\"groups\": {\"Town\": {\"wave\": \"2019\"}, \"Kenya\": {\"wave\": \"WVS 7\"}, \"India (Old national sample)\": "
        + "{\"wave\": \"1990\"}, \"Georgia\": {\"name\": \"the state\", \"wave\": \"W27\"}, \"Chile\": {}},")]
    public void A_group_says_its_wave_and_a_country_that_says_nothing_else_stays_one(string extension, string groups)
    {
        const string Questions = "[{\"id\": \"a\", \"text\": \"T\", \"options\": [\"x\", \"y\"], \"answers\": {\"Town\": [1, 0], "
            + "\"Kenya\": [1, 0], \"India (Old national sample)\": [1, 0], \"Georgia\": [1, 0], \"Chile\": [1, 0], \"Japan\": [1, 0]}}]";
        var survey = Files.LoadAs(extension, extension == ".json"
            ? $"{{\"format\": \"localopinions-survey/1\", {groups} \"questions\": {Questions}}}"
            : $"format: localopinions-survey/1\n{groups}\nquestions: {Questions}");
        foreach (var read in new[] { survey, Again(survey) })
        {
            Assert.Equal(("2019", null), (read.GroupOf("Town").Wave, read.GroupOf("Town").Iso3));
            Assert.Equal(Countries.Find("Kenya") with { Wave = "WVS 7" }, read.GroupOf("Kenya"));
            Assert.Equal(("1990", "IND", SampleKind.OldNational),
                (read.GroupOf("India (Old national sample)").Wave, read.GroupOf("India (Old national sample)").Iso3,
                read.GroupOf("India (Old national sample)").Sample));
            Assert.Equal(("W27", null), (read.GroupOf("Georgia").Wave, read.GroupOf("Georgia").Iso3));
            Assert.Equal((null, null), (read.GroupOf("Chile").Wave, read.GroupOf("Chile").Iso3));
            Assert.Null(read.GroupOf("Japan").Wave);
        }
    }

    static SurveyException Refused(string extension, string content) =>
        Assert.Throws<SurveyException>(() => Files.LoadAs(extension, content));

    static Survey Again(Survey survey)
    {
        using var text = new StringWriter();
        SurveyWriter.Write(survey, text);
        return Files.With(Encoding.UTF8.GetBytes(text.ToString()), ".yaml", SurveyLoader.Load);
    }

    static void AssertSame(Survey expected, Survey actual)
    {
        Assert.Equal((expected.Name, expected.Language, expected.Notice), (actual.Name, actual.Language, actual.Notice));
        Assert.Equal(expected.Questions.Count, actual.Questions.Count);
        foreach (var (a, b) in expected.Questions.Zip(actual.Questions))
        {
            Assert.Equal((a.Text, a.Source), (b.Text, b.Source));
            Assert.Equal(a.Options, b.Options);
            Assert.Equal(a.Kinds, b.Kinds);
            Assert.Equal(a.ScaleValues, b.ScaleValues);
            Assert.Equal(a.Humans.Select(h => (h.Country, h.Respondents)), b.Humans.Select(h => (h.Country, h.Respondents)));
            foreach (var (p, q) in a.Humans.Zip(b.Humans))
                Assert.Equal(p.Probabilities, q.Probabilities);
        }
    }
}
