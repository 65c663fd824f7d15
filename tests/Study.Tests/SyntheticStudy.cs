using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Tests;

/// <summary>A results file with a made-up survey, and runs of a made-up model whose effects are planted.</summary>
sealed class SyntheticStudy : IDisposable
{
    public static readonly string[] Countries = ["Brazil", "China", "Germany", "Kenya"];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-study-");
    readonly Random _random = new(20260801);
    readonly int _modelId;

    public SyntheticStudy(int questions)
    {
        Results = ResultsFile.Open(Path.Combine(_folder.FullName, "r.duckdb"));
        People = [.. Enumerable.Range(0, questions).Select(_ => MakePeople(2 + _random.Next(4)))];
        SurveyId = Results.AddSurvey(
            new("made up", "made up", "survey"),
            People.Select((people, row) => new QuestionRow(
                row, "TEST", $"Question {row}?", [.. people["Brazil"].Select((_, i) => $"option {i}")],
                [.. people.Select(p => new HumanRow(p.Key, p.Value))])
            { Family = row / 2 }),
            Countries.Select(c => new CountryRow(c, c, null, "national")));
        _modelId = PlantedRuns.AddModel(Results, "synthetic");
        Standard = [.. People.Select(p => Softmax([.. Enumerable.Range(0, p["Brazil"].Length).Select(_ => Normal())]))];
    }

    public ResultsFile Results { get; }

    public int SurveyId { get; }

    public int ModelId => _modelId;

    public Dictionary<string, double[]>[] People { get; }

    /// <summary>The model's answers in the default condition.</summary>
    public double[][] Standard { get; }

    public StudyData Data => new(Results, SurveyId, seed: 1, resamples: 1000);

    public int AddDefault() => Add(null, Standard);

    /// <summary>Answers to prompts that name a country: changed at random, and moved a share of the way to the country's people.</summary>
    public int AddNamed(string country, double movement) => Add(country, [.. Standard.Select((answer, row) =>
    {
        var changed = Softmax([.. answer.Select(p => Math.Log(p) + 0.2 * Normal())]);
        return changed.Zip(People[row][country], (m, h) => (1 - movement) * m + movement * h).ToArray();
    })]);

    /// <summary>
    /// The default answers in all rotations, each label's probability multiplied by a prior that falls from label to label.
    /// </summary>
    public int AddRotated(double fall)
    {
        var run = PlantedRuns.Begin(Results, _modelId, SurveyId, country: null, "cyclic");
        Results.Append([.. Standard.SelectMany((answer, row) => Enumerable.Range(0, answer.Length).Select(rotation =>
        {
            int[] options = [.. Enumerable.Range(0, answer.Length).Select(p => (p + rotation) % answer.Length)];
            double[] weights = [.. options.Select((option, position) => answer[option] * Math.Pow(fall, position))];
            double[] probs = [.. weights.Select(w => w / weights.Sum())];
            return PlantedRuns.Answer(run, row, probs) with { OrderIndex = rotation, Options = options };
        }))], []);
        return End(run);
    }

    public void Dispose()
    {
        Results.Dispose();
        _folder.Delete(recursive: true);
    }

    int Add(string? country, double[][] answers)
    {
        var run = PlantedRuns.Add(Results, _modelId, SurveyId, answers.Index().ToDictionary(a => a.Index, a => a.Item), country);
        Results.Score([run]);
        return run;
    }

    int End(int run)
    {
        Results.EndRun(run, new("complete", 0, 0, 0));
        Results.Score([run]);
        return run;
    }

    Dictionary<string, double[]> MakePeople(int options)
    {
        double[] common = [.. Enumerable.Range(0, options).Select(_ => Normal())];
        return Countries.ToDictionary(c => c, _ => Softmax([.. common.Select(o => o + 0.7 * Normal())]));
    }

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    static double[] Softmax(double[] logits)
    {
        var weights = logits.Select(Math.Exp).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
