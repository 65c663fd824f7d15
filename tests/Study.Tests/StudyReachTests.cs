using LocalOpinions.Asking.Prompts;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study.Tests;

/// <summary>What cannot be found is told before anything is asked.</summary>
public class StudyReachTests
{
    [Fact]
    public void Too_few_questions_for_any_verdict_are_told()
    {
        Assert.Contains("Nothing can be shown by this study: 24 questions", Told(SurveySource.Load(SurveySource.Sample), limit: null));
        Assert.Contains(": 7 questions", Told(SurveySource.Load(SurveySource.Sample), limit: 7));
    }

    [Fact]
    public void Countries_whose_people_answered_too_few_are_told_by_name()
    {
        // 120 questions to Brazil, of which every third went to Kenya too and all but one to Japan's old sample.
        var one = SurveySource.Load(SurveySource.Sample);
        var question = one.Questions[0];
        var people = question.Humans[0].Probabilities;
        var survey = one with
        {
            Questions = [.. Enumerable.Range(0, 120).Select(row => question with
            {
                SourceRow = row,
                Humans = [new("Brazil", people), .. row % 3 == 0 ? [new HumanDistribution("Kenya", people)] : (HumanDistribution[])[],
                    new(row == 5 ? "Japan (Non-national sample)" : "Japan (Old national sample)", people)],
            })],
        };
        var told = Told(survey, limit: null, "Brazil", "Kenya", "Japan", "Ghana");
        Assert.Contains("cannot be shown for Kenya (40), Ghana (0).", told);
        Assert.Null(Told(survey, limit: null, "Brazil", "Japan"));
        Assert.Contains("any country of this study: Kenya (34).", Told(survey, limit: 101, "Kenya"));
        Assert.Null(Told(survey, limit: 101, "Japan"));
        Assert.Contains("Japan (99)", Told(survey, limit: 100, "Brazil", "Japan"));
    }

    static string? Told(Survey survey, int? limit, params string[] countries)
    {
        var study = new StudyDeclaration { Models = ["m"], Survey = SurveySource.Sample, Limit = limit };
        if (countries.Length > 0)
            study = study with { Countries = countries };
        return StudyReach.Limits(study, survey);
    }
}
