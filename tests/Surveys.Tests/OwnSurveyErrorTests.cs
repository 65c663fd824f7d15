using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Tests;

/// <summary>What goes wrong in a survey of one's own: each with line, column and what to do.</summary>
public class OwnSurveyErrorTests
{
    const string Head = "format: localopinions-survey/1\nquestions:\n";
    const string Q = "  - id: a\n    text: Tea?\n    options: [yes, no]\n";

    [Theory]
    [InlineData("name: x\n", 1, 1, "lacks the field \"format\"", "Add a line format")]
    [InlineData("format: localopinions-survey/2\nquestions: []\n", 1, 9, "the format is", "reads localopinions-survey/1")]
    [InlineData("format: localopinions-survey/1\nquestions: []\n", 2, 12, "no questions", "Add at least one")]
    [InlineData("format: localopinions-survey/1\nquestion: []\n", 2, 1, "no field \"question\"", "Did you mean questions?")]
    [InlineData(Head + "  - id: a\n    text: Tea?\n", 3, 5, "lacks the field \"options\"", "Add a line options")]
    [InlineData(Head + "  - id: a\n    text: Tea?\n    options: [yes]\n", 5, 14, "1 option", "two or more")]
    [InlineData(Head + "  - id: a\n    text: Tea?\n    options: [yes, no, yes]\n", 5, 24,
        "option 3 of the question a is the same as option 1", "differently")]
    [InlineData(Head + "  - id: a\n    text: Tea?\n    options: yes, no\n", 5, 14, "options must be a list", "hyphen")]
    [InlineData(Head + "  - id: a\n    text: Tea?\n    scale: sorted\n    options: [yes, no]\n", 5, 12, "scale is \"sorted\"",
        "ordered or nominal")]
    [InlineData(Head + "  - id: a\n    text: Tea?\n    options: [yes, {text: no, kind: dk}]\n", 5, 37, "kind is \"dk\"",
        "refusal or total")]
    [InlineData(Head + Q + "    answers:\n      Kenya: [0.5, 0.2]\n", 7, 14, "the values of Kenya sum to 0.7", "Shares sum to 1")]
    [InlineData(Head + Q + "    answers:\n      Kenya: [50, 50]\n", 7, 14, "sum to 100", "Shares sum to 1")]
    [InlineData(Head + Q + "    answers:\n      Kenya: {percent: [50, 20]}\n", 7, 24, "sum to 0.7", "Shares sum to 1")]
    [InlineData(Head + Q + "    answers:\n      Kenya: [0.5, 0.2, 0.3]\n", 7, 14, "Kenya has 3 values, but the question has 2 options",
        "one value per option")]
    [InlineData(Head + Q + "    answers:\n      Kenya: [0.5, half]\n", 7, 20, "is \"half\", not a number", "0.25")]
    [InlineData(Head + Q + "    answers:\n      Kenya: [1.5, -0.5]\n", 7, 14, "Kenya has the value -0.5", "0 or more")]
    [InlineData(Head + Q + "    answers:\n      Kenya: {n: 0, shares: [1, 0]}\n", 7, 18, "n is \"0\"", "1000")]
    [InlineData(Head + Q + "    answers:\n      Kenya: {n: 9, counts: [5, 5]}\n", 7, 18, "Kenya has n 9, but its counts sum to 10",
        "leave n out")]
    [InlineData(Head + Q + "    answers:\n      Kenya: {n: 9}\n", 7, 14, "have no figures", "shares, percent or counts")]
    [InlineData(Head + Q + "    answers:\n      Kenia: [0.5, 0.5]\n", 7, 7, "\"Kenia\" is no country of the table", "Did you mean Kenya?")]
    [InlineData(Head + Q + "    answers:\n      IRL: [0.5, 0.5]\n", 7, 7, "\"IRL\" is no country of the table", "Did you mean Ireland?")]
    [InlineData("groups: {Town: {}}\n" + Head + Q + "    answers:\n      Towm: [0.5, 0.5]\n", 8, 7, "\"Towm\" is no country",
        "Did you mean Town?")]
    [InlineData("groups: {Town: {country: Kenia}}\n" + Head + Q, 1, 26, "no country is called \"Kenia\"", "Did you mean Kenya?")]
    [InlineData("groups: {Town: {prompt: 'a {person}'}}\n" + Head + Q, 1, 25, "prompt holds a brace", "How would ... answer")]
    [InlineData(Head + Q + Q, 6, 5, "the question id a is used twice, first in", "an id of its own")]
    [InlineData(Head + Q + "    answers:\n      Kenya: [1, 0]\n      Kenya: [0, 1]\n", 8, 7, "not YAML", "")]
    [InlineData(Head + "  - id: a\n    text: One: two\n", 4, 14, "not YAML", "quotation marks")]
    [InlineData("language: russian\n" + Head + Q, 1, 11, "no language tag", "zh-Hans")]
    public void It_is_told_where_and_what_to_do(string content, int line, int column, string problem, string remedy)
    {
        var e = Assert.Throws<SurveyException>(() => Files.LoadAs(".yaml", content));
        Assert.Contains(problem, e.Message);
        Assert.Contains(remedy, e.Message);
        Assert.Equal((line, column.ToString()), (e.Line, e.Column));
        Assert.StartsWith(e.File, e.Message);
        Assert.Contains($"line {line}, column {column}", e.Message);
    }

    [Theory]
    [InlineData("# nothing\n", "holds nothing")]
    [InlineData("", "the file is empty")]
    [InlineData("- a\n", "must be names with values")]
    [InlineData("a: b\n---\nc: d\n", "second document")]
    public void A_file_that_is_no_survey_is_refused(string content, string problem) =>
        Assert.Contains(problem, Assert.Throws<SurveyException>(() => Files.LoadAs(".yaml", content)).Message);

    [Fact]
    public void Rounded_figures_are_divided_by_their_sum_and_counted()
    {
        var survey = Files.LoadAs(
            ".yaml", Head + Q + "    answers:\n      Kenya: [0.49, 0.5]\n      Chile: {percent: [33, 67]}\n      Ghana: [0, 0]\n");
        Assert.Equal(0.49 / 0.99, survey.Questions[0].Humans[0].Probabilities[0], 1e-15);
        Assert.Equal(1, survey.Oddities.Single(o => o.Kind == OddityKind.SumNotOne).Count);
        Assert.Equal(1, survey.Oddities.Single(o => o.Kind == OddityKind.AllZero).Count);
    }
}
