using LocalOpinions.Analysis.Texts;

namespace LocalOpinions.Runner.Tests;

public class NamedOptionTests
{
    static readonly string[] s_labels = ["A", "B", "C", "D"];
    static readonly string[] s_options = ["Very good", "Good", "Not good", "No"];

    [Theory]
    [InlineData("A)", 0)]
    [InlineData("B) Good\n\nHuman", 1)]
    [InlineData("C", 2)]
    [InlineData("(D) No", 3)]
    [InlineData(" D. I do not think so", 3)]
    [InlineData("My answer is (B), because it is so.", 1)]
    [InlineData("very good indeed", 0)]
    [InlineData("It is Good.", 1)]
    [InlineData("It is not good at all", 2)]
    [InlineData("no", 3)]
    [InlineData("No, not in this country", 3)]
    [InlineData("(A) Very good\n(B) Good", null)]
    [InlineData("A) Good", null)]
    [InlineData("A friend told me", null)]
    [InlineData("B", 1)]
    [InlineData("Both", null)]
    [InlineData("I have no idea", null)]
    [InlineData("goodness", null)]
    [InlineData("November", null)]
    [InlineData("", null)]
    public void The_one_option_that_a_text_names_is_found(string text, int? expected) =>
        Assert.Equal(expected, NamedOption.In(text, s_labels, s_options));

    [Fact]
    public void Letters_count_only_where_they_were_listed() => Assert.Null(NamedOption.In("B) surely", [], s_options));

    [Fact]
    public void Numbers_and_options_that_are_alike_are_known_by_their_letters_alone()
    {
        Assert.Null(NamedOption.In("1 of 10", s_labels, ["1", "2", "3", "10"]));
        Assert.Equal(1, NamedOption.In("B) 2 of 10", s_labels, ["1", "2", "3", "10"]));
        Assert.Null(NamedOption.In("Other", s_labels, ["Yes", "Other", "other"]));
    }

    [Fact]
    public void Scripts_without_blanks_have_no_ends_of_words()
    {
        string[] options = ["非常好", "好", "不好"];
        Assert.Equal(2, NamedOption.In("我觉得不好。", s_labels, options));
        Assert.Equal(0, NamedOption.In("非常好", s_labels, options));
        Assert.Equal(1, NamedOption.In("Б) так", ["А", "Б"], ["да", "нет"]));
    }
}
