using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.Surveys.Tests;

public class TemplateTests
{
    [Fact]
    public void The_prompt_is_this_text_byte_for_byte()
    {
        const string body = "Human: Do you like tea?\n\nHere are the options:\n(A) Yes\n(B) No\n\nAssistant: If had to select one of the options, my answer would be";
        var question = Ask("Do you like tea?", "Yes", "No");
        Assert.Equal(body + " (", Template.Default(PromptEnding.Paren).Build(question).Text);
        Assert.Equal(body, Template.Default(PromptEnding.Space).Build(question).Text);
    }

    [Theory]
    [InlineData("gemma3-swa-spm")]
    [InlineData("qwen3-bpe")]
    public void The_reference_prompts_are_reproduced(string fixture)
    {
        var path = Path.Combine(Repository.Root, "tests", "Fixtures", "tiny", fixture + ".json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var prompts = json.RootElement.GetProperty("prompts").EnumerateArray().Select(p => p.GetString()!).Where(p => p.StartsWith("Human: ")).ToList();
        Assert.True(prompts.Count >= 10);
        foreach (var expected in prompts)
        {
            var question = TakeApart(expected);
            var prompt = Template.Default(PromptEnding.Space).Build(question);
            Assert.Equal(expected, prompt.Text);
            Assert.Equal(question.Options.Count, prompt.Labels.Count);
        }
    }

    [Fact]
    public void Survey_text_goes_in_verbatim_and_is_never_a_placeholder()
    {
        var prompt = Template.Default(PromptEnding.Space).Build(Ask(" {option}\r\n{label} \0{question}} ", "{question}", " {label}\n"));
        Assert.StartsWith("Human:  {option}\r\n{label} \0{question}} \n\nHere are the options:\n(A) {question}\n(B)  {label}\n\n\nAssistant:", prompt.Text);
    }

    [Fact]
    public void An_empty_question_is_asked() =>
        Assert.StartsWith("Human: \n\nHere are the options:\n(A) Yes\n", Template.Default(PromptEnding.Paren).Build(Ask("", "Yes", "No")).Text);

    [Fact]
    public void Labels_run_from_A_to_Z()
    {
        var options = Enumerable.Range(1, 26).Select(i => $"option {i}").ToArray();
        var prompt = Template.Default(PromptEnding.Paren).Build(Ask("Q", options));
        Assert.Equal("ABCDEFGHIJKLMNOPQRSTUVWXYZ", string.Concat(prompt.Labels));
        Assert.Contains("\n(Z) option 26\n\nAssistant:", prompt.Text);
    }

    [Theory]
    [InlineData(0, "0 options")]
    [InlineData(1, "1 option:")]
    [InlineData(27, "27 options")]
    public void Questions_outside_2_to_26_options_cannot_be_asked(int options, string expected)
    {
        var template = Template.Default(PromptEnding.Paren);
        var question = Ask("Q", [.. Enumerable.Range(0, options).Select(i => $"{i}")]);
        Assert.False(template.CanAsk(question, out var reason));
        Assert.StartsWith(expected, reason);
        Assert.Throws<ArgumentException>(() => template.Build(question));
    }

    [Fact]
    public void The_hash_is_that_of_the_wording_with_its_ending()
    {
        var paren = Template.Default(PromptEnding.Paren);
        var space = Template.Default(PromptEnding.Space);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(paren.Wording))), paren.Sha256);
        Assert.NotEqual(paren.Sha256, space.Sha256);
        Assert.NotEqual(space.Sha256, new Template("other", 1, "default", space.Wording.Replace("({label})", "{label}."), PromptEnding.Space).Sha256);
        Assert.Equal(space.Sha256, Template.Default(PromptEnding.Space).Sha256);
    }

    [Fact]
    public void The_published_wording_does_not_change_unnoticed()
    {
        // A change of these is a new version: stored answers are keyed by them.
        var template = Template.Default(PromptEnding.Paren);
        Assert.Equal(("if-had", 1, "default"), (template.Name, template.Version, template.Condition));
        Assert.Equal("7a79232bd7a98a95b2751ed9b16e012d23cdaa0ec8acd70895c002ad37560f7b", template.Sha256);
        Assert.Equal("0274baf76b5315e09ced6e3378fba8ce5431e576143866b900fde6446a1ff8d4", Template.Default(PromptEnding.Space).Sha256);
    }

    [Theory]
    [InlineData(PromptEnding.Paren)]
    [InlineData(PromptEnding.Space)]
    public void The_documentation_names_the_hash(PromptEnding ending) =>
        Assert.Contains(Template.Default(ending).Sha256, File.ReadAllText(Path.Combine(Repository.Root, "docs", "method.md")));

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
