using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Tests;

public class LoaderTests
{
    [Fact]
    public void Text_and_options_survive_character_for_character()
    {
        const string text = "  Zürich?\r\n\n\"Quoted\", ____ …\t ";
        var question = Assert.Single(Files.Load(Files.Csv((text, "{'A': [1, 0]}", "[' Yes ', \"Don't\\n\"]"))).Questions);
        Assert.Equal(text, question.Text);
        Assert.Equal([" Yes ", "Don't\n"], question.Options);
        Assert.Equal("GAS", question.Source);
    }

    [Fact]
    public void Unquoted_cells_keep_their_blanks() =>
        Assert.Equal(" Q ", Files.Load("question,selections,options,source\n Q ,{'A': [1]},['x'],GAS").Questions[0].Text);

    [Fact]
    public void Rows_count_from_0_and_columns_go_by_name_whatever_stands_around()
    {
        var survey = Files.Load(
            "\ufeff,source,question,options,selections\r\n7,WVS,Q1,['x'],{'A': [1]}\r\n\r\n8,GAS,Q2,['x'],{'A': [1]}\r\n");
        Assert.Equal([0, 1], survey.Questions.Select(q => q.SourceRow));
        Assert.Equal(["WVS", "GAS"], survey.Questions.Select(q => q.Source));
        Assert.Equal(["Q1", "Q2"], survey.Questions.Select(q => q.Text));
    }

    [Fact]
    public void The_published_files_two_surveys_are_credited_and_nobody_elses()
    {
        const string Header = "question,selections,options,source\n", Row = "Q,{'A': [1]},['x'],";
        var notice = Files.Load($"{Header}{Row}GAS\n{Row}WVS\n").Notice;
        Assert.Contains("Pew Research Center Global Attitudes Surveys (GAS) and World Values Survey (WVS)", notice);
        Assert.Contains("CC BY-NC-SA 4.0", notice);
        Assert.Null(Files.Load($"{Header}{Row}GAS\n{Row}MINE\n").Notice);
        Assert.Null(Files.Load($"{Header}{Row}GAS\n").Notice);
    }

    [Fact]
    public void A_survey_is_identified_by_the_bytes_of_its_file()
    {
        var bytes = Encoding.UTF8.GetBytes(Files.Csv(("Q", "{'A': [1]}", "['x']")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Files.Load(bytes).Sha256);
    }

    [Fact]
    public void Distributions_are_renormalised_and_all_zero_ones_are_missing()
    {
        var survey = Files.Load(Files.Csv(
            ("Q", "{'A': [0.49, 0.49], 'B': [0.0, 0.0], 'C': [0.25, 0.75]}", "['x', 'y']"),
            ("R", "{'A': [0.8, 0.4], 'B': [0, 0]}", "['x', 'y']")));
        Assert.Equal(5, survey.Pairs);
        Assert.Equal(["A", "C"], survey.Questions[0].Humans.Select(h => h.Country));
        Assert.Equal([0.5, 0.5], survey.Questions[0].Humans[0].Probabilities);
        Assert.Equal([0.25, 0.75], survey.Questions[0].Humans[1].Probabilities);
        Assert.Equal(2.0 / 3, survey.Questions[1].Humans[0].Probabilities[0], 1e-15);

        var sums = Only(survey, OddityKind.SumNotOne);
        Assert.Equal([0, 1], sums.Rows);
        Assert.Equal(2, sums.Count);
        Assert.Contains("0.98 to 1.2", sums.Description);
        Assert.Equal(2, Only(survey, OddityKind.AllZero).Count);
    }

    [Theory]
    [InlineData(OddityKind.EmptyText, "", "['x', 'y']")]
    [InlineData(OddityKind.LineBreakInText, "Q\nR", "['x', 'y']")]
    [InlineData(OddityKind.LineBreakInText, "Q\rR", "['x', 'y']")]
    [InlineData(OddityKind.BlankAroundText, "Q ", "['x', 'y']")]
    [InlineData(OddityKind.NonAsciiText, "Q’s", "['x', 'y']")]
    [InlineData(OddityKind.GapInText, "How is ____?", "['x', 'y']")]
    [InlineData(OddityKind.EllipsisInText, "Q...a", "['x', 'y']")]
    [InlineData(OddityKind.NumericOption, "Q", "[0.0, 'y']")]
    [InlineData(OddityKind.LeakedTotal, "Q", "['x', 'Total        N=']")]
    [InlineData(OddityKind.PunctuatedOption, "Q", "['x', 'y, z']")]
    [InlineData(OddityKind.PunctuatedOption, "Q", "['x', \"y's\"]")]
    [InlineData(OddityKind.PunctuatedOption, "Q", @"['x', 'y\\z']")]
    [InlineData(OddityKind.NonAsciiOption, "Q", "['x', 'é']")]
    [InlineData(OddityKind.RepeatedOption, "Q", "['x', 'x']")]
    [InlineData(OddityKind.MissingValueAsText, "Q", "['x', 'nan']")]
    [InlineData(OddityKind.MissingValueAsText, "Q", "['x', '<NA>']")]
    [InlineData(OddityKind.MissingValueAsText, "NaN", "['x', 'y']")]
    [InlineData(OddityKind.BlankAroundOption, "Q", "['x', ' y']")]
    [InlineData(OddityKind.ControlCharacter, "Q\u001b[2J", "['x', 'y']")]
    [InlineData(OddityKind.ControlCharacter, "Q", @"['x', 'y\x07']")]
    [InlineData(OddityKind.RefusalOption, "Q", "['x', 'DK/Refused']")]
    [InlineData(OddityKind.RefusalOption, "Q", "['x', 'No Answer']")]
    [InlineData(OddityKind.RefusalOption, "Q", "['x', 'Missing; Not available']")]
    public void Each_oddity_of_text_and_options_is_met(OddityKind kind, string text, string options)
    {
        var survey = Files.Load(Files.Csv(("Fine", "{'Kenya': [0.5, 0.5], 'Chile': [0.5, 0.5]}", "['x', 'y']"),
            (text, "{'Kenya': [0.5, 0.5], 'Chile': [0.5, 0.5]}", options)));
        var oddity = Assert.Single(survey.Oddities);
        Assert.Equal(kind, oddity.Kind);
        Assert.Equal([1], oddity.Rows);
        Assert.Equal(1, oddity.Count);
        Assert.NotEmpty(oddity.Description);
    }

    [Theory]
    [InlineData(OddityKind.OptionWithoutMass, "{'Kenya': [1, 0], 'Chile': [1, 0]}")]
    [InlineData(OddityKind.SingleCountry, "{'Kenya': [0.5, 0.5]}")]
    [InlineData(OddityKind.NoHumans, "{}")]
    [InlineData(OddityKind.UnknownCountry, "{'Kenya': [0.5, 0.5], 'People over 60': [0.5, 0.5]}")]
    [InlineData(OddityKind.NonNationalSample, "{'Kenya': [0.5, 0.5], 'Chile (Non-national sample)': [0.5, 0.5]}")]
    public void Each_oddity_of_the_human_figures_is_met(OddityKind kind, string selections) =>
        Assert.Equal(kind, Assert.Single(Files.Load(Files.Csv(("Q", selections, "['x', 'y']"))).Oddities).Kind);

    [Fact]
    public void A_label_with_blanks_is_no_country_and_both_is_told() => Assert.Equal(
        [OddityKind.UnknownCountry, OddityKind.BlankAroundLabel],
        Files.Load(Files.Csv(("Q", "{'Kenya': [0.5, 0.5], ' Chile': [0.5, 0.5]}", "['x', 'y']"))).Oddities.Select(o => o.Kind));

    [Fact]
    public void Options_that_share_a_place_on_their_scale_are_told() => Assert.Equal([0], Only(Files.LoadAs(".yaml",
        "format: localopinions-survey/1\nquestions: [{id: a, text: T, scale: ordered, options: [x, {text: y, value: 1}, z], "
            + "answers: {Kenya: [0.5, 0.3, 0.2]}}]\n"), OddityKind.SharedScaleValue).Rows);

    [Fact]
    public void One_text_can_be_odd_in_several_ways() =>
        Assert.Equal(
            [OddityKind.NonAsciiText, OddityKind.BlankAroundText, OddityKind.EllipsisInText],
            Files.Load(Files.Csv((" Q…", "{'Kenya': [0.5, 0.5], 'Chile': [0.5, 0.5]}", "['x', 'y']"))).Oddities.Select(o => o.Kind));

    [Fact]
    public void To_know_nobody_is_an_answer_and_no_refusal() =>
        Assert.Empty(Met(Files.Load(Files.Csv(("Q", "{}", "['x', \"Don't know anyone\"]"))), OddityKind.RefusalOption));

    [Fact]
    public void Several_refusals_are_met_once_per_question()
    {
        var survey = Files.Load(Files.Csv(("Q", "{}", "['x', \"Don't know\", 'No answer', 'Missing; Unknown']")));
        Assert.Equal(3, Only(survey, OddityKind.RefusalOption).Count);
        Assert.Equal(1, Only(survey, OddityKind.SeveralRefusalOptions).Count);
    }

    [Fact]
    public void Questions_asked_twice_are_met_in_groups()
    {
        var survey = Files.Load(Files.Csv([.. new[] { "Same?", "Other", " Same? ", "SAME", "", "" }.Select(t => (t, "{}", "['x', 'y']"))]));
        Assert.Equal([0, 2], Only(survey, OddityKind.DuplicateText).Rows);
        Assert.Equal([0, 2, 3], Only(survey, OddityKind.NearDuplicateText).Rows);
        Assert.Contains("rows 0 and 2 and 3", Only(survey, OddityKind.NearDuplicateText).Description);
        Assert.Equal(1, Only(survey, OddityKind.NearDuplicateText).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(101)]
    public void Questions_with_too_few_or_too_many_options_are_kept(int options)
    {
        var survey = Files.Load(Files.Csv(("Q", "{}", $"[{string.Join(", ", Enumerable.Range(1, options).Select(i => $"'{i}'"))}]")));
        Assert.Equal([0], Only(survey, OddityKind.NotAskable).Rows);
        Assert.Equal(options, survey.Questions[0].Options.Count);
        Assert.Empty(Met(survey, OddityKind.MoreOptionsThanLetters));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(26, false)]
    [InlineData(27, true)]
    [InlineData(100, true)]
    public void Questions_that_are_asked_only_by_their_texts_are_told(int options, bool told)
    {
        var survey = Files.Load(Files.Csv(("Q", "{}", $"[{string.Join(", ", Enumerable.Range(1, options).Select(i => $"'{i}'"))}]")));
        Assert.Empty(Met(survey, OddityKind.NotAskable));
        Assert.Equal(told, Met(survey, OddityKind.MoreOptionsThanLetters).Any());
    }

    static IEnumerable<Oddity> Met(Survey survey, OddityKind kind) => survey.Oddities.Where(o => o.Kind == kind);

    static Oddity Only(Survey survey, OddityKind kind) => Assert.Single(Met(survey, kind));
}
