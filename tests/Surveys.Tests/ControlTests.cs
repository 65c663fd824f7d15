using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

public class ControlTests
{
    readonly Survey _sample = SampleSurvey.Load();

    [Fact]
    public void Options_only_leaves_the_question_out_and_nothing_else()
    {
        var question = _sample.Questions[0];
        foreach (var template in new[] { Faithful(), Template.Create(
            TemplateFamily.Shareable, PromptEnding.Paren, Countries.Find("Kenya")) })
        {
            var control = template.Under(Control.OptionsOnly, _sample);
            Assert.Equal(template.Build(question).Text.Replace($"Human: {question.Text}\n\nHere", "Human: Here"),
                control.Build(question).Text);
            Assert.DoesNotContain("beer", control.Build(question).Text);
            Assert.NotEqual(template.Sha256, control.Sha256);
            Assert.Equal((Control.OptionsOnly, template.Condition, template.Country),
                (control.Control, control.Condition, control.Country));
        }
        Assert.Contains("shareable", Assert.Throws<SurveyException>(
            () => Template.Create(TemplateFamily.Faithful, PromptEnding.Paren, Countries.Find("Kenya")).Under(Control.OptionsOnly, _sample))
            .Message);
    }

    [Fact]
    public void Shuffled_questions_exchange_their_texts_each_once_and_none_keeps_its_own()
    {
        var control = Faithful().Under(Control.ShuffledQuestion, _sample);
        var asked = _sample.Questions.Select(q => (Own: q,
            Asked: _sample.Questions.Single(o => control.Build(q).Text.StartsWith($"Human: {o.Text}\n")))).ToList();
        Assert.All(asked, a => Assert.NotEqual(a.Own.SourceRow, a.Asked.SourceRow));
        Assert.Equal(_sample.Questions.Count, asked.Select(a => a.Asked.SourceRow).Distinct().Count());
        Assert.All(asked, a => Assert.Contains($"(A) {a.Own.Options[0]}\n", control.Build(a.Own).Text));
        Assert.Equal(control.Build(_sample.Questions[3]).Text,
            Faithful().Under(Control.ShuffledQuestion, SampleSurvey.Load()).Build(_sample.Questions[3]).Text);
    }

    [Fact]
    public void Questions_worded_alike_are_never_exchanged_and_one_without_text_is_not_asked()
    {
        var survey = Files.Load(Files.Csv(("Same?", "{}", "['x', 'y']"), (" Same? ", "{}", "['x', 'y']"), ("Other?", "{}", "['x', 'y']"),
            ("", "{}", "['x', 'y']")));
        var control = Faithful().Under(Control.ShuffledQuestion, survey);
        Assert.All(survey.Questions.Take(2), q => Assert.StartsWith("Human: Other?", control.Build(q).Text));
        Assert.Contains("Same?", control.Build(survey.Questions[2]).Text);
        Assert.False(control.CanAsk(survey.Questions[3], out var reason));
        Assert.NotEmpty(reason!);
        var alone = Files.Load(Files.Csv(("Same?", "{}", "['x', 'y']"), ("Same?", "{}", "['x', 'y']")));
        Assert.Contains("no two questions", Assert.Throws<SurveyException>(() => Faithful().Under(Control.ShuffledQuestion, alone))
            .Message);
    }

    [Fact]
    public void The_data_sets_questions_all_get_another_text()
    {
        var survey = SurveyLoader.Load(Files.DataSet);
        var control = Faithful().Under(Control.ShuffledQuestion, survey);
        Assert.Equal(2538, Assert.Single(survey.Questions, q => !control.CanAsk(q, out _)).SourceRow);
        Assert.All(survey.Questions.Where(q => control.CanAsk(q, out _)), q =>
            Assert.False(control.Build(q).Text.StartsWith($"Human: {q.Text}\n\nHere", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_wrong_country_is_never_the_right_one_and_all_others_come_up()
    {
        var kenya = Countries.Find("Kenya");
        var control = Template.Create(TemplateFamily.Shareable, PromptEnding.Space, kenya).Under(Control.WrongCountry, _sample);
        Assert.Equal((kenya, "cross-national"), (control.Country, control.Condition));
        var named = Enumerable.Range(0, 3000).Select(row =>
            control.Build(_sample.Questions[0] with { SourceRow = row }).Text.Split("someone from ")[1].Split(" would")[0]).CountBy(c => c)
            .ToDictionary();
        Assert.Equal(54, named.Count);
        Assert.DoesNotContain("Kenya", named.Keys);
        // Uniform: 3000 / 54 = 55.6 each, standard deviation 7.4.
        Assert.All(named.Values, n => Assert.InRange(n, 20, 95));

        var britain = Template.Create(TemplateFamily.Faithful, PromptEnding.Space, Countries.Named("United Kingdom"))
            .Under(Control.WrongCountry, _sample);
        Assert.All(_sample.Questions, q => Assert.DoesNotContain("Britain", britain.Build(q).Text.Split(" answer")[0]));
        Assert.NotEqual(named.Keys.First(), britain.Build(_sample.Questions[0]).Text);
        Assert.Equal(SurveyStep.NameCountries,
            Assert.Throws<SurveyException>(() => Faithful().Under(Control.WrongCountry, _sample)).Step);
    }

    [Fact]
    public void Each_control_is_a_template_of_its_own()
    {
        var template = Template.Create(TemplateFamily.Shareable, PromptEnding.Paren, Countries.Find("Kenya"));
        Assert.Same(template, template.Under(Control.None, _sample));
        Assert.Equal(4, Enum.GetValues<Control>().Select(c => template.Under(c, _sample)).Select(t => (t.Sha256, t.Control)).Distinct()
            .Count());
    }

    static Template Faithful() => Template.Create(TemplateFamily.Faithful, PromptEnding.Paren);
}
