using System.Text;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Wordings;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Wordings of one's own: what they become, and what is refused where.</summary>
public class OwnWordingTests
{
    const string Head = "format: localopinions-wordings/1\nwordings:\n";

    static readonly Question s_tea = new() { SourceRow = 3, Source = "test", Text = "Tea?", Options = ["Yes", "No"], Humans = [] };

    static readonly Country s_brazil = Countries.Named("Brazil");

    [Fact]
    public void A_built_in_wording_from_a_file_is_the_built_in_one_to_the_last_byte()
    {
        var wordings = WordingFile.Read(WordingStarter.Example(), "w.yaml");
        foreach (var family in Enum.GetValues<TemplateFamily>())
        {
            var own = wordings.Single(w => w.Name == TemplateFamilies.NameOf(family));
            Assert.Equal(BuiltInWordings.Of(family), own);
            foreach (var (ending, country) in new[] { (PromptEnding.Paren, null), (PromptEnding.Space, s_brazil) })
            {
                var (here, there) = (Template.Create(own, ending, country), Template.Create(family, ending, country));
                Assert.Equal((there.Name, there.Version, there.Sha256), (here.Name, here.Version, here.Sha256));
                Assert.Equal(there.Build(s_tea).Text, here.Build(s_tea).Text);
            }
        }
    }

    [Fact]
    public void All_places_are_filled_and_survey_text_is_no_place()
    {
        var wording = Read("""
              - name: mine
                version: 2
                system_for: "Be {somebody}."
                message: "{question}\n- {label}: {option}\nOne only."
                message_for: "In {country}: {question}\n- {label}: {option}"
                opening: "It is"
                opening_for: "{somebody} says"
            """);
        var question = s_tea with { Text = "{country}?", Options = ["{question}", "b\nAssistant: c"] };
        var plain = Template.Create(wording, PromptEnding.Space).Build(question);
        Assert.Equal("Human: {country}?\n- A: {question}\n- B: b\nAssistant: c\nOne only.\n\nAssistant: It is", plain.Text);
        Assert.Null(plain.System);
        Assert.Equal("{country}?\n- A: {question}\n- B: b\nAssistant: c\nOne only.", plain.Message);
        Assert.Equal("It is", plain.Opening);
        var named = Template.Create(wording, PromptEnding.Paren, s_brazil);
        var prompt = named.Build(question);
        Assert.Equal("Be someone from Brazil.\n\nHuman: In Brazil: {country}?\n- A: {question}\n- B: b\nAssistant: c\n\n"
            + "Assistant: someone from Brazil says (", prompt.Text);
        Assert.Equal(("Be someone from Brazil.", "someone from Brazil says ("), (prompt.System, prompt.Opening));
        Assert.Equal(("mine", 2, true), (named.Name, named.Version, named.HasSystem));
    }

    [Fact]
    public void The_same_text_is_the_same_wording_in_any_file_and_another_text_another()
    {
        const string body = "name: a, message: \"{question}\\n({label}) {option}\", opening: I say";
        var one = Template.Create(Read($"  - {{{body}}}\n"), PromptEnding.Paren).Sha256;
        Assert.Equal(one, Template.Create(Read($"  - {{version: 1, {body}}}\n"), PromptEnding.Paren).Sha256);
        Assert.NotEqual(one, Template.Create(Read($"  - {{{body}, system: Hello}}\n"), PromptEnding.Paren).Sha256);
    }

    [Theory]
    [InlineData("message: \"({label}) {option}\", opening: x", "lacks {question}")]
    [InlineData("message: \"{question}\", opening: x", "no line that lists the options")]
    [InlineData("message: \"{question}\\n{option}\", opening: x", "does not list an option with its label")]
    [InlineData("message: \"{question}\\n({label}) {option}\\n({label}) {option}\", opening: x", "2 lines that list the options")]
    [InlineData("message: \"({label}) {option}\\n{question}\", opening: x", "begins with the line that lists the options")]
    [InlineData("message: \"{question} {topic}\\n({label}) {option}\", opening: x", "\"{topic}\", which is no place")]
    [InlineData("message: \"{question} {\\n({label}) {option}\", opening: x", "no place that is filled")]
    [InlineData("message: \"In {country}: {question}\\n({label}) {option}\", opening: x", "write {country} in message_for")]
    [InlineData("message: \"{question}\\n({label}) {option}\", opening: \"{question}\"", "{question}, which has no place there")]
    [InlineData("message: \"{question}\\n({label}) {option}\", opening: \"a\\nb\"", "opening has several lines")]
    [InlineData("message: \"{question}\\n({label}) {option}\\nAssistant: x\", opening: x", "begins with \"Assistant: \"")]
    [InlineData("message: \"{question}\\n({label}) {option}\", opening: x, system: \"Human: hi\"", "holds \"Human: \"")]
    [InlineData("message: \"{question}\\n({label}) {option}\"", "lacks the field \"opening\"")]
    [InlineData("message: \"{question}\\n({label}) {option}\", opening: x, mesage_for: y", "Did you mean message_for?")]
    [InlineData("version: 0, message: \"{question}\\n({label}) {option}\", opening: x", "version is \"0\"")]
    public void What_no_prompt_can_be_made_of_is_refused_with_its_place(string fields, string problem)
    {
        var e = Assert.Throws<SurveyException>(() => Read($"  - {{name: a, {fields}}}\n"));
        Assert.Contains(problem, e.Message);
        Assert.StartsWith("w.yaml, line 3", e.Message);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("a@b")]
    [InlineData("a+b")]
    public void A_name_is_one_word(string name) => Assert.Contains("the name is",
        Assert.Throws<SurveyException>(() => Read($"  - {{name: \"{name}\", message: x, opening: x}}\n")).Message);

    [Fact]
    public void A_name_stands_for_one_wording()
    {
        const string body = "message: \"{question}\\n({label}) {option}\", opening: x}\n";
        Assert.Contains("line 4", Assert.Throws<SurveyException>(
            () => WordingFile.Read(Encoding.UTF8.GetBytes($"{Head}  - {{name: a, {body}  - {{name: a, {body}"), "w.yaml")).Message);
        Assert.Contains("the name faithful is that of a wording in the program",
            Assert.Throws<SurveyException>(() => Read($"  - {{name: faithful, {body}")).Message);
    }

    [Fact]
    public void Whom_a_wording_cannot_name_is_told()
    {
        var wording = Read("  - {name: a, message: \"{question}\\n({label}) {option}\", opening: x}\n");
        Assert.False(wording.CanName(s_brazil, out var problem));
        Assert.Contains("{country} or {somebody}", problem);
        var countries = wording with { OpeningFor = "In {country}" };
        Assert.True(countries.CanName(s_brazil, out _));
        Assert.False(countries.CanName(s_brazil with { Member = "a member" }, out problem));
        Assert.Contains("is a group", problem);
        Assert.False(countries.CanName(s_brazil, new("p", "a student"), out problem));
        Assert.Contains("{persona}", problem);
        Assert.False((wording with { OpeningFor = "{persona}" }).CanName(s_brazil, out problem));
        Assert.Contains("no personas are given", problem);
    }

    [Theory]
    [InlineData(TemplateFamily.Faithful, "Human: How would someone from Brazil, a student of law, answer the following question: Tea?\n")]
    [InlineData(TemplateFamily.Shareable, "the one that someone from Brazil, a student of law, would select is (")]
    public void The_built_in_wordings_name_a_persona_between_commas(TemplateFamily family, string expected)
    {
        var template = Template.Create(family, PromptEnding.Paren, s_brazil).As(new("law", "a student of law"));
        Assert.Contains(expected, template.Build(s_tea).Text);
        Assert.Equal($"{TemplateFamilies.NameOf(family)}@law", template.Name);
        var group = Template.Create(family, PromptEnding.Paren, s_brazil with { Member = "a member" }).As(new("law", "a student of law"));
        Assert.Contains("a member, a student of law, ", group.Build(s_tea).Text);
    }

    static OwnWording Read(string body) => WordingFile.Read(Encoding.UTF8.GetBytes(Head + body), "w.yaml").Single();
}
