using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Runner.Tests;

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
        _modelId = Results.AddModel(new()
        {
            Name = "synthetic",
            Path = "nowhere",
            Sha256 = "model",
            Architecture = "none",
            Description = "made up",
            ParameterCount = 0,
            FileBytes = 0,
            Quantisation = "none",
            VocabularySize = 0,
            ContextLength = 0,
        });
        Standard = [.. People.Select(p => Softmax([.. Enumerable.Range(0, p["Brazil"].Length).Select(_ => Normal())]))];
    }

    public ResultsFile Results { get; }

    public int SurveyId { get; }

    public int ModelId => _modelId;

    public Dictionary<string, double[]>[] People { get; }

    /// <summary>The model's answers in the default condition.</summary>
    public double[][] Standard { get; }

    public StudyData Data => new(Results, SurveyId, seed: 1, resamples: 1000);

    public int AddDefault() => Add("default", null, Standard);

    /// <summary>Answers to prompts that name a country: changed at random, and moved a share of the way to the country's people.</summary>
    public int AddNamed(string country, double movement) => Add("cross-national", country, [.. Standard.Select((answer, row) =>
    {
        var changed = Softmax([.. answer.Select(p => Math.Log(p) + 0.2 * Normal())]);
        return changed.Zip(People[row][country], (m, h) => (1 - movement) * m + movement * h).ToArray();
    })]);

    /// <summary>
    /// The default answers in all rotations, each label's probability multiplied by a prior that falls from label to label.
    /// </summary>
    public int AddRotated(double fall)
    {
        var run = Begin("default", null, "cyclic");
        Results.Append([.. Standard.SelectMany((answer, row) => Enumerable.Range(0, answer.Length).Select(rotation =>
        {
            int[] options = [.. Enumerable.Range(0, answer.Length).Select(p => (p + rotation) % answer.Length)];
            double[] weights = [.. options.Select((option, position) => answer[option] * Math.Pow(fall, position))];
            return Row(run, row, rotation, options, [.. weights.Select(w => w / weights.Sum())]);
        }))], []);
        return End(run);
    }

    public void Dispose()
    {
        Results.Dispose();
        _folder.Delete(recursive: true);
    }

    int Add(string condition, string? country, double[][] answers)
    {
        var run = Begin(condition, country, "faithful");
        Results.Append([.. answers.Select((double[] answer, int row) => Row(run, row, 0, [.. Enumerable.Range(0, answer.Length)], answer))],
            []);
        return End(run);
    }

    int Begin(string condition, string? country, string order) => Results.BeginRun(new()
    {
        ModelId = _modelId,
        SurveyId = SurveyId,
        Condition = condition,
        PromptedCountry = country,
        TemplateName = "made up",
        TemplateVersion = "1",
        TemplateSha256 = "template",
        Ending = "paren",
        OptionOrder = order,
        Plan = "none",
        Exact = true,
        KvType = "none",
        FlashAttention = false,
        EngineBuild = "none",
        Device = "none",
        Threads = 1,
        Machine = "none",
        ToolVersion = "0",
    }).RunId;

    int End(int run)
    {
        Results.EndRun(run, new("complete", 0, 0, 0));
        Results.Score([run]);
        return run;
    }

    static AnswerRow Row(int run, int row, int order, int[] options, double[] probs) =>
        new()
        {
            RunId = run,
            SourceRow = row,
            OrderIndex = order,
            LabelMass = 1,
            OffMenu = 0,
            TokenCount = 1,
            Boundary = "natural",
            Options = options,
            LogProbs = [.. probs.Select(p => Math.Log(p))],
            Probs = probs,
        };

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
