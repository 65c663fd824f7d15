using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

public class SurveyPolicyTests
{
    const string Survey = """
        format: localopinions-survey/1
        groups: {"Town": {sample: non-national}, "Few": {}}
        questions:
          - id: tea
            text: Tea?
            scale: ordered
            options: [Often, Seldom, {text: Refused, kind: refusal}, {text: "Total N=", kind: total}]
            answers:
              Kenya: {n: 1000, shares: [0.1, 0.3, 0.1, 0.5]}
              Town: {n: 500, shares: [0.5, 0.5, 0, 0]}
              Few: {n: 9, shares: [0, 0, 1, 0]}
              Chile: [0, 0, 0, 0]
          - id: one
            text: One?
            options: [Yes, {text: Refused, kind: refusal}]
            answers: {Kenya: [0.5, 0.5]}
        """;

    readonly Survey _survey = Files.LoadAs(".yaml", Survey);

    [Fact]
    public void By_default_everything_stays_and_is_counted()
    {
        var used = SurveyPolicy.Default.Apply(_survey);
        Assert.Equal((_survey.Sha256, _survey.Questions), (used.Sha256, used.Questions));
        Assert.Equal(
            [("refusals", "keep", 2), ("totals", "keep", 1), ("non-national", "keep", 1), ("fewest-respondents", "0", 0),
                ("only-refusals", "missing", 0), ("one-option-left", "missing", 0), ("all-zero", "missing", 1),
                ("sum-not-one", "divided", 0)],
            used.Policies.Select(p => (p.Policy, p.Choice, p.Count)));
    }

    [Fact]
    public void Dropped_refusals_are_neither_options_nor_shares()
    {
        var used = new SurveyPolicy(RefusalPolicy.Drop, Totals: false).Apply(_survey);
        var tea = used.Questions[0];
        Assert.Equal(["Often", "Seldom"], tea.Options);
        Assert.Equal([1, 2], tea.ScaleValues);
        Assert.Equal(["Kenya", "Town"], tea.Humans.Select(h => h.Country));
        Assert.Equal([0.25, 0.75], tea.Humans[0].Probabilities, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal((1000, 1, 1), (tea.Humans[0].Respondents, Count(used, "only-refusals"), Count(used, "one-option-left")));
        // One option is nothing to choose from.
        Assert.False(Template.Create(TemplateFamily.Faithful, PromptEnding.Paren).CanAsk(used.Questions[1], out _));
        Assert.NotEqual(_survey.Sha256, used.Sha256);
    }

    [Fact]
    public void Dropped_middles_are_neither_options_nor_shares()
    {
        var survey = Files.LoadAs(".yaml", """
            format: localopinions-survey/1
            questions:
              - id: five
                text: Good?
                scale: ordered
                options: [Very good, Good, Neither, Bad, Very bad]
                answers: {Kenya: [0.1, 0.2, 0.5, 0.1, 0.1], Chile: [0, 0, 1, 0, 0]}
              - id: four
                text: Good?
                scale: ordered
                options: [Very good, Good, Bad, Very bad]
                answers: {Kenya: [0.1, 0.4, 0.4, 0.1]}
              - id: names
                text: Who?
                options: [Ann, Bob, Cem]
                answers: {Kenya: [0.1, 0.4, 0.5]}
            """);
        var used = new SurveyPolicy(Middles: false).Apply(survey);
        Assert.Equal(["Very good", "Good", "Bad", "Very bad"], used.Questions[0].Options);
        Assert.Equal([1, 2, 4, 5], used.Questions[0].ScaleValues);
        // Chile chose nothing else.
        Assert.Equal("Kenya", Assert.Single(used.Questions[0].Humans).Country);
        Assert.Equal([0.2, 0.4, 0.2, 0.2], used.Questions[0].Humans[0].Probabilities, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([4, 3], used.Questions.Skip(1).Select(q => q.Options.Count));
        Assert.Equal((1, "drop"), (Count(used, "middles"), used.Policies.Single(p => p.Policy == "middles").Choice));
        Assert.NotEqual(survey.Sha256, used.Sha256);
        Assert.DoesNotContain("middles", SurveyPolicy.Default.Describe());
    }

    [Fact]
    public void Separated_refusals_stay_options_and_what_cannot_be_compared_without_them_is_missing()
    {
        var used = new SurveyPolicy(RefusalPolicy.Separate).Apply(_survey);
        Assert.Equal(4, used.Questions[0].Options.Count);
        Assert.Equal([0.1, 0.3, 0.1, 0.5], used.Questions[0].Humans[0].Probabilities);
        Assert.Equal(["Kenya", "Town"], used.Questions[0].Humans.Select(h => h.Country));
        Assert.Empty(used.Questions[1].Humans);
        Assert.Equal((1, 1), (Count(used, "only-refusals"), Count(used, "one-option-left")));
    }

    [Fact]
    public void Small_and_non_national_samples_can_be_left_out()
    {
        var used = new SurveyPolicy(NonNational: false, FewestRespondents: 100).Apply(_survey);
        Assert.Equal(["Kenya"], used.Questions[0].Humans.Select(h => h.Country));
        // Nobody knows how many were asked: that is no reason to leave them out.
        Assert.Single(used.Questions[1].Humans);
        Assert.Equal((1, 1), (Count(used, "non-national"), Count(used, "fewest-respondents")));
    }

    [Fact]
    public void Each_policy_is_a_survey_of_its_own()
    {
        SurveyPolicy[] policies = [new(), new(RefusalPolicy.Drop), new(RefusalPolicy.Separate), new(NonNational: false),
            new(FewestRespondents: 1), new(FewestRespondents: 2), new(Totals: false)];
        Assert.Equal(policies.Length, policies.Select(p => p.Apply(_survey).Sha256).Distinct().Count());
    }

    [Fact]
    public void The_data_sets_figures_are_counted_as_documented()
    {
        var used = SurveyPolicy.Default.Apply(SurveyLoader.Load(Files.DataSet));
        Assert.Equal((1750, 7, 3297, 85, 4311), (Count(used, "refusals"), Count(used, "totals"), Count(used, "non-national"),
            Count(used, "all-zero"), Count(used, "sum-not-one")));
        var dropped = new SurveyPolicy(RefusalPolicy.Drop, Totals: false).Apply(SurveyLoader.Load(Files.DataSet));
        Assert.Equal(0, dropped.Questions.Sum(q => q.Kinds.Count(k => k is OptionKind.Refusal or OptionKind.Total)));
        Assert.All(dropped.Questions.SelectMany(q => q.Humans), h => Assert.Equal(1, h.Probabilities.Sum(), 1e-9));
    }

    static int Count(Survey survey, string policy) => survey.Policies.Single(p => p.Policy == policy).Count;
}
