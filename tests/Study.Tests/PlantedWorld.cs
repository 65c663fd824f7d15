using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Tests;

/// <summary>
/// A results file with made-up peoples, who differ in what they answer, in how much they agree among themselves, and in which questions
/// they were asked, and made-up models that answer by a rule which is known.
/// </summary>
sealed class PlantedWorld : IDisposable
{
    public const int Questions = 300;

    /// <summary>The countries that prompts name.</summary>
    public static readonly string[] Named = [.. Enumerable.Range(0, 8).Select(i => $"Land {i}")];

    static readonly string[] s_countries = [.. Named, .. Enumerable.Range(8, 10).Select(i => $"Land {i}")];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-planted-");
    readonly ResultsFile _results;
    readonly int _surveyId;
    int _models;

    public PlantedWorld(int seed)
    {
        var random = new Random(seed);
        _results = ResultsFile.Open(Path.Combine(_folder.FullName, "r.duckdb"));
        double[] sharpness = [.. s_countries.Select(_ => 0.5 + 1.3 * random.NextDouble())];
        People = [.. Enumerable.Range(0, Questions).Select(_ => Ask(random, sharpness))];
        World = [.. People.Select(p => Mean([.. p.Values]))];
        _surveyId = _results.AddSurvey(new("made up", "made up", "survey"),
            People.Select((people, row) => new QuestionRow(row, "TEST", $"Question {row}?", [.. World[row].Select((_, i) => $"option {i}")],
                [.. people.Select(p => new HumanRow(p.Key, p.Value))])
            { Family = row / 2 }),
            s_countries.Select(c => new CountryRow(c, c, null, "national")));
    }

    /// <summary>By question, who was asked and what they answered.</summary>
    public Dictionary<string, double[]>[] People { get; }

    /// <summary>By question, the mean of those.</summary>
    public double[][] World { get; }

    public ResultsFile Results => _results;

    public int SurveyId => _surveyId;

    public StudyData Data(int seed) => new(_results, _surveyId, seed, resamples: 1000);

    /// <summary>Mean similarity of a country's people to the world's mean, on the questions that they were asked.</summary>
    public double NearnessToWorld(string country) => People.Index().Where(p => p.Item.ContainsKey(country))
        .Average(p => Similarity.Bits(Math.Max(0, ScalarOracle.DivergenceBits(p.Item[country], World[p.Index]))));

    /// <summary>A model that knows something of the world and has views of its own.</summary>
    public double[][] Model(Random random) =>
        [.. World.Select(w => Softmax([.. w.Select(p => 0.7 * Math.Log(p + 0.02) + 0.7 * Normal(random))]))];

    /// <summary>Stores a model's answers in the default condition and under each name; gives the numbers of the runs.</summary>
    public (int ModelId, int Default, Dictionary<string, int> Runs) Add(double[][] standard, Func<string, double[][]> answersFor)
    {
        var modelId = PlantedRuns.AddModel(_results, $"model {++_models}");
        var runs = Named.ToDictionary(c => c, c => Store(modelId, c, answersFor(c)));
        var result = (modelId, Store(modelId, null, standard), runs);
        _results.Score([result.Item2, .. runs.Values], new ScoreOptions { Resamples = 0 });
        return result;
    }

    /// <summary>Answers with noise in their logits.</summary>
    public static double[][] Noisy(double[][] answers, double noise, Random random) =>
        [.. answers.Select(a => Softmax([.. a.Select(p => Math.Log(p) + noise * Normal(random))]))];

    /// <summary>Answers moved a share of the way to others.</summary>
    public static double[][] Moved(double[][] answers, double share, Func<int, double[]?> to) => [.. answers.Select((double[] a, int row) =>
        to(row) is { } target ? [.. a.Zip(target, (p, t) => (1 - share) * p + share * t)] : a)];

    /// <summary>Answers at a temperature.</summary>
    public static double[][] At(double[][] answers, double temperature) => [.. answers.Select(a => Sharpness.Temper(a, 1 / temperature))];

    public void Dispose()
    {
        _results.Dispose();
        _folder.Delete(recursive: true);
    }

    int Store(int modelId, string? country, double[][] answers) => PlantedRuns.Add(_results, modelId, _surveyId,
        answers.Index().ToDictionary(a => a.Index, a => a.Item), country);

    static Dictionary<string, double[]> Ask(Random random, double[] sharpness)
    {
        double[] common = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => Normal(random))];
        Dictionary<string, double[]> people = [];
        for (var c = 0; c < s_countries.Length; c++)
        {
            double[] answer = Softmax([.. common.Select(o => sharpness[c] * (o + 0.7 * Normal(random)))]);
            if (random.NextDouble() < 0.7)
                people.Add(s_countries[c], answer);
        }

        return people.Count > 1 ? people : Ask(random, sharpness);
    }

    static double[] Mean(double[][] answers) => [.. Enumerable.Range(0, answers[0].Length).Select(i => answers.Average(a => a[i]))];

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    static double[] Softmax(double[] logits)
    {
        var weights = logits.Select(l => Math.Exp(l - logits.Max())).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
