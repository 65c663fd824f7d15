using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Tests;

namespace LocalOpinions.Study.Tests;

/// <summary>What a similarity can be held against.</summary>
public class YardstickTests(ITestOutputHelper output)
{
    [Fact]
    public void Answerers_that_are_known_come_out_as_they_must()
    {
        using var world = new PlantedWorld(seed: 3);
        // It answers as the first country where that was asked, and elsewhere as the world.
        var answers = world.People.Select((p, row) => p.GetValueOrDefault(PlantedWorld.Named[0]) ?? world.World[row]).ToArray();
        var (_, run, _) = world.Add(answers, _ => answers);
        var found = Yardsticks.Of(world.Results, world.SurveyId, run, respondents: 500);
        Assert.Null(found[0].Country);
        Assert.Equal(found.Skip(1).Sum(y => y.N), found[0].N);
        Assert.Equal(found[0].N, found[0].Assumed);
        var own = found.Single(y => y.Country == PlantedWorld.Named[0]);
        Assert.Equal(1, own.Model, 6);
        Assert.All(found, y => Assert.True(y.Perfect > y.SecondSample && y.SecondSample > y.World && y.World > y.Uniform, $"{y}"));
        // More respondents, less to lose.
        var more = Yardsticks.Of(world.Results, world.SurveyId, run, respondents: 5000)[0];
        Assert.True(more.Perfect > found[0].Perfect);
        Assert.Equal((found[0].Model, found[0].Majority), (more.Model, more.Majority));
    }

    // A quarter of 400 people is 100 people.
    [Theory]
    [InlineData("keep", 100, 0)]
    [InlineData("separate", 400, 0.75)]
    public void Who_refused_is_not_in_a_sample_that_is_compared_without_refusals(string refusals, int respondents, double refused)
    {
        const int Questions = 300;
        var folder = Directory.CreateTempSubdirectory("localopinions-refused-");
        try
        {
            using var results = ResultsFile.Open(Path.Combine(folder.FullName, "r.duckdb"));
            double[] shares = [.. new[] { 0.6, 0.4 }.Select(p => p * (1 - refused)), refused];
            var surveyId = results.AddSurvey(new("made up", "made up", "survey") { Refusals = refusals },
                Enumerable.Range(0, Questions).Select(row => new QuestionRow(row, "TEST", $"Question {row}?", ["a", "b", "refused"],
                    [new("One", shares, respondents), new("Other", shares, respondents)])
                { Kinds = ["nominal", "nominal", "refusal"] }),
                [new("One", "One", null, "national"), new("Other", "Other", null, "national")]);
            var run = PlantedRuns.Add(results, PlantedRuns.AddModel(results, "anybody"), surveyId,
                Enumerable.Range(0, Questions).ToDictionary(row => row, _ => shares));
            results.Score([run], new ScoreOptions { Resamples = 0 });
            var all = Yardsticks.Of(results, surveyId, run)[0];
            Assert.Equal(0, all.Assumed);
            // As in SamplingErrorTests, of two options.
            Assert.Equal(1 - Math.Sqrt(2 / Math.PI) / Math.Sqrt(8 * 100 * Math.Log(2)), all.Perfect, 0.002);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void On_the_real_survey_sampling_leaves_what_the_documentation_says()
    {
        var path = Repository.DataSet;
        Assert.SkipUnless(File.Exists(path), "the full data set is not beside this checkout");
        var folder = Directory.CreateTempSubdirectory("localopinions-yardsticks-");
        try
        {
            using var results = ResultsFile.Open(Path.Combine(folder.FullName, "r.duckdb"));
            var surveyId = SurveySource.AddTo(results, SurveySource.Load(path), path);
            var run = ReferenceRun.Execute(results, surveyId, ReferenceAnswerer.Uniform).RunId;
            var all = Yardsticks.Of(results, surveyId, run)[0];
            output.WriteLine($"{all}");
            Assert.Equal(all.Uniform, all.Model, 6);
            Assert.InRange(all.Perfect, 0.974, 0.982);
            Assert.InRange(all.SecondSample, 0.964, 0.974);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
