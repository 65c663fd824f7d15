using System.Globalization;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Folders in the shape of OpinionQA, with made-up questions and people.</summary>
public sealed class OpinionQaTests : IDisposable
{
    const string TeaOptions = """
        "{1.0: 'A lot', 2.0: 'A little', 3.0: 'Not at all', 99.0: 'Refused'}"
        """;

    const string Info = $$"""
        ,key,option_mapping,question,references,option_ordinal
        0,TEA_W1,{{TeaOptions}},"Do you like tea, or not?","['A lot', 'A little', 'Not at all', 'Refused']","[1.0, 2.0, 3.0]"
        1,CUP_W1,"{1.0: 'Red', 2.0: ""Uncle's"", 99.0: 'Refused'}",Which cup?,"['Red', ""Uncle's"", 'Refused']","[1, 1]"
        2,MIX_W1,"{}",More or less?,"['More', 'Less', 'The same', 'Refused']","[1.0, 2.0, 1.5]"
        """;

    const string Metadata = """
        ,key,options
        0,SEX,"['Male', 'Female']"
        1,POLPARTY,"['Republican', 'Democrat']"
        """;

    const string Responses = """
        QKEY,TEA_W1,CUP_W1,MIX_W1,SEX,POLPARTY,AGE,WEIGHT_W1
        1,A lot,Red,More,Male,Democrat,18-29,3
        2,A little,Uncle's,,Female,Democrat,65+,1
        3,Refused,Red,Less,Female,Refused,65+,0.5
        4,,Blue,The same,Male,Republican,,0.5
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("opinionqa-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void People_are_weighted_into_groups()
    {
        var survey = Load(("info.csv", Info), ("metadata.csv", Metadata), ("responses.csv", Responses));
        Assert.Equal(["TEA_W1", "CUP_W1", "MIX_W1"], survey.Questions.Select(q => q.Id));
        var tea = survey.Questions[0];
        Assert.Equal(("Do you like tea, or not?", "American_Trends_Panel_W1"), (tea.Text, tea.Source));
        Assert.Equal([OptionKind.Ordered, OptionKind.Ordered, OptionKind.Ordered, OptionKind.Refusal], tea.Kinds);
        Assert.All(survey.Questions[1].Kinds.SkipLast(1), k => Assert.Equal(OptionKind.Nominal, k));
        Assert.Equal([1, 2, 1.5, null], survey.Questions[2].ScaleValues);

        var everybody = Human(tea, "US adults");
        Assert.Equal([3 / 4.5, 1 / 4.5, 0, 0.5 / 4.5], everybody.Probabilities);
        Assert.Equal(3, everybody.Respondents);
        Assert.Equal([0, 1 / 1.5, 0, 0.5 / 1.5], Human(tea, "SEX: Female").Probabilities);
        Assert.Equal([0.75, 0.25, 0, 0], Human(tea, "POLPARTY: Democrat").Probabilities);
        // Person 4 was not asked about tea, and "Refused" is no party.
        Assert.Equal(["POLPARTY: Democrat", "SEX: Female", "SEX: Male", "US adults"], tea.Humans.Select(h => h.Country).Order());
        Assert.Equal([1, 0, 0], Human(survey.Questions[1], "SEX: Male").Probabilities);
        Assert.Equal(1, survey.Oddities.Single(o => o.Kind == OddityKind.ForeignAnswer).Count);
        Assert.Equal([1], survey.Oddities.Single(o => o.Kind == OddityKind.ForeignAnswer).Rows);
        Assert.DoesNotContain(survey.Oddities, o => o.Kind is OddityKind.UnknownCountry or OddityKind.SumNotOne);
        Assert.Contains("weighted by WEIGHT_W1", survey.Notice);
    }

    [Fact]
    public void Options_beyond_the_ordinals_are_refusals_whatever_their_words()
    {
        var survey = LoadCounts("['Yes', 'No', 'Not sure', 'Refused']", "[1, 2]",
            """{"Yes": 30, "No": 10, "Not sure": 50, "Refused": 10}""");
        Assert.Equal([OptionKind.Ordered, OptionKind.Ordered, OptionKind.Refusal, OptionKind.Refusal], survey.Questions[0].Kinds);
        Assert.Equal([1, 2, null, null], survey.Questions[0].ScaleValues);
        var separate = Human(new SurveyPolicy(RefusalPolicy.Separate).Apply(survey).Questions[0], OpinionQa.Everybody);
        Assert.Equal([0.3, 0.1, 0.5, 0.1], separate.Probabilities);
        var dropped = new SurveyPolicy(RefusalPolicy.Drop).Apply(survey).Questions[0];
        Assert.Equal(["Yes", "No"], dropped.Options);
        Assert.Equal([0.75, 0.25], Human(dropped, OpinionQa.Everybody).Probabilities, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Theory]
    [InlineData("[1, 2, 2, 3]", "1 2 2 3", "Ordered Ordered Ordered Ordered")] // two options in one place
    [InlineData("[1, 2, 3, 4]", "1 2 3 4", "Ordered Ordered Ordered Ordered")] // words that sound like a refusal are an answer here
    [InlineData("[1, 1, 2]", "1 1 2 -", "Ordered Ordered Ordered Refusal")]
    [InlineData("[1, 1, 1]", "- - - -", "Nominal Nominal Nominal Refusal")]
    [InlineData("[1, nan, 2]", "- - - -", "Unknown Unknown Unknown Refusal")]
    [InlineData("[1]", "1 - - -", "Ordered Refusal Refusal Refusal")]
    [InlineData("[]", "- - - -", "Unknown Unknown Unknown Refusal")] // nothing is said, the words decide
    [InlineData("[1, 2, 3, 4, 5]", "- - - -", "Unknown Unknown Unknown Refusal")] // of other options than these
    public void Ordinals_tell_what_options_are_and_where_they_stand(string ordinals, string places, string kinds)
    {
        var question = LoadCounts("['Never', 'Seldom', 'Often', 'Refused']", ordinals, "{}").Questions[0];
        Assert.Equal(kinds, string.Join(' ', question.Kinds));
        Assert.Equal(places, string.Join(' ', question.ScaleValues.Select(v => v?.ToString(CultureInfo.InvariantCulture) ?? "-")));
    }

    [Fact]
    public void Counts_by_group_are_read_where_the_people_are_not_there()
    {
        const string ByParty =
            """
            {
              "TEA_W1": {
                "MC_options": ["A lot"], "question_text": "?",
                "Democrat": {"A lot": 30.0, "A little": 10.0}, "Refused": {"A lot": 1.0}
              },
              "GONE_W1": {"x": {"y": 1}}
            }
            """;
        const string OfAll = """{"TEA_W1": {"all": {"Not at all": 4, "A lot": 12}}}""";
        var survey = Load(("info.csv", Info), ("metadata.csv", Metadata), ("POLPARTY_data.json", ByParty), ("NONE_data.json", OfAll));
        Assert.Equal([0.75, 0.25, 0, 0], Human(survey.Questions[0], "POLPARTY: Democrat").Probabilities);
        Assert.Equal(40, Human(survey.Questions[0], "POLPARTY: Democrat").Respondents);
        Assert.Equal([0.75, 0, 0.25, 0], Human(survey.Questions[0], "US adults").Probabilities);
        Assert.Equal(2, survey.Questions[0].Humans.Count);
        Assert.Empty(survey.Questions[1].Humans);
        Assert.Contains("unweighted counts", survey.Notice);
    }

    [Fact]
    public void Several_waves_are_one_survey_and_a_change_of_any_file_another_one()
    {
        Write("American_Trends_Panel_W1", ("info.csv", Info), ("responses.csv", Responses));
        Write("American_Trends_Panel_W2", ("info.csv", Info.Replace("_W1", "_W2")), ("responses.csv", Responses.Replace("_W1", "_W2")));
        var survey = SurveyLoader.Load(_folder);
        Assert.Equal(6, survey.Questions.Count);
        Assert.Equal(["American_Trends_Panel_W1", "American_Trends_Panel_W2"], survey.Questions.Select(q => q.Source).Distinct());
        // Without metadata.csv the usual attributes count, refusals aside.
        Assert.Contains("AGE: 65+", survey.Questions[3].Humans.Select(h => h.Country));
        Assert.Equal(survey.Sha256, SurveyLoader.Load(_folder).Sha256);
        Write("American_Trends_Panel_W2", ("responses.csv", Responses.Replace("_W1", "_W2").Replace("0.5", "0.6")));
        Assert.NotEqual(survey.Sha256, SurveyLoader.Load(_folder).Sha256);
    }

    [Theory]
    [InlineData("info.csv, row 1 (line 3), column references", "expected", "references", "\"['Red', \"\"Uncle's\"\", 'Refused']\"",
        "[Red]")]
    [InlineData("info.csv, row 1 (line 3), column key", "the key TEA_W1 is used twice", "key", "CUP_W1", "TEA_W1")]
    [InlineData("responses.csv, row 1 (line 3), column WEIGHT_W1", "is no weight", "weight", "65+,1", "65+,heavy")]
    [InlineData("responses.csv, line 1", "no column named MIX_W1", "column", "CUP_W1,MIX_W1,SEX", "CUP_W1,SEX_,SEX")]
    public void What_is_wrong_is_told_with_its_place(string place, string problem, string what, string old, string replacement)
    {
        Assert.NotEmpty(what);
        Write("w", ("info.csv", Info.Replace(old, replacement)), ("metadata.csv", Metadata),
            ("responses.csv", Responses.Replace(old, replacement)));
        var e = Assert.Throws<SurveyException>(() => SurveyLoader.Load(Path.Combine(_folder, "w")));
        Assert.Contains(place, e.Message);
        Assert.Contains(problem, e.Message);
    }

    [Fact]
    public void A_folder_that_is_none_of_these_is_refused()
    {
        Assert.Contains("no", Assert.Throws<SurveyException>(() => SurveyLoader.Load(_folder)).Message);
        Write("w", ("info.csv", Info));
        Assert.Contains("responses.csv", Assert.Throws<SurveyException>(() => SurveyLoader.Load(Path.Combine(_folder, "w"))).Message);
        Write("w", ("NONE_data.json", "{\n\"TEA_W1\": }"));
        var e = Assert.Throws<SurveyException>(() => SurveyLoader.Load(Path.Combine(_folder, "w")));
        Assert.Contains("NONE_data.json, line 2", e.Message);
    }

    static HumanDistribution Human(Question question, string group) => Assert.Single(question.Humans, h => h.Country == group);

    /// <summary>One question, asked of everybody.</summary>
    Survey LoadCounts(string options, string ordinals, string counts) => Load(
        ("info.csv", $"key,question,references,option_ordinal\nQ,Q?,\"{options}\",\"{ordinals}\"\n"),
        ("NONE_data.json", $$$"""{"Q": {"all": {{{counts}}}}}"""));

    Survey Load(params (string Name, string Content)[] files)
    {
        Write("American_Trends_Panel_W1", files);
        return SurveyLoader.Load(Path.Combine(_folder, "American_Trends_Panel_W1"));
    }

    void Write(string wave, params (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(Path.Combine(_folder, wave));
        foreach (var (name, content) in files)
            File.WriteAllText(Path.Combine(_folder, wave, name), content);
    }
}
