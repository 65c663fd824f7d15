using System.Text.Json;
using CsvHelper;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Tests;

public class SampleSurveyTests
{
    readonly Survey _sample = SampleSurvey.Load();

    [Fact]
    public void The_sample_is_small_and_spans_the_world()
    {
        Assert.Equal(24, _sample.Questions.Count);
        Assert.Equal(24, _sample.Questions.Select(q => q.SourceRow).Distinct().Count());
        Assert.All(_sample.Questions, q => Assert.InRange(q.Options.Count, 2, 6));
        Assert.All(_sample.Questions, q => Assert.True(q.Humans.Count >= 10));
        var countries = SurveySummary.Of(_sample).Countries;
        Assert.True(countries.Count >= 12);
        Assert.All(countries, c => Assert.True(c.Value >= 8, $"{c.Key}: {c.Value}"));
        Assert.All(countries, c => Assert.NotNull(Countries.Find(c.Key).Iso3));
    }

    [Fact]
    public void The_notice_says_what_the_figures_are()
    {
        Assert.Contains("demonstration only: the figures belong to the original wording", _sample.Notice,
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains("CC BY-NC-SA 4.0", _sample.Notice);
    }

    [Fact]
    public void Whole_percentages_sum_to_about_100()
    {
        Assert.All(Stored().Questions.SelectMany(q => q.Percent.Values), p => Assert.InRange(p.Sum(), 97, 103));
    }

    [Fact]
    public void Every_figure_is_the_sources_rounded_and_certain()
    {
        var source = SurveyLoader.Load(Files.DataSet);
        var status = Statuses();
        foreach (var question in Stored().Questions)
        {
            var original = source.Questions[question.SourceRow];
            Assert.Equal("GAS", original.Source);
            Assert.Equal(original.Options.Count, question.Options.Count);
            foreach (var (country, percent) in question.Percent)
            {
                Assert.Contains(status[(question.SourceRow, country)], new[] { "direct", "solved-unique" });
                var human = Assert.Single(original.Humans, h => h.Country == country);
                Assert.Equal(human.Probabilities.Select(p => (int)Math.Round(100 * p, MidpointRounding.AwayFromZero)), percent);
            }
        }
    }

    [Fact]
    public void No_question_is_in_the_words_of_the_original()
    {
        var source = SurveyLoader.Load(Files.DataSet);
        var originals = source.Questions.Select(q => DuplicateTexts.Normalised(q.Text)).ToHashSet();
        Assert.All(_sample.Questions, q => Assert.DoesNotContain(DuplicateTexts.Normalised(q.Text), originals));
    }

    static SampleFile Stored() => JsonSerializer.Deserialize<SampleFile>(SampleSurvey.Bytes(), JsonSerializerOptions.Web)!;

    static Dictionary<(int Row, string Country), string> Statuses()
    {
        using var reader = CsvReader.FromFile(Files.DataSetStatus);
        var statuses = new Dictionary<(int, string), string>();
        while (reader.Read())
            statuses.Add((reader.Parse<int>(0), reader.GetString(1)), reader.GetString(2));
        return statuses;
    }
}
