using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

/// <summary>The full data set; its figures were counted by an independent reader (Python's csv and ast modules).</summary>
public class DataSetTests(DataSetTests.Fixture fixture) : IClassFixture<DataSetTests.Fixture>
{
    public sealed class Fixture
    {
        readonly Lazy<Survey> _survey = new(() => SurveyLoader.Load(Files.DataSet));

        public Survey Survey => _survey.Value;
    }

    Survey Survey => fixture.Survey;

    [Fact]
    public void Every_row_and_pair_is_accounted_for()
    {
        var summary = SurveySummary.Of(Survey);
        Assert.Equal(2556, summary.Questions);
        Assert.Equal(Enumerable.Range(0, 2556), Survey.Questions.Select(q => q.SourceRow));
        Assert.Equal([new("GAS", 2203), new("WVS", 353)], summary.Sources);
        Assert.Equal(138, summary.Countries.Count);
        Assert.Equal(new("Germany", 1129), summary.Countries[0]);
        Assert.Equal(46329, summary.Pairs);
        Assert.Equal(46329 - 85, summary.UsablePairs);
        Assert.Equal(
            [(2, 440), (3, 416), (4, 709), (5, 524), (6, 181), (7, 141), (8, 19), (9, 14), (10, 13), (11, 29), (12, 11), (13, 42), (14, 12),
                (15, 3), (17, 1), (18, 1)],
            summary.OptionCounts.Select(c => (c.Key, c.Value)));
    }

    [Fact]
    public void Every_distribution_is_one()
    {
        foreach (var question in Survey.Questions)
        {
            foreach (var human in question.Humans)
            {
                Assert.Equal(question.Options.Count, human.Probabilities.Count);
                Assert.All(human.Probabilities, p => Assert.InRange(p, 0, 1));
                Assert.Equal(1, human.Probabilities.Sum(), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(OddityKind.EmptyText, 1, 1)]
    [InlineData(OddityKind.SingleCountry, 849, 849)]
    [InlineData(OddityKind.SumNotOne, 299, 4311)]
    [InlineData(OddityKind.AllZero, 1, 85)]
    [InlineData(OddityKind.LeakedTotal, 7, 7)]
    [InlineData(OddityKind.NumericOption, 24, 222)]
    [InlineData(OddityKind.LineBreakInText, 309, 309)]
    [InlineData(OddityKind.BlankAroundText, 192, 192)]
    [InlineData(OddityKind.BlankAroundOption, 2, 3)]
    [InlineData(OddityKind.NonAsciiText, 270, 270)]
    [InlineData(OddityKind.DuplicateText, 2, 1)]
    [InlineData(OddityKind.NearDuplicateText, 12, 6)]
    public void Oddities_are_counted(OddityKind kind, int rows, int count)
    {
        var oddity = Of(kind);
        Assert.Equal((rows, count), (oddity.Rows.Count, oddity.Count));
    }

    [Theory]
    [InlineData(OddityKind.OptionWithoutMass, 63)]
    [InlineData(OddityKind.RefusalOption, 1178)]
    [InlineData(OddityKind.SeveralRefusalOptions, 321)]
    [InlineData(OddityKind.NonAsciiOption, 14)]
    [InlineData(OddityKind.GapInText, 201)]
    [InlineData(OddityKind.EllipsisInText, 827)]
    public void Rows_with_oddities_are_counted(OddityKind kind, int rows) => Assert.Equal(rows, Of(kind).Rows.Count);

    [Fact]
    public void The_rows_of_the_known_oddities_are_named()
    {
        Assert.Equal([2538], Of(OddityKind.EmptyText).Rows);
        Assert.Equal("", Survey.Questions[2538].Text);
        Assert.Equal([2446], Of(OddityKind.AllZero).Rows);
        Assert.Equal([161, 917, 996, 1359, 1820, 2007, 2022], Of(OddityKind.LeakedTotal).Rows);
        Assert.Equal([1056, 1611], Of(OddityKind.DuplicateText).Rows);
        Assert.Contains("0.98 to 1.072", Of(OddityKind.SumNotOne).Description);
        Assert.DoesNotContain(Survey.Oddities, o => o.Kind is OddityKind.NotAskable or OddityKind.NoHumans or OddityKind.UnknownCountry);
    }

    [Fact]
    public void Every_country_label_has_a_code_and_a_plain_name()
    {
        var countries = SurveySummary.Of(Survey).Countries.Select(c => Countries.Find(c.Key)).ToList();
        Assert.All(countries, c => Assert.Matches("^[A-Z]{3}$", c.Iso3));
        Assert.All(countries, c => Assert.DoesNotContain("sample", c.Name));
        Assert.Equal(26, countries.Count(c => c.Sample == SampleKind.NonNational));
    }

    [Fact]
    public void Every_country_label_has_a_spoken_name()
    {
        string[] withArticle =
        [
            "the Czech Republic", "the Maldives", "the Netherlands", "the Palestinian territories", "the Philippines", "the United States",
        ];
        var countries = SurveySummary.Of(Survey).Countries.Select(c => Countries.Find(c.Key)).ToList();
        Assert.All(countries, c => Assert.Matches(@"^(the )?\p{Lu}[\p{L} ]+\z", c.Spoken));
        Assert.All(countries, c => Assert.DoesNotMatch(@"sample|SAR|ROC|\.", c.Spoken));
        Assert.Equal(withArticle, countries.Select(c => c.Spoken).Where(s => s.StartsWith("the ")).Distinct()
            .Order(StringComparer.Ordinal));
        // But for these, an article is all that the spoken name adds.
        Assert.Equal(
            ["Great Britain: Britain", "Czechia: the Czech Republic"],
            countries.Where(c => c.Spoken != c.Name && c.Spoken != $"the {c.Name}").Select(c => $"{c.Name}: {c.Spoken}").Distinct());
    }

    [Fact]
    public void Every_label_is_found_by_name_in_any_case()
    {
        foreach (var (label, _) in SurveySummary.Of(Survey).Countries)
            Assert.Equal(Countries.Find(label), Countries.Named(label.ToUpperInvariant()));
    }

    [Fact]
    public void Every_question_can_be_asked_and_its_text_stands_in_the_prompt()
    {
        var template = Template.Create(TemplateFamily.Faithful, PromptEnding.Paren);
        foreach (var question in Survey.Questions)
        {
            Assert.True(template.CanAsk(question, out _));
            var prompt = template.Build(question);
            Assert.StartsWith($"Human: {question.Text}\n\nHere are the options:\n(A) {question.Options[0]}\n", prompt.Text);
            Assert.EndsWith(
                $"({prompt.Labels[^1]}) {question.Options[^1]}\n\nAssistant: If had to select one of the options, my answer would be (",
                prompt.Text);
        }
    }

    Oddity Of(OddityKind kind) => Assert.Single(Survey.Oddities, o => o.Kind == kind);
}
