using LocalOpinions.Analysis.Texts;

namespace LocalOpinions.Analysis.Tests;

public class TextRuleTests
{
    static readonly string[] s_labels = ["A", "B", "C", "D"];
    static readonly string[] s_options = ["Very good", "Good", "Not good", "No"];

    [Theory]
    [InlineData("A)", 0, TextClass.Letter)]
    [InlineData("B) Good\n\nHuman", 1, TextClass.Letter)]
    [InlineData("C", 2, TextClass.Letter)]
    [InlineData("(D) No", 3, TextClass.Letter)]
    [InlineData(" D. I do not think so", 3, TextClass.Letter)]
    [InlineData("My answer is (B), because it is so.", 1, TextClass.Letter)]
    [InlineData("very good indeed", 0, TextClass.Words)]
    [InlineData("It is Good.", 1, TextClass.Words)]
    [InlineData("It is not good at all", 2, TextClass.Words)]
    [InlineData("no", 3, TextClass.Words)]
    [InlineData("No, not in this country", 3, TextClass.Words)]
    [InlineData("(A) Very good\n(B) Good", null, TextClass.Several)]
    [InlineData("A) Good", null, TextClass.Several)]
    [InlineData("A friend told me", null, TextClass.None)]
    [InlineData("B", 1, TextClass.Letter)]
    [InlineData("Both", null, TextClass.None)]
    [InlineData("I have no idea", null, TextClass.None)]
    [InlineData("goodness", null, TextClass.None)]
    [InlineData("November", null, TextClass.None)]
    [InlineData("", null, TextClass.None)]
    public void The_one_option_that_a_text_names_is_found(string text, int? expected, TextClass read) =>
        Assert.Equal(new ReadText(read, expected), TextRule.Read(text, s_labels, s_options));

    // What comes behind the answer are reasons, and reasons weigh the other options.
    [Theory]
    [InlineData("B).\n\nOption (A) is for those who are easily pleased.", 1)]
    [InlineData("B).\n\nThe answer is:\n\n(A) Very good", 1)]
    [InlineData("C).\n\n(A) Very good\n(B) Good\n(C) Not good", 2)]
    [InlineData("I would say Good. (A) would be too much.", 1)]
    [InlineData("A) Very good\n\nB) Good\n\nC) Not good", null)]
    [InlineData("A)\nB)\nC)", null)]
    [InlineData("Either (A) or (B).", null)]
    public void The_first_statement_that_names_an_option_decides(string text, int? expected) =>
        Assert.Equal(expected, TextRule.Read(text, s_labels, s_options).Option);

    [Theory]
    [InlineData("It is not very good.", null)]
    [InlineData("It was never \"very good\", I would say Good.", 1)]
    public void What_is_negated_is_not_named(string text, int? expected) =>
        Assert.Equal(expected, TextRule.Read(text, s_labels, s_options).Option);

    [Theory]
    [InlineData("As an AI, I don’t have personal opinions.", TextClass.Refusal)]
    [InlineData("I cannot answer that.", TextClass.Refusal)]
    [InlineData("Как языковая модель, я ...", TextClass.Refusal)]
    [InlineData("Als KI-Modell habe ich keine Meinung.", TextClass.Refusal)]
    [InlineData("Ich habe keine persönlichen Ansichten.", TextClass.Refusal)]
    [InlineData("Je n’ai pas d’opinions.", TextClass.Refusal)]
    [InlineData("作为AI助手，我……", TextClass.Refusal)]
    [InlineData("我认为作为一个人工智能模型", TextClass.Refusal)]
    [InlineData("I do not think so", TextClass.None)]
    [InlineData("As an aide to the president I work a lot.", TextClass.None)]
    [InlineData("It should be seen as an aim.", TextClass.None)]
    [InlineData("Als Kind war ich froh.", TextClass.None)]
    [InlineData("Lo veo como ialguien.", TextClass.None)]
    [InlineData("As an AI I would choose (B).", TextClass.Letter)]
    public void Who_names_nothing_may_decline(string text, TextClass expected) =>
        Assert.Equal(expected, TextRule.Read(text, s_labels, s_options).Class);

    [Fact]
    public void Letters_count_only_where_they_were_listed() => Assert.Null(TextRule.Read("B) surely", [], s_options).Option);

    [Fact]
    public void Numbers_and_options_that_are_alike_are_known_by_their_letters_alone()
    {
        Assert.Null(TextRule.Read("1 of 10", s_labels, ["1", "2", "3", "10"]).Option);
        Assert.Equal(1, TextRule.Read("B) 2 of 10", s_labels, ["1", "2", "3", "10"]).Option);
        Assert.Null(TextRule.Read("Other", s_labels, ["Yes", "Other", "other"]).Option);
    }

    [Fact]
    public void Scripts_without_blanks_have_no_ends_of_words()
    {
        string[] options = ["非常好", "好", "不好"];
        Assert.Equal(2, TextRule.Read("我觉得不好。", s_labels, options).Option);
        Assert.Equal(0, TextRule.Read("非常好", s_labels, options).Option);
        Assert.Equal(1, TextRule.Read("Б) так", ["А", "Б"], ["да", "нет"]).Option);
    }
}
