using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

/// <summary>What prompts look like when something is changed by rule.</summary>
public class PerturbationTests
{
    static readonly Question s_scale = new()
    {
        SourceRow = 7,
        Source = "test",
        Text = "How satisfied are you with the buses where you live?",
        Options = ["Very", "Fairly", "Not very", "Not at all", "Don't know"],
        Kinds = [OptionKind.Ordered, OptionKind.Ordered, OptionKind.Ordered, OptionKind.Ordered, OptionKind.Refusal],
        ScaleValues = [1, 2, 3, 4, null],
        Humans = [],
    };

    static readonly Question s_nominal = s_scale with
    {
        Options = ["Tea", "Coffee", "Milk"],
        Kinds = [OptionKind.Nominal, OptionKind.Nominal, OptionKind.Nominal],
        ScaleValues = [null, null, null],
    };

    [Theory]
    [InlineData("options-reversed", new[] { 4, 3, 2, 1, 0 }, "A B C D E")]
    [InlineData("scale-reversed", new[] { 3, 2, 1, 0, 4 }, "A B C D E")]
    [InlineData("labels-numbers", new[] { 0, 1, 2, 3, 4 }, "1 2 3 4 5")]
    [InlineData("labels-lower", new[] { 0, 1, 2, 3, 4 }, "a b c d e")]
    [InlineData("labels-roman", new[] { 0, 1, 2, 3, 4 }, "i ii iii iv v")]
    [InlineData("middle-added", new[] { 0, 1, -1, 2, 3, 4 }, "A B C D E F")]
    public void Options_and_labels_stand_as_the_name_says(string name, int[] listed, string labels)
    {
        var prompt = Ask(name).Build(s_scale);
        Assert.Equal(listed, prompt.Listed);
        Assert.Equal(labels.Split(' '), prompt.Labels);
        var texts = listed.Select(o => o < 0 ? "Somewhere in the middle" : s_scale.Options[o]);
        Assert.Contains(string.Concat(prompt.Labels.Zip(texts, (l, t) => $"\n({l}) {t}")), prompt.Text);
        Assert.Equal(texts, prompt.Options);
    }

    // In every order, as cyclic orders ask: each position still says which option it holds.
    [Fact]
    public void In_another_order_the_change_is_made_to_that_order()
    {
        Assert.Equal([0, 4, 3, 2, 1], Ask("options-reversed").Build(s_scale, [1, 2, 3, 4, 0]).Listed);
        Assert.Equal([0, 3, 2, 4, 1], Ask("scale-reversed").Build(s_scale, [1, 2, 3, 4, 0]).Listed);
        Assert.Equal([1, -1, 2, 3, 4, 0], Ask("middle-added").Build(s_scale, [1, 2, 3, 4, 0]).Listed);
    }

    [Theory]
    [InlineData("scale-reversed")]
    [InlineData("middle-added")]
    public void What_needs_a_scale_is_not_done_without_one(string name)
    {
        Assert.False(Ask(name).CanAsk(s_nominal, out var reason));
        Assert.Contains("no scale", reason);
        Assert.True(Ask(name).CanAsk(s_scale, out _));
        var odd = s_scale with { Options = ["a", "b", "c"], Kinds = [.. s_scale.Kinds.Take(3)], ScaleValues = [1, 2, 3] };
        Assert.Equal(name == "scale-reversed", Ask(name).CanAsk(odd, out _));
    }

    [Fact]
    public void A_repeated_question_stands_there_twice() =>
        Assert.StartsWith($"Human: {s_scale.Text}\n{s_scale.Text}\n\nHere are", Ask("question-repeated").Build(s_scale).Text);

    [Fact]
    public void Typing_mistakes_are_drawn_by_the_row_and_keep_to_their_rate()
    {
        var text = string.Join(' ', Enumerable.Repeat("opinion", 20_000));
        var (one, again, other) = (Asked(0.1, 7), Asked(0.1, 7), Asked(0.1, 8));
        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        // Six of seven letters are inside their word; half of the mistakes leave one out (all at a word's last letter).
        var lost = text.Length - one.Length;
        var expected = 20_000 * (5 * 0.1 / 2 + 0.1) * 0.97;
        Assert.InRange(lost, expected * 0.9, expected * 1.1);
        Assert.All(one.Split(' ').Take(1000), w => Assert.StartsWith("o", w));
        Assert.All(one.Where(char.IsLetter), c => Assert.Contains(c, "opinion"));

        string Asked(double rate, int row)
        {
            var name = FormattableString.Invariant($"typos:{rate}");
            return Ask(name).Build(s_nominal with { SourceRow = row, Text = text }).Text.Split('\n')[0]["Human: ".Length..];
        }
    }

    [Fact]
    public void Only_the_question_has_mistakes_and_letters_with_marks_are_whole()
    {
        var prompt = Ask("typos:0.5").Build(s_scale with { Text = "ไม่รู้ नमस्ते e\u0301e\u0301e\u0301 123 123" });
        Assert.Contains("(A) Very\n(B) Fairly\n(C) Not very\n", prompt.Text);
        Assert.Contains("e\u0301e\u0301e\u0301 123 123\n", prompt.Text);
    }

    [Fact]
    public void Each_is_a_template_of_its_own()
    {
        var plain = Template.Create(TemplateFamily.Faithful, PromptEnding.Paren);
        var all = Perturbation.Names.Append("typos:0.1").Select(Ask).Append(plain).ToList();
        Assert.Equal(all.Count, all.Select(t => t.Sha256).Distinct().Count());
        Assert.Equal(all.Count, all.Select(t => t.Name).Distinct().Count());
        Assert.Equal("faithful+typos:0.05", Ask("typos").Name);
        Assert.Equal(Ask("typos").Sha256, Ask("typos:0.05").Sha256);
    }

    [Theory]
    [InlineData("")]
    [InlineData("typos:")]
    [InlineData("typos:0")]
    [InlineData("typos:0.6")]
    [InlineData("typos:0.1:2")]
    [InlineData("typos:NaN")]
    [InlineData("labels-numbers:2")]
    [InlineData("reversed")]
    public void Any_other_name_is_refused(string name) =>
        Assert.Contains("is no perturbation: give options-reversed",
            Assert.Throws<FormatException>(() => Perturbation.Parse(name)).Message);

    static Template Ask(string name) =>
        Template.Create(TemplateFamily.Faithful, PromptEnding.Paren).With(Perturbation.Parse(name));
}
