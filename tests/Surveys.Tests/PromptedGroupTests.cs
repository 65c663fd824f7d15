using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Groups that are no countries, named in prompts by what the survey calls their members.</summary>
public class PromptedGroupTests
{
    const string File = "us.yaml";
    const string Democrat = "a supporter of the Democratic Party", Republican = "a supporter of the Republican Party";

    static readonly Survey s_survey = Files.LoadAs(".yaml", $$"""
        format: localopinions-survey/1
        groups:
          "Democrats": {name: "US Democrats", prompt: "{{Democrat}}"}
          "Republicans": {country: USA, prompt: {{Republican}}}
          "Independents": {}
          Kenya: {sample: non-national}
          Chile: {prompt: a citizen of Chile}
        questions:
          - id: tea
            text: "Do you like tea?"
            options: ["Yes", "No"]
            answers: {"Democrats": [0.5, 0.5], "Independents": [1, 0], Japan: [0, 1]}
        """);

    static Country Democrats => PromptedGroups.Named("Democrats", s_survey, File);

    [Fact]
    public void The_members_take_the_place_of_someone_from_a_country_in_every_wording()
    {
        Assert.StartsWith($"Human: How would {Democrat} answer the following question: Do you like tea?\n\nHere are",
            Prompt(TemplateFamily.Faithful));
        Assert.EndsWith($"\n\nAssistant: Of these options, the one that {Democrat} would select is", Prompt(TemplateFamily.Shareable));
        Assert.StartsWith($"Human: How would {Democrat} answer the following question: Do you like tea?\n",
            Prompt(TemplateFamily.Faithful, listed: false));
        Assert.EndsWith($"Assistant: The answer that {Democrat} would give is", Prompt(TemplateFamily.Shareable, listed: false));
        Assert.All(Enum.GetValues<TemplateFamily>(), f => Assert.DoesNotContain("someone", Prompt(f)));
    }

    [Fact]
    public void The_words_are_part_of_the_templates_identity()
    {
        var template = Template.Create(TemplateFamily.Shareable, PromptEnding.Paren, Democrats);
        Assert.Equal(("cross-national", "Democrats"), (template.Condition, template.Country!.PromptedAs));
        Assert.Contains(Democrat, template.Named);
        var others = new[] { Democrats with { Member = Republican }, Democrats with { Member = null } }
            .Select(c => Template.Create(TemplateFamily.Shareable, PromptEnding.Paren, c).Sha256);
        Assert.DoesNotContain(template.Sha256, others);
    }

    [Fact]
    public void A_country_is_named_as_ever_whatever_the_survey_declares()
    {
        Assert.Equal(Countries.Named("Japan"), PromptedGroups.Named("JPN", s_survey, File));
        Assert.All(Countries.Published, c => Assert.Equal(c, PromptedGroups.Named(c.Label, SampleSurvey.Load(), File)));
        // A group under a country's label that says nothing of its members leaves the country's prompt as it is.
        Assert.Equal(Countries.Named("Kenya"), PromptedGroups.Named("Kenya", s_survey, File));
        Assert.All(new[] { "Chile", "CHL" }, c => Assert.Equal("a citizen of Chile", PromptedGroups.Named(c, s_survey, File).Somebody));
    }

    [Theory]
    [InlineData("Germany", "Germany", "Easterners", "Germans abroad")]
    [InlineData("Easterners", "Easterners")]
    [InlineData("Chile", "Chile")]
    [InlineData("Georgia", "Tbilisi")]
    [InlineData("United States", "Georgia")]
    [InlineData("Kenya", "Kenya")]
    [InlineData("Japan")]
    public void A_country_is_all_its_people_and_a_group_with_a_name_of_its_own_is_itself_alone(string named, params string[] labels)
    {
        var survey = Files.LoadAs(".yaml", """
            format: localopinions-survey/1
            groups:
              Easterners: {country: Germany, name: "East Germans", prompt: someone from the East}
              Germans abroad: {country: DEU, sample: non-national}
              Chile: {prompt: a citizen of Chile}
              Santiago: {country: Chile}
              Georgia: {country: USA}
              Tbilisi: {name: Georgia}
              Kenya: {sample: non-national}
            questions:
              - id: tea
                text: "Do you like tea?"
                options: ["Yes", "No"]
                answers: {Germany: [1, 0], Easterners: [1, 0], Germans abroad: [1, 0], Chile: [1, 0], Santiago: [1, 0], Georgia: [1, 0],
                  Tbilisi: [1, 0], Kenya: [1, 0]}
            """);
        Assert.Equal(labels, PromptedGroups.Among(survey.People(), PromptedGroups.Named(named, survey, File)).Select(p => p.Label));
    }

    [Fact]
    public void Whom_no_prompt_can_name_is_told_with_file_and_remedy()
    {
        Told("Independents", File, "us.yaml: \"Independents\" is no country", "Say so under groups: \"Independents\": {prompt: ...}",
            "How would ... answer");
        Told("Independents", "wave", "wave: ", "own format");
        Told("Demokrats", File, "us.yaml: ", "Democrats, Republicans, Chile");
        Assert.Equal("no country is called \"Kenia\". Did you mean Kenya?",
            Assert.Throws<SurveyException>(() => PromptedGroups.Named("Kenia", SampleSurvey.Load(), "sample")).Message);

        static void Told(string name, string file, params string[] words)
        {
            var e = Assert.Throws<SurveyException>(() => PromptedGroups.Named(name, s_survey, file));
            Assert.All(words, w => Assert.Contains(w, e.Message));
        }
    }

    [Fact]
    public void The_wrong_one_for_a_group_is_another_group_and_for_a_country_a_country()
    {
        var tea = s_survey.Questions[0];
        var asked = Enumerable.Range(0, 100).Select(row => Wrong(Democrats, s_survey).Build(tea with { SourceRow = row }).Text).ToList();
        Assert.All(asked, t => Assert.DoesNotContain(Democrat, t));
        Assert.Contains(asked, t => t.Contains(Republican));
        Assert.Contains(asked, t => t.Contains("a citizen of Chile"));
        Assert.Contains("someone from ", Wrong(Democrats, s_survey
            with
        { Groups = new Dictionary<string, Country> { ["Democrats"] = Democrats } }).Build(tea).Text);
        Assert.Contains("someone from ", Wrong(Countries.Named("Japan"), s_survey).Build(tea).Text);

        static Template Wrong(Country named, Survey survey) =>
            Template.Create(TemplateFamily.Shareable, PromptEnding.Paren, named).Under(Control.WrongCountry, survey);
    }

    [Fact]
    public void They_are_written_and_read_back_also_those_that_nobody_of_answered()
    {
        using var text = new StringWriter();
        SurveyWriter.Write(s_survey, text);
        var again = Files.With(System.Text.Encoding.UTF8.GetBytes(text.ToString()), ".yaml", SurveyLoader.Load);
        foreach (var label in new[] { "Democrats", "Republicans", "Chile" })
            Assert.Equal(s_survey.GroupOf(label), again.GroupOf(label));
    }

    static string Prompt(TemplateFamily family, bool listed = true) =>
        Template.Create(family, PromptEnding.Space, Democrats, listed).Build(s_survey.Questions[0]).Text;
}
