using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Train and held-out parts: whole families, by content and seed alone.</summary>
public class SurveySplitTests
{
    static readonly Survey s_survey = MadeUp();

    [Theory]
    [InlineData("question")]
    [InlineData("question:0.5:7")]
    [InlineData("question:0.02")]
    [InlineData("question:0.98")]
    [InlineData("survey")]
    [InlineData("survey:0.9")]
    public void Parts_are_the_whole_and_tear_no_family(string name)
    {
        var split = SurveySplit.Parse(name);
        var (train, heldOut) = Parts(split, s_survey);
        Assert.Equal(s_survey.Questions.Select(q => q.SourceRow), train.Concat(heldOut).Order());
        Assert.NotEmpty(train);
        Assert.NotEmpty(heldOut);
        Assert.Equal(s_survey.Questions.Sum(q => q.Humans.Count),
            new SurveyPart(split, IsHeldOut: true).Of(s_survey).Pairs + new SurveyPart(split, IsHeldOut: false).Of(s_survey).Pairs);
        var families = ItemFamilies.Of(s_survey.Questions);
        Assert.Empty(train.Select(row => families[row]).Intersect(heldOut.Select(row => families[row])));
        // One battery in two sources is the same questions.
        if (split.By == SplitUnit.Question)
        {
            Assert.InRange(heldOut.Count, split.HeldOut * 200 - 10, split.HeldOut * 200 + 10);
            Assert.Empty(Stems(train).Intersect(Stems(heldOut)));
        }
    }

    [Fact]
    public void Another_order_of_the_file_gives_the_same_parts_and_another_seed_others()
    {
        var questions = s_survey.Questions.ToArray();
        new Random(3).Shuffle(questions);
        var shuffled = s_survey with { Questions = [.. questions.Select((q, row) => q with { SourceRow = row })] };
        foreach (var split in new[] { SurveySplit.Default, new(SplitUnit.Country, 0.3), new(SplitUnit.Survey) })
        {
            foreach (var part in new SurveyPart[] { new(split, IsHeldOut: true), new(split, IsHeldOut: false) })
                Assert.Equal(Content(part.Of(s_survey)), Content(part.Of(shuffled)));
        }
        Assert.NotEqual(Parts(SurveySplit.Default, s_survey).HeldOut, Parts(SurveySplit.Default with { Seed = 2 }, s_survey).HeldOut);
        // Not by chance the same in every version: who holds out must find the same again.
        Assert.Equal([471, 1722, 346, 2051, 408], Parts(SurveySplit.Default, SampleSurvey.Load()).HeldOut);
    }

    [Fact]
    public void Countries_are_parted_with_all_their_samples_and_every_question_stays()
    {
        var split = new SurveySplit(SplitUnit.Country, 0.34);
        var (train, heldOut) = (new SurveyPart(split, false).Of(s_survey), new SurveyPart(split, true).Of(s_survey));
        var (some, others) = (Labels(train), Labels(heldOut));
        Assert.Equal(200, train.Questions.Count);
        Assert.Equal(Labels(s_survey), some.Concat(others).Order());
        Assert.Empty(some.Select(Name).Intersect(others.Select(Name)));
        Assert.Single(others.Select(Name).Distinct());

        static IEnumerable<string> Labels(Survey survey) =>
            survey.Questions.SelectMany(q => q.Humans).Select(h => h.Country).Distinct().Order();

        static string Name(string label) => Geography.Countries.Find(label).Name;
    }

    [Fact]
    public void A_part_is_a_survey_of_its_own_whose_policies_say_which()
    {
        var whole = SurveyPolicy.Default.Apply(s_survey);
        var part = new SurveyPolicy(Part: new(SurveySplit.Default, IsHeldOut: true)).Apply(s_survey);
        Assert.NotEqual(whole.Sha256, part.Sha256);
        Assert.Equal("made up (held-out, question:0.2:1)", part.Name);
        Assert.Equal([new("part", "held-out", part.Questions.Count, "questions"), new("split", "question:0.2:1", 200, "questions")],
            part.Policies.TakeLast(2));
        // What else is left out of the survey moves no question from one part to the other.
        var without = new SurveyPolicy(RefusalPolicy.Drop, Part: new(SurveySplit.Default, IsHeldOut: true)).Apply(s_survey);
        Assert.Equal(part.Questions.Select(q => q.SourceRow), without.Questions.Select(q => q.SourceRow));
    }

    [Theory]
    [InlineData("question", "question:0.2:1")]
    [InlineData("country:0.25", "country:0.25:1")]
    [InlineData("survey:.5:9", "survey:0.5:9")]
    public void A_split_is_written_in_a_word(string text, string name) => Assert.Equal(name, SurveySplit.Parse(text).Name);

    [Theory]
    [InlineData("")]
    [InlineData("Question")]
    [InlineData("0")]
    [InlineData("question:1")]
    [InlineData("question:0")]
    [InlineData("question:NaN")]
    [InlineData("question:0.2:-1")]
    [InlineData("question:0.2:1:1")]
    public void What_is_no_split_is_told(string text) =>
        Assert.Contains("question:0.2:1", Assert.Throws<FormatException>(() => SurveySplit.Parse(text)).Message);

    [Fact]
    public void What_cannot_be_parted_is_told()
    {
        var one = s_survey with { Questions = [.. s_survey.Questions.Take(1)] };
        Assert.Contains("cannot be split by survey:0.2:1", Assert.Throws<SurveyException>(
            () => new SurveyPart(new(SplitUnit.Survey), true).Of(one)).Message);
    }

    [Fact]
    public void The_data_set_is_parted_near_the_share_that_is_asked_for()
    {
        var survey = SurveyLoader.Load(Files.DataSet);
        Assert.InRange(new SurveyPart(SurveySplit.Default, true).Of(survey).Questions.Count, 510, 512);
        Assert.All(new SurveyPart(new(SplitUnit.Survey), true).Of(survey).Questions, q => Assert.Equal("WVS", q.Source));
        var (train, heldOut) = Parts(SurveySplit.Default, survey);
        var families = ItemFamilies.Of(survey.Questions);
        Assert.Empty(train.Select(row => families[row]).Intersect(heldOut.Select(row => families[row])));
    }

    static (List<int> Train, List<int> HeldOut) Parts(SurveySplit split, Survey survey) =>
        (Rows(new SurveyPart(split, false).Of(survey)), Rows(new SurveyPart(split, true).Of(survey)));

    static List<int> Rows(Survey survey) => [.. survey.Questions.Select(q => q.SourceRow)];

    static IEnumerable<string> Stems(IEnumerable<int> rows) => rows.Select(row => ItemFamilies.Stem(s_survey.Questions[row].Text));

    static IEnumerable<string> Content(Survey survey) => survey.Questions
        .Select(q => $"{q.Source} {q.Text}: {string.Join(", ", q.Humans.Select(h => h.Country))}").Order(StringComparer.Ordinal);

    /// <summary>200 questions of two sources: batteries of 1 to 12 items, some of them in both.</summary>
    static Survey MadeUp()
    {
        List<Question> questions = [];
        for (var battery = 0; questions.Count < 200; battery++)
        {
            for (var item = 0; item <= battery % 12 && questions.Count < 200; item++)
            {
                questions.Add(new()
                {
                    SourceRow = questions.Count,
                    Source = (battery % 5 == 0 && item % 2 == 0) || battery % 3 == 0 ? "WVS" : "GAS",
                    Text = $"How much do you trust number {battery} of these institutions ... item {item}",
                    Options = ["much", "little", "don't know"],
                    Kinds = [OptionKind.Ordered, OptionKind.Ordered, OptionKind.Refusal],
                    Humans = [new("Kenya", [0.5, 0.3, 0.2]), new("India (Old national sample)", [0.5, 0.3, 0.2]),
                        new("India (Current national sample)", [0.5, 0.3, 0.2]), new("Brazil", [0.5, 0.3, 0.2])],
                });
            }
        }
        return new() { Name = "made up", Sha256 = new('a', 64), Questions = questions, Oddities = [], Pairs = 800 };
    }
}
