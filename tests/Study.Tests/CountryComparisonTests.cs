using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Tests;

/// <summary>Country against country, as one run has them.</summary>
public class CountryComparisonTests
{
    [Fact]
    public void A_model_that_answers_as_one_country_is_nearer_to_it_than_to_every_other()
    {
        using var world = new PlantedWorld(seed: 7);
        var answers = world.People.Select((p, row) => p.GetValueOrDefault(PlantedWorld.Named[0]) ?? world.World[row]).ToArray();
        var (_, run, _) = world.Add(answers, _ => answers);
        var compared = RunComparison.All(world.Results).Single(r => r.RunId == run);
        var pairs = CountryComparison.Of(world.Results, compared, [PlantedWorld.Named[0]]).Pairs;
        Assert.Equal(17, pairs.Count);
        Assert.All(pairs, p => Assert.Equal(Verdict.Yes, p.Verdict));
        Assert.All(pairs, p => Assert.Equal(PlantedWorld.Named[0], p.Country));

        // Every pair once, on its own common questions; the other way round it is the other number.
        var all = CountryComparison.Of(world.Results, compared, PlantedWorld.Named[..3]).Pairs;
        Assert.Equal([("Land 0", "Land 1"), ("Land 0", "Land 2"), ("Land 1", "Land 2")], all.Select(p => (p.Country, p.Other)));
        Assert.Equal(world.People.Count(p => p.ContainsKey("Land 1") && p.ContainsKey("Land 2")), all[2].N);
        var back = CountryComparison.Of(world.Results, compared, ["land 2", "LAND 1"]).Pairs.Single();
        Assert.Equal((-all[2].Difference, -all[2].Beyond), (back.Difference, back.Beyond));
        Assert.Equal("Atlantis", CountryComparison.Unknown(world.Results, compared, ["Land 1", "Atlantis"]));
    }

    // Two countries whose people answer by the same law, and a model that has nothing to do with either.
    [Fact]
    public void Of_two_countries_alike_neither_is_nearer_more_often_than_chance_has_it()
    {
        const int Worlds = 60;
        var found = Enumerable.Range(0, Worlds).Count(seed => Null(seed).Verdict is not "not shown");
        // At 5 %, more than 8 of 60 have a probability of 0.3 %.
        Assert.InRange(found, 0, 8);
    }

    static CountryContrast Null(int seed)
    {
        const int Questions = 120;
        var folder = Directory.CreateTempSubdirectory("localopinions-alike-");
        try
        {
            var random = new Random(seed);
            using var results = ResultsFile.Open(Path.Combine(folder.FullName, "r.duckdb"));
            var surveyId = results.AddSurvey(new("made up", "made up", "survey"),
                Enumerable.Range(0, Questions).Select(row => new QuestionRow(row, "TEST", $"Question {row}?", ["a", "b", "c"],
                    [new("One", Answer(random)), new("Other", Answer(random))])
                { Family = row }),
                [new("One", "One", null, "national"), new("Other", "Other", null, "national")]);
            var run = PlantedRuns.Add(results, PlantedRuns.AddModel(results, "nobody's"), surveyId,
                Enumerable.Range(0, Questions).ToDictionary(row => row, _ => Answer(random)));
            results.Score([run], new ScoreOptions { Resamples = 0 });
            return CountryComparison.Of(results, RunComparison.All(results).Single(), ["One", "Other"]).Pairs.Single();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double[] Answer(Random random)
    {
        double[] weights = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(PlantedWorld.Normal(random)))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
