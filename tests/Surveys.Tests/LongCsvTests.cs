using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Tests;

public class LongCsvTests
{
    const string Header = "id,question,option,kind,group,count,source\n";

    [Fact]
    public void Rows_are_gathered_in_the_order_in_which_they_come()
    {
        var survey = Files.LoadAs(".csv", Header
            + "b,\"Tea, or not?\",Yes,ordered,Kenya,30,mine\n"
            + "a,Cake?,Often,,Town,1,\n"
            + "b,\"Tea, or not?\",No,ordered,Kenya,10,mine\n"
            + "b,\"Tea, or not?\",No answer,refusal,Kenya,10,mine\n"
            + "b,\"Tea, or not?\",Yes,ordered,Town,7,mine\n"
            + "a,Cake?,Never,,Town,3,\n");
        Assert.Equal(["b", "a"], survey.Questions.Select(q => q.Id));
        var (tea, cake) = (survey.Questions[0], survey.Questions[1]);
        Assert.Equal(["Yes", "No", "No answer"], tea.Options);
        Assert.Equal([OptionKind.Ordered, OptionKind.Ordered, OptionKind.Refusal], tea.Kinds);
        Assert.Equal([0.6, 0.2, 0.2], tea.Humans[0].Probabilities);
        Assert.Equal([1, 0, 0], tea.Humans[1].Probabilities);
        Assert.Equal((50, 7), (tea.Humans[0].Respondents, tea.Humans[1].Respondents));
        Assert.Equal(("mine", "own"), (tea.Source, cake.Source));
    }

    [Theory]
    [InlineData("question,option,group,share\nTea?,Yes,Kenya,0.4\nTea?,No,Kenya,0.6\n")]
    [InlineData("share,group,option,question\n0.4,Kenya,Yes,Tea?\n0.6,Kenya,No,Tea?\n")]
    [InlineData("question,option,group,percent,n\nTea?,Yes,Kenya,40,\nTea?,No,Kenya,60,\n")]
    public void Few_columns_are_enough(string content)
    {
        var question = Assert.Single(Files.LoadAs(".csv", content).Questions);
        Assert.Equal([0.4, 0.6], question.Humans[0].Probabilities);
        Assert.Null(question.Humans[0].Respondents);
        Assert.Equal("0", question.Id);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Other_separators_are_seen_in_the_first_line(char separator)
    {
        var content = "question,option,group,share\n"
            + "\"Tea, or \"\"not\"\"; then?\",Yes,Kenya,0.4\n"
            + "\"Tea, or \"\"not\"\"; then?\",No,Kenya,0.6\n";
        var cells = content.Split('\n').Select(l => l.Replace("\"Tea, ", "\"Tea\u0001 ").Replace(',', separator).Replace('\u0001', ','));
        var question = Assert.Single(Files.LoadAs(".csv", string.Join('\n', cells)).Questions);
        Assert.Equal("Tea, or \"not\"; then?", question.Text);
        Assert.Equal([0.4, 0.6], question.Humans[0].Probabilities);
    }

    [Fact]
    public void Weighted_people_are_gathered_into_any_groups()
    {
        var survey = Files.LoadAs(".csv", "id,question,option,weight,group,group:party,person,n\n"
            + "tea,Tea?,Yes,0.5,Kenya,Left,1,9\n"
            + "tea,Tea?,No,1.5,Kenya,Right,2,9\n"
            + "tea,Tea?,Yes,2,Kenya,,3,9\n"
            + "tea,Tea?,,1,Kenya,Left,4,9\n"
            + "cake,Cake?,No,1,Kenya,Left,1,9\n"
            + "cake,Cake?,Yes,3,Kenya,Left,2,9\n");
        var (tea, cake) = (survey.Questions[0], survey.Questions[1]);
        Assert.Equal(["Kenya", "party: Left", "party: Right"], tea.Humans.Select(h => h.Country));
        Assert.Equal([2.5 / 4, 1.5 / 4], tea.Humans[0].Probabilities);
        Assert.Equal([1, 0], tea.Humans[1].Probabilities);
        Assert.Equal([3, 1, 1], tea.Humans.Select(h => h.Respondents));
        Assert.Equal([0.25, 0.75], cake.Humans.Single(h => h.Country == "party: Left").Probabilities);
        // No person's number of people is read, and that is told.
        Assert.Equal(2, survey.Oddities.Single(o => o.Kind == OddityKind.UnreadColumn).Count);
    }

    [Fact]
    public void People_need_no_country()
    {
        var survey = Files.LoadAs(".csv", "question,option,weight,group:age\nTea?,Yes,1,young\nTea?,No,3,young\n");
        Assert.Equal([0.25, 0.75], Assert.Single(Assert.Single(survey.Questions).Humans).Probabilities);
    }

    [Theory]
    [InlineData("800", "200", 1000)]
    [InlineData("800.4", "199.1", 1003)]
    public void Counts_may_have_an_n_that_fits(string yes, string no, int n)
    {
        var question = Assert.Single(Files.LoadAs(".csv",
            $"question,option,group,count,n\nTea?,Yes,Kenya,{yes},{n}\nTea?,No,Kenya,{no},{n}\n").Questions);
        Assert.Equal(n, question.Humans[0].Respondents);
    }

    [Fact]
    public void A_column_that_is_not_read_is_told()
    {
        var survey = Files.LoadAs(".csv", "question,option,group,share,weight,knd\nTea?,Yes,Kenya,0.4,1,\nTea?,No,Kenya,0.6,1,\n");
        var oddity = Assert.Single(survey.Oddities, o => o.Kind == OddityKind.UnreadColumn);
        Assert.Equal(2, oddity.Count);
        Assert.Contains("(weight; knd)", oddity.Description);
    }

    [Theory]
    [InlineData("question;option;group;share\nTea?;Yes;Kenya;0,4\n", "row 0 (line 2), column share", "\"0,4\" is no number",
        "with a point")]
    [InlineData("question,option,group\nTea?,Yes,Kenya\n", "line 1", "no column of figures", "share or percent or count")]
    [InlineData("question,option,group,share,count\n", "line 1", "more than one column of figures", "share or percent or count")]
    [InlineData("option,group,share\nYes,Kenya,1\n", "line 1", "no column named question", "must name the columns")]
    [InlineData(Header + "a,Q,Yes,,Kenya,many,\n", "row 0 (line 2), column count", "\"many\" is no number", "0.25")]
    [InlineData(Header + "a,Q,Yes,,Kenya,-1,\n", "row 0 (line 2), column count", "\"-1\" is no number of 0 or more", "0.25")]
    [InlineData(Header + "a,Q,Yes,maybe,Kenya,1,\n", "row 0 (line 2), column kind", "\"maybe\" is no kind", "refusal")]
    [InlineData(Header + "a,Q,Yes,,Kenya,1,\na,R,No,,Kenya,1,\n", "row 1 (line 3), column question",
        "the question a has another text in row 0", "id of its own")]
    [InlineData(Header + "a,Q,Yes,,Kenya,1,\na,Q,Yes,,Kenya,1,\n", "row 1 (line 3)", "has a figure for Kenya already", "one row per")]
    [InlineData(Header + "a,Q,Yes,,Kenya,1,\na,Q,Yes,nominal,Town,1,\n", "row 1 (line 3), column kind", "another kind", "one kind")]
    [InlineData(Header + "a,Q,,,Kenya,1,\n", "row 0 (line 2), column option", "the cell is empty", "Name the option")]
    [InlineData(Header + ",Q,Yes,,Kenya,1,\n", "row 0 (line 2), column id", "the cell is empty", "id of its question")]
    [InlineData("question,option,group,share,n\nQ,Yes,Kenya,0.5,9\nQ,No,Kenya,0.5,8\n", "row 1 (line 3), column n",
        "Kenya has another n in row 0", "one n")]
    [InlineData("question,option,group,share\nQ,Yes,Kenya,0.5\nQ,No,Kenya,0.2\n", "row 0 (line 2), column share", "sum to 0.7",
        "Shares sum to 1")]
    [InlineData("question,option,group,count,n\nQ,Yes,Kenya,5,9\nQ,No,Kenya,5,9\n", "row 0 (line 2), column n",
        "Kenya has n 9, but its counts sum to 10", "leave n out")]
    [InlineData("question,option,group:age,weight\nQ,Yes,young,heavy\n", "row 0 (line 2), column weight", "\"heavy\" is no weight",
        "0 or more")]
    [InlineData(Header, "survey", "no questions", "at least one question")]
    public void What_is_wrong_is_told_with_its_place(string content, string place, string problem, string remedy)
    {
        var e = Assert.Throws<SurveyException>(() => Files.LoadAs(".csv", content));
        Assert.Contains(place == "survey" ? e.File : place, e.Message);
        Assert.Contains(problem, e.Message);
        Assert.Contains(remedy, e.Message);
    }
}
