using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Report.Tests.FullStudy;
using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests;

/// <summary>
/// The first screen of four runs, as a first-time reader has it at three widths and in both themes: a real ranking, a model that is nearer
/// to nobody than a random guesser, one that is mostly off the menu, and an oracle, all truly scored.
/// </summary>
public sealed class FirstScreenTests : IDisposable
{
    const int Questions = 400;

    readonly ResultsFixture _fixture = new();
    readonly StudySurvey _survey = new(Questions, seed: 7);

    public FirstScreenTests()
    {
        using var file = ResultsFile.Open(_fixture.Path);
        // The real ranking.
        StudyFile.Fill(file, models: 1, conditions: 1, Questions, extras: false);
        var random = new Random(5);
        // Sure of one option, whatever is asked.
        Add(file, "Loud-1B", row => Sure(random, row), offMenu: 0.03);
        // As the people of one country, where it says anything at all.
        Add(file, "Silent-1B", row => MadeUp.Choose(_survey.Points[3], _survey.Directions[row], 1.2), offMenu: 0.72);
        file.Score([1, 2, 3], new ScoreOptions { Resamples = 1000 });
        var oracle = ReferenceRun.Execute(file, 1, new ReferenceAnswerer("France"));
        // Among countries with a dozen questions chance leaves some beside it.
        file.Score([oracle.RunId], new ScoreOptions { Resamples = 1000, FewestQuestions = 30 });
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_first_time_reader_is_led_to_the_right_answer()
    {
        using var results = new ShownResults(_fixture.Path, "firstScreen");
        var names = results.Rows("SELECT DISTINCT name FROM countries").Select(row => (string)row[0]!).ToList();
        var screens = results.Seen.At("screens").EnumerateArray().ToList();
        Assert.Equal(4 * 3 * 2, screens.Count);
        foreach (var screen in screens)
        {
            var (model, said, where) = (screen.Text("model"), screen.Text("said"), $"{screen.Text("model")} {screen.Text("where")}");
            // The verdict is read whole without scrolling, and nothing is cut off or lies over something else.
            Assert.True(screen.At("verdictShown").GetBoolean(), where);
            Assert.True(screen.Texts("cut").Length == 0, $"{where}: {string.Join(" | ", screen.Texts("cut"))}");
            Assert.True(screen.Texts("over").Length == 0, $"{where}: {string.Join(" | ", screen.Texts("over"))}");
            Assert.True(screen.Texts("empty").Length == 0, $"{where}: {string.Join(" | ", screen.Texts("empty"))}");
            var named = names.Where(name => screen.Text("text").Contains(name, StringComparison.Ordinal)).ToList();
            switch (model)
            {
                case "Model-A-1B":
                    Assert.StartsWith("No single country stands out: Model-A-1B, asked as itself, is nearer by more than chance to ", said);
                    break;
                case "Loud-1B":
                    Assert.StartsWith("No country stands out: Loud-1B, asked as itself, is not shown to be nearer to any of ", said);
                    Assert.True(named.Count == 0, $"{where}: {string.Join(", ", named)}");
                    break;
                case "Silent-1B":
                    Assert.Equal("No country is ranked by what Silent-1B, asked as itself, answers: 72.0 % of its probability is on no "
                        + "option, so that its answers say little.", said);
                    Assert.Contains("Warning: 28.0 %: the other 72.0 % is no answer", screen.Text("head"));
                    Assert.True(named.Count == 0, $"{where}: {string.Join(", ", named)}");
                    break;
                default:
                    Assert.StartsWith("France stands out beyond chance: ", said);
                    Assert.Contains("(no model: answers copied from a country, to test the method)", said);
                    Assert.Contains("Warning: these answers are made up, to test the method", screen.Text("head"));
                    break;
            }
        }
    }

    double[] Sure(Random random, int row)
    {
        var options = _survey.Directions[row].Length;
        var sure = random.Next(options);
        return [.. Enumerable.Range(0, options).Select(option => option == sure ? 0.97 : 0.03 / (options - 1))];
    }

    void Add(ResultsFile file, string model, Func<int, double[]> answer, double offMenu)
    {
        var row = ResultsFixture.Run(file.AddModel(ResultsFixture.Model(model, model[0] == 'L' ? 'a' : 'b')), 1, "default", null);
        var run = file.BeginRun(row with { TemplateName = "faithful", Exact = false }).RunId;
        file.Append(
            [.. Enumerable.Range(0, Questions).Select(question => ResultsFixture.Answer(run, question, answer(question), offMenu))], []);
        file.EndRun(run, new("complete", 1.5, 100, 100));
    }
}
