using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Tests;

/// <summary>A run that was killed has answers without similarities, or, where it was scored and went on, more answers than these.</summary>
public sealed class UnscoredRunTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-unscored-");
    readonly ResultsFile _results;
    readonly int _surveyId, _whole, _killed;

    public UnscoredRunTests()
    {
        _results = ResultsFile.Open(Path.Combine(_folder.FullName, "r.duckdb"));
        // Nobody was asked the last question.
        _surveyId = _results.AddSurvey(new("made up", "made up", "survey") { Refusals = "separate" },
            Enumerable.Range(0, 12).Select(row => new QuestionRow(row, "TEST", $"Question {row}?", ["a", "b", "refused"],
                row == 11 ? [] : [new("One", [0.6, 0.3, 0.1]), new("Other", [0.2, 0.7, 0.1])])
            { Kinds = ["nominal", "nominal", "refusal"] }),
            [new("One", "One", null, "national"), new("Other", "Other", null, "national")]);
        _whole = PlantedRuns.Add(_results, PlantedRuns.AddModel(_results, "whole"), _surveyId, Answers(12));
        _killed = PlantedRuns.Begin(_results, PlantedRuns.AddModel(_results, "killed"), _surveyId, country: null);
        Append(Answers(5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_said_of_it_before_all_its_answers_are_scored(bool scoredBefore)
    {
        var options = new ScoreOptions { Resamples = 0 };
        _results.Score(scoredBefore ? [_whole, _killed] : [_whole], options);
        Append(Answers(9).Skip(5));
        var runs = RunComparison.All(_results);
        Action[] sayings =
        [
            () => RunComparison.Of(_results, runs),
            () => CountryComparison.Of(_results, runs.Single(r => r.RunId == _killed), ["One", "Other"]),
            () => Yardsticks.Of(_results, _surveyId, _killed),
            () => MeasuredRun.Of(_results, _killed),
        ];
        foreach (var say in sayings)
        {
            var error = Assert.Throws<InputException>(say);
            Assert.Contains($"Run {_killed} has answers to {(scoredBefore ? 4 : 9)} questions that are not scored", error.Message);
            Assert.Equal((Remedy.Score, _results.FullPath), (error.Remedy, error.Subject));
        }

        // Of the whole one it is said, though one of its questions had no people and another one only refusals from the model.
        Assert.Equal(20, Yardsticks.Of(_results, _surveyId, _whole)[0].N);
        _results.Score([_killed], options);
        Assert.All(sayings, say => say());
    }

    public void Dispose()
    {
        _results.Dispose();
        _folder.Delete(recursive: true);
    }

    void Append(IEnumerable<KeyValuePair<int, double[]>> answers) =>
        _results.Append([.. answers.Select(a => PlantedRuns.Answer(_killed, a.Key, a.Value))], []);

    static Dictionary<int, double[]> Answers(int questions) =>
        Enumerable.Range(0, questions).ToDictionary(row => row, row => row == 10 ? new[] { 0.0, 0, 1 } : [0.5, 0.4, 0.1]);
}
