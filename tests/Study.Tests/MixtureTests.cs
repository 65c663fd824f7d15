using System.Diagnostics;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Store;
using LocalOpinions.Tests;

namespace LocalOpinions.Study.Tests;

/// <summary>
/// A model that answers in part as Germany and in part uniformly, on the real survey: its plain means put countries with even answers
/// first, the adjusted ranking Germany.
/// </summary>
public sealed class MixtureTests(ITestOutputHelper output)
{
    [Fact]
    public void Germany_is_first_or_second_by_what_goes_beyond_the_uniform_answerer()
    {
        var path = Repository.DataSet;
        Assert.SkipUnless(File.Exists(path), "the full data set is not beside this checkout");
        var folder = Directory.CreateTempSubdirectory("localopinions-mixture-");
        try
        {
            using var results = ResultsFile.Open(Path.Combine(folder.FullName, "r.duckdb"));
            var survey = SurveySource.Load(path);
            var surveyId = SurveySource.AddTo(results, survey, path);
            foreach (var share in new[] { 0.1, 0.3, 0.9 })
            {
                var run = PlantedRuns.Add(results, PlantedRuns.AddModel(results, $"{share}"), surveyId,
                    survey.Questions.Where(q => q.Humans.Any(h => h.Country == "Germany")).ToDictionary(q => q.SourceRow,
                        q => q.Humans.First(h => h.Country == "Germany").Probabilities
                            .Select(p => share * p + (1 - share) / q.Options.Count).ToArray()));
                var watch = Stopwatch.StartNew();
                results.Score([run]);
                output.WriteLine($"{share:P0} Germany: scored in {watch.Elapsed.TotalSeconds:F1} s");
                var ranking = results.Read<Place>(
                    """
                    SELECT country, rank, rank_low, rank_high, beyond_bits, beyond_low, p_holm FROM adjusted_similarity
                    WHERE run_id = ? AND ranked ORDER BY rank
                    """, run);
                foreach (var place in ranking.Take(4))
                    output.WriteLine($"  {place}");
                Assert.InRange(ranking.Count, 90, 130);
                var germany = ranking.Single(p => p.Country == "Germany");
                Assert.InRange(germany.Rank, 1, 2);
                Assert.Equal(1, germany.RankLow);
                // By plain means it is not, where the rest is uniform.
                var plain = results.ReadValues<long>(
                    "SELECT rank FROM country_similarity WHERE run_id = ? AND country = 'Germany'", run).Single();
                Assert.True(share > 0.5 || plain > 10, $"{plain}");
                Assert.True(germany.BeyondLow > 0 && germany.PHolm < 0.01);
                // Who may be first, too, is a neighbour in opinion and not most of the world.
                Assert.InRange(ranking.Count(p => p.RankLow == 1), 1, 40);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    sealed record Place(string Country, int Rank, int RankLow, int RankHigh, double BeyondBits, double BeyondLow, double PHolm);
}
