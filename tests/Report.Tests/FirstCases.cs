using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>
/// Four runs that a first-time reader has to tell apart: a real ranking, a model that is nearer to nobody than a random guesser, one that
/// is mostly off the menu, and an oracle, all truly scored.
/// </summary>
static class FirstCases
{
    const int Questions = 400;

    /// <summary>Writes them into a new file.</summary>
    public static void Write(string path)
    {
        var survey = new StudySurvey(Questions, seed: 7);
        using var file = ResultsFile.Open(path);
        // The real ranking.
        StudyFile.Fill(file, models: 1, conditions: 1, Questions, extras: false);
        var random = new Random(5);
        // Sure of one option, whatever is asked.
        Add(file, "Loud-1B", row => Sure(random, survey, row), offMenu: 0.03);
        // As the people of one country, where it says anything at all.
        Add(file, "Silent-1B", row => MadeUp.Choose(survey.Points[3], survey.Directions[row], 1.2), offMenu: 0.72);
        file.Score([1, 2, 3], new ScoreOptions { Resamples = 1000, Measures = [Measure.Hellinger] });
        var oracle = ReferenceRun.Execute(file, 1, new ReferenceAnswerer("France"));
        // Among countries with a dozen questions chance leaves some beside it.
        file.Score([oracle.RunId], new ScoreOptions { Resamples = 1000, FewestQuestions = 30 });
    }

    static double[] Sure(Random random, StudySurvey survey, int row)
    {
        var options = survey.Directions[row].Length;
        var sure = random.Next(options);
        return [.. Enumerable.Range(0, options).Select(option => option == sure ? 0.97 : 0.03 / (options - 1))];
    }

    static void Add(ResultsFile file, string model, Func<int, double[]> answer, double offMenu)
    {
        var row = ResultsFixture.Run(file.AddModel(ResultsFixture.Model(model, model[0] == 'L' ? 'a' : 'b')), 1, "default", null);
        var run = file.BeginRun(row with { TemplateName = "faithful", Exact = false }).RunId;
        file.Append(
            [.. Enumerable.Range(0, Questions).Select(question => ResultsFixture.Answer(run, question, answer(question), offMenu))], []);
        file.EndRun(run, new("complete", 1.5, 100, 100));
    }
}
