using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>
/// What a study leaves behind: two models' plain runs, which are runs 1 and 2, and around them what must not be taken for them: other
/// orders and templates, prompts that name countries, right and wrong ones, controls, and answerers that are no models.
/// </summary>
sealed class StudyFile
{
    public const int Questions = 60, Plain = 1, OtherPlain = 2;

    public static readonly string[] Countries = ["Brazil", "China", "Germany", "Kenya"];

    /// <summary>People who are in the survey, but not to be ranked.</summary>
    public const string Village = "A village (Non-national sample)";

    readonly ResultsFile _results;
    readonly Random _random = new(20261126);
    readonly int _surveyId;

    public StudyFile(ResultsFile results)
    {
        _results = results;
        _surveyId = results.AddSurvey(Sample.Survey(), Enumerable.Range(0, Questions).Select(MakeQuestion), [
            .. Countries.Select((c, i) => new CountryRow(c, c, null, "national", i % 2 == 0 ? "North" : "South")),
            new CountryRow(Village, "A village", null, "non-national")]);
        int[] models = [results.AddModel(Sample.Model("one")), results.AddModel(Sample.Model("other"))];
        // The first resembles Kenya's people, the other China's on religion and Brazil's on everything else.
        Answer(models[0], row => Mixed(Humans[row]["Kenya"]));
        Answer(models[1], row => Mixed(Humans[row][IsReligion(row) ? "China" : "Brazil"]));
        Answer(models[0], row => Answers[Plain][row], r => r with { OptionOrder = "cyclic" }, cyclic: true);
        foreach (var (i, model) in models.Index())
        {
            // Better than any plain run, each in its own way.
            Answer(model, row => Humans[row]["Germany"], r => r with { TemplateName = "other", TemplateSha256 = "other" });
            Answer(model, row => Humans[row]["Germany"], r => r with { Control = "options-only", TemplateSha256 = "options-only" });
            foreach (var country in new[] { "China", "Germany" })
            {
                Answer(model, row => Moved(Answers[Plain + i][row], Humans[row][country], row), r => Named(r, country));
                Answer(model, row => Humans[row][country], r => Named(r, country) with { Control = "wrong-country" });
            }
        }
        foreach (var country in Countries)
            ReferenceRun.Execute(results, _surveyId, new(country));
        ReferenceRun.Execute(results, _surveyId, ReferenceAnswerer.Uniform);
        results.Score(options: new() { Resamples = 200, Measures = Measure.OnRequest });
    }

    /// <summary>By question and country, how people answered.</summary>
    public List<Dictionary<string, double[]>> Humans { get; } = [];

    /// <summary>By run and question, the probabilities of the options in the survey's order.</summary>
    public Dictionary<int, double[][]> Answers { get; } = [];

    public static bool IsReligion(int row) => row % 3 == 0;

    /// <summary>The textbook's similarity of two distributions, in bits.</summary>
    public static double Similarity(double[] p, double[] q) => 1 - Math.Sqrt(Math.Max(0, Sample.Divergence(p, q)));

    /// <summary>A run's similarity to a country on a question.</summary>
    public double Similarity(int run, int row, string country) => Similarity(Answers[run][row], Humans[row][country]);

    /// <summary>Its mean over questions.</summary>
    public double Mean(int run, string country, Func<int, bool>? of = null) =>
        Enumerable.Range(0, Questions).Where(of ?? (_ => true)).Average(row => Similarity(run, row, country));

    /// <summary>The run of those that name a country, right or wrong.</summary>
    public int Named(int plain, string country, string control = "none") => _results.ReadValues<int>(
        "SELECT run_id FROM runs WHERE prompted_country = ? AND control = ? AND model_id = (SELECT model_id FROM runs WHERE run_id = ?)",
        country, control, plain).Single();

    QuestionRow MakeQuestion(int row)
    {
        var options = 2 + row % 3;
        Humans.Add(Countries.Append(Village).ToDictionary(c => c, _ => Softmax(options)));
        return new(row, row % 2 == 0 ? "GAS" : "WVS", $"Question {row}?", [.. Enumerable.Range(0, options).Select(i => $"option {i}")],
            [.. Humans[row].Select(h => new HumanRow(h.Key, h.Value))])
        {
            Topics = [IsReligion(row) ? "religion" : "economy"],
            Family = row / 2,
            Kinds = [.. Enumerable.Range(0, options).Select(i => options == 4 && i == 3 ? "refusal" : "ordered")],
            ScaleValues = [.. Enumerable.Range(0, options).Select(i => options == 4 && i == 3 ? (double?)null : i)],
        };
    }

    void Answer(int model, Func<int, double[]> answer, Func<RunRow, RunRow>? change = null, bool cyclic = false)
    {
        var row = Sample.Run(model, _surveyId);
        var run = _results.BeginRun(change?.Invoke(row) ?? row).RunId;
        Answers[run] = [.. Enumerable.Range(0, Questions).Select(answer)];
        _results.Append([.. Answers[run].SelectMany((probs, question) => Enumerable.Range(0, cyclic ? probs.Length : 1)
            .Select(order => Row(run, question, order, probs)))], []);
        _results.ReplaceNoiseFloor(run, new(8, 0.01, 0.08, 0.02, 0.1, 0.001, 0.004));
        _results.EndRun(run, new("complete", 1, 1, 1));
    }

    static AnswerRow Row(int run, int question, int order, double[] probs)
    {
        int[] options = [.. Enumerable.Range(0, probs.Length).Select(i => (i + order) % probs.Length)];
        double[] ordered = [.. options.Select(o => probs[o])];
        return new()
        {
            RunId = run,
            SourceRow = question,
            OrderIndex = order,
            LabelMass = 0.75,
            OffMenu = 0.25,
            TokenCount = 60,
            Boundary = "natural",
            Options = options,
            LogProbs = [.. ordered.Select(p => Math.Log(0.75 * p))],
            Probs = ordered,
        };
    }

    static RunRow Named(RunRow run, string country) =>
        Sample.Named(run, country) with { TemplateSha256 = country };

    double[] Mixed(double[] people) => [.. people.Zip(Softmax(people.Length), (h, r) => 0.8 * h + 0.2 * r)];

    // The later a question, the farther a name moves it.
    static double[] Moved(double[] from, double[] to, int row) =>
        [.. from.Zip(to, (f, t) => f + (t - f) * row / Questions)];

    double[] Softmax(int options)
    {
        double[] weights = [.. Enumerable.Range(0, options).Select(_ => Math.Exp(3 * _random.NextDouble()))];
        return [.. weights.Select(w => w / weights.Sum())];
    }
}
