using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

public class ScaleWordingTests
{
    [Theory]
    [InlineData("Very good|Somewhat good|Somewhat bad|Very bad|DK/Refused", "1 2 3 4 -")]
    [InlineData("Better|Worse|About the same|Don't know", "1 3 2 -")]
    [InlineData("Good|Bad|Neither (VOL)", "1 3 2")]
    [InlineData("Yes|No", "1 2")]
    [InlineData("Never justifiable|2|3|4|Always justifiable|No answer", "1 2 3 4 5 -")]
    [InlineData("Never justifiable|2|4|3|Always justifiable", "? ? ? ? ?")]
    [InlineData("Red|Green|Blue|No answer", "? ? ? -")]
    [InlineData("Yes|DK/Refused", "? -")]
    [InlineData("Approve|Disapprove|Total   N=", "1 2 -")]
    public void Scales_are_recognised_by_their_words_and_nothing_else_is(string options, string expected)
    {
        var (kinds, values) = ScaleWording.Recognise(options.Split('|'));
        Assert.Equal(expected, string.Join(' ', kinds.Select((k, i) => k == OptionKind.Unknown ? "?" : values[i]?.ToString() ?? "-")));
    }

    [Fact]
    public void More_than_half_of_the_data_sets_questions_have_known_kinds()
    {
        var kinds = SurveyLoader.Load(Files.DataSet).Questions.CountBy(q => q.Kinds.Contains(OptionKind.Ordered)).ToDictionary();
        Assert.Equal((1873, 683), (kinds[true], kinds[false]));
    }
}
