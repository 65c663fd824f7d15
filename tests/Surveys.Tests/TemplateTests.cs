using System.Text.Json;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Tests;

namespace LocalOpinions.Surveys.Tests;

public class TemplateTests
{
    [Theory]
    [InlineData("gemma3-swa-spm")]
    [InlineData("qwen3-bpe")]
    public void The_reference_prompts_are_reproduced(string fixture)
    {
        var path = Path.Combine(Repository.Root, "tests", "Fixtures", "tiny", fixture + ".json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var prompts = json.RootElement.GetProperty("prompts").EnumerateArray().Select(p => p.GetString()!)
            .Where(p => p.StartsWith("Human: ")).ToList();
        Assert.True(prompts.Count >= 10);
        foreach (var expected in prompts)
        {
            var question = TakeApart(expected);
            var prompt = Faithful(PromptEnding.Space).Build(question);
            Assert.Equal(expected, prompt.Text);
            Assert.Equal(question.Options.Count, prompt.Labels.Count);
        }
    }

    [Fact]
    public void Survey_text_goes_in_verbatim_and_is_never_a_placeholder()
    {
        var prompt = Faithful(PromptEnding.Space).Build(Ask(" {option}\r\n{label} \0{question}} ", "{question}", " {label}\n"));
        Assert.StartsWith(
            "Human:  {option}\r\n{label} \0{question}} \n\nHere are the options:\n(A) {question}\n(B)  {label}\n\n\nAssistant:",
            prompt.Text);
    }

    [Fact]
    public void An_empty_question_is_asked() =>
        Assert.StartsWith("Human: \n\nHere are the options:\n(A) Yes\n", Faithful(PromptEnding.Paren).Build(Ask("", "Yes", "No")).Text);

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(51, "AZ")]
    [InlineData(52, "BA")]
    [InlineData(99, "CV")]
    [InlineData(702, "AAA")]
    public void Behind_Z_come_pairs_of_letters(int position, string letters) => Assert.Equal(letters, OptionLetters.At(position));

    [Fact]
    public void All_of_a_hundred_options_have_letters_of_their_own()
    {
        var prompt = Faithful(PromptEnding.Space).Build(Ask("Q", [.. Enumerable.Range(1, 100).Select(i => $"option {i}")]));
        Assert.Equal(100, prompt.Labels.Distinct().Count());
        Assert.Contains("\n(Z) option 26\n(AA) option 27\n", prompt.Text);
        Assert.Contains("\n(CV) option 100\n\nAssistant:", prompt.Text);
    }

    [Fact]
    public void Labels_run_from_A_to_Z()
    {
        var options = Enumerable.Range(1, 26).Select(i => $"option {i}").ToArray();
        var prompt = Faithful(PromptEnding.Paren).Build(Ask("Q", options));
        Assert.Equal("ABCDEFGHIJKLMNOPQRSTUVWXYZ", string.Concat(prompt.Labels));
        Assert.Contains("\n(Z) option 26\n\nAssistant:", prompt.Text);
    }

    [Theory]
    [InlineData(0, "0 options")]
    [InlineData(1, "1 option:")]
    [InlineData(101, "101 options: no more than 100")]
    public void Questions_outside_2_to_100_options_cannot_be_asked(int options, string expected)
    {
        var template = Faithful(PromptEnding.Paren);
        var question = Ask("Q", [.. Enumerable.Range(0, options).Select(i => $"{i}")]);
        Assert.False(template.CanAsk(question, out var reason));
        Assert.StartsWith(expected, reason);
        Assert.Throws<ArgumentException>(() => template.Build(question));
    }

    [Fact]
    public void Options_stand_in_the_given_order_and_labels_go_by_position()
    {
        var question = Ask("Q", "one", "two", "three");
        var prompt = Faithful(PromptEnding.Space).Build(question, [2, 0, 1]);
        Assert.Contains("\n(A) three\n(B) one\n(C) two\n\nAssistant:", prompt.Text);
        Assert.Equal(["A", "B", "C"], prompt.Labels);
        Assert.Equal(Faithful(PromptEnding.Space).Build(question).Text, Faithful(PromptEnding.Space).Build(question, [0, 1, 2]).Text);
    }

    [Theory]
    [InlineData]
    [InlineData(0, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(0, 1, 3)]
    [InlineData(0, 1, -1)]
    [InlineData(0, 1, 2, 3)]
    public void An_order_that_is_no_permutation_is_refused(params int[] order)
    {
        var e = Assert.Throws<ArgumentException>(() => Faithful(PromptEnding.Paren).Build(Ask("Q", "one", "two", "three"), order));
        Assert.Equal("order", e.ParamName);
    }

    static Template Faithful(PromptEnding ending) => Template.Create(TemplateFamily.Faithful, ending);

    static Question Ask(string text, params string[] options) =>
        new() { SourceRow = 0, Source = "test", Text = text, Options = options, Humans = [] };

    static Question TakeApart(string prompt)
    {
        const string middle = "\n\nHere are the options:\n";
        var at = prompt.IndexOf(middle, StringComparison.Ordinal);
        var options = prompt[(at + middle.Length)..prompt.IndexOf("\n\nAssistant:", StringComparison.Ordinal)];
        return Ask(prompt["Human: ".Length..at], [.. options.Split('\n').Select(o => o["(A) ".Length..])]);
    }
}
