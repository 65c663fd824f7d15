using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;
using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// What a run's similarity to national samples can be held against, over a set of questions: those of them that another country was asked
/// too.
/// </summary>
sealed class YardstickMeans
{
    readonly ScoringSurvey _survey;
    readonly List<(int Column, int[] Questions, Yardstick WithoutModel)> _countries = [];

    /// <param name="survey">The survey.</param>
    /// <param name="answered">The questions that count, by index.</param>
    /// <param name="respondents">People asked, where the survey does not say.</param>
    public YardstickMeans(ScoringSurvey survey, bool[] answered, int respondents)
    {
        _survey = survey;
        var pairs = Enumerable.Range(0, survey.Countries.Count).Select(_ => new List<Pair>()).ToArray();
        foreach (var humans in survey.Humans.Values.Where(h => answered[h.Index]))
        {
            var world = survey.Worlds[humans.Index]!;
            foreach (var (place, column) in humans.Columns.Index())
            {
                if (!survey.Countries[column].IsNational || double.IsNaN(world.Mean[place]))
                    continue;
                var (shares, sample) = (humans.Distributions[place], humans.Samples[place]);
                var size = Math.Max(2, Math.Round((sample.Respondents ?? respondents) * (1 - sample.Refused)));
                pairs[column].Add(new(humans.Index, sample.Respondents is null, survey.Uniform[humans.Index, column],
                    world.Majority[place], world.Mean[place], SamplingLoss.OfSecondSample(shares, size),
                    SamplingLoss.OfPerfect(shares, size)));
            }
        }

        foreach (var (column, of) in pairs.Index().Where(p => p.Item.Count > 0))
            _countries.Add((column, [.. of.Select(p => p.Question)], Mean(survey.Countries[column].Label, of)));
    }

    /// <summary>Those of the questions that a run answered, country by country.</summary>
    /// <param name="results">The file.</param>
    /// <param name="surveyId">The run's survey.</param>
    /// <param name="similarities">The run's, of all its questions and countries.</param>
    /// <param name="respondents">People asked, where the survey does not say.</param>
    public static IReadOnlyList<Yardstick> Of(ResultsFile results, int surveyId, SimilarityMatrix similarities, int respondents)
    {
        var survey = results.InBulk(bulk => ScoringSurvey.Load(bulk.Connection, surveyId));
        return [.. new YardstickMeans(survey, similarities.Answered(), respondents).Of(similarities).Select(c => c.Yardstick)];
    }

    /// <summary>Country by country, by rising column.</summary>
    /// <param name="similarities">The run's.</param>
    public IEnumerable<(ScoringCountry Country, Yardstick Yardstick)> Of(SimilarityMatrix similarities) =>
        _countries.Select(c => (_survey.Countries[c.Column],
            c.WithoutModel with { Model = c.Questions.Average(q => similarities[q, c.Column]) }));

    public void Append(TableAppender table, int runId, SimilarityMatrix similarities)
    {
        foreach (var (country, y) in Of(similarities))
        {
            table.Write(runId).Write(country.Id).Write(y.N).Write(y.Assumed).Write(y.Model).Write(y.Uniform).Write(y.Majority)
                .Write(y.World).Write(y.SecondSample).Write(y.Perfect);
            table.EndRow();
        }
    }

    static Yardstick Mean(string country, List<Pair> pairs) => new()
    {
        Country = country,
        N = pairs.Count,
        Assumed = pairs.Count(p => p.IsAssumed),
        Model = double.NaN,
        Uniform = pairs.Average(p => p.Uniform),
        Majority = pairs.Average(p => p.Majority),
        World = pairs.Average(p => p.World),
        SecondSample = 1 - pairs.Average(p => p.SecondLoss),
        Perfect = 1 - pairs.Average(p => p.PerfectLoss),
    };

    readonly record struct Pair(
        int Question, bool IsAssumed, double Uniform, double Majority, double World, double SecondLoss, double PerfectLoss);
}
