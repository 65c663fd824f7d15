using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>llama.cpp's own prompt rate by llama-bench's protocol: warm decodes of one sequence in an emptied cache.</summary>
/// <param name="Test">"pp128" or "pp512".</param>
sealed record PromptRateResult(string Test, double Mean, double StandardDeviation, double Median, IReadOnlyList<double> TokensPerSecond);

/// <summary>Survey work under one condition.</summary>
/// <param name="OfCeiling">Effective rate / (median pp512 x ceiling): how much of what sharing promises was reached.</param>
/// <param name="Sharing">Where whole texts are read, what sharing gains in time against every text behind a prompt of its own.</param>
sealed record ConditionResult(string Condition, RunOutcome Run, double OfCeiling, SharingGain? Sharing);

/// <summary>The same model's weights in another format, as a multiple of the model's own pp512 rate measured alternately.</summary>
sealed record FormatResult(string Format, double TokensPerSecond, double Ratio);

/// <summary>What <c>bench</c> measured.</summary>
sealed record BenchOutcome(
    string Model, string Quantisation, string EngineBuild, string Device, string Machine, int Threads, string Survey,
    IReadOnlyList<PromptRateResult> PromptRates, IReadOnlyList<ConditionResult> Conditions, IReadOnlyList<FormatResult> Formats);

/// <summary>A condition to measure.</summary>
/// <param name="Share">Its part of the questions asked: those with more prompts per question ask fewer.</param>
sealed record BenchCase(string Name, Asking Asking, double Share);

/// <summary>Times llama.cpp's own rates and real survey work in one process.</summary>
sealed class BenchJob(string modelName, string surveyName, int questions, DeviceChoice device, int threads, IReadOnlyList<BenchCase> cases, bool formats, bool quiet)
{
    const int Repetitions = 5;
    static readonly string[] s_eight = ["United States", "Brazil", "Germany", "Russia", "Turkey", "Nigeria", "China", "Japan"];

    public static IReadOnlyList<BenchCase> Cases { get; } =
    [
        new("default", Asking.Default, 1),
        new("cyclic", Asking.With(TemplateFamily.Faithful, [], "cyclic"), 0.5),
        new("shareable-8", Asking.With(TemplateFamily.Shareable, [.. s_eight.Select(Countries.Named)]), 0.5),
        new("shareable-55", Asking.With(TemplateFamily.Shareable, Countries.Published), 0.25),
        new("text", Asking.With(TemplateFamily.Faithful, [], reading: Reading.Text), 0.25),
        new("text-unlisted", Asking.With(TemplateFamily.Faithful, [], reading: Reading.Text, listing: Listing.Unlisted), 0.25),
        new("faithful-8", Asking.With(TemplateFamily.Faithful, [.. s_eight.Select(Countries.Named)]), 0.125),
    ];

    public async Task<BenchOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var file = ModelChoice.Find(modelName);
        var runtime = EngineRuntime.Start(device.Kind);
        List<PromptRateResult> rates = [];
        string quantisation;
        using (var model = Model.Load(runtime, file, ModelHeader.Read(file), new(device.Index)))
        {
            quantisation = model.Header.Quantisation;
            rates.AddRange(new[] { 128, 512 }.Select(tokens => Rate(model, tokens)));
        }

        List<ConditionResult> conditions = [];
        var folder = Directory.CreateTempSubdirectory("localopinions-bench-");
        try
        {
            foreach (var c in cases)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!quiet)
                    Console.Error.WriteLine($"{c.Name}: {c.Asking.Describe()}");
                var run = await new RunJob(new(modelName, surveyName, Path.Combine(folder.FullName, c.Name + ".duckdb"), Limit: null, device, threads, Exact: false, c.Asking,
                    Probe: true, quiet, Sample: SampleOf(c))).ExecuteAsync(cancellation);
                cancellation.ThrowIfCancellationRequested();
                conditions.Add(new(c.Name, run, run.Probe!.EffectiveRatio / run.Ceiling!.Value, c.Asking.Reading == Reading.Text ? Gain(runtime, file, c, cancellation) : null));
            }
            var formatResults = formats ? MeasureFormats(runtime, file, folder.FullName, cancellation) : [];
            return new(file.Name, quantisation, runtime.Build, runtime.DeviceName, runtime.Devices[0].Description, threads, surveyName, rates, conditions, formatResults);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    int SampleOf(BenchCase c) => Math.Max(1, (int)(questions * c.Share));

    SharingGain? Gain(EngineRuntime runtime, ModelFile file, BenchCase c, CancellationToken cancellation)
    {
        var survey = SurveySource.Load(surveyName);
        using var model = Model.Load(runtime, file, ModelHeader.Read(file), new(device.Index));
        return SharingGain.Measure(model, c.Asking.For(survey, surveyName), RunRequest.Choose(survey, null, SampleOf(c), RunRequest.DefaultSeed), threads, cancellation);
    }

    PromptRateResult Rate(Model model, int tokens)
    {
        using var rate = new PromptRate(model, tokens, threads);
        List<double> values = [.. Enumerable.Range(0, Repetitions).Select(_ => rate.Measure())];
        var mean = values.Average();
        return new($"pp{tokens}", mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)), RunJob.Median(values), values);
    }

    /// <summary>The model as it is and converted, in turns, so that a machine that drifts drifts for all.</summary>
    List<FormatResult> MeasureFormats(EngineRuntime runtime, ModelFile file, string folder, CancellationToken cancellation)
    {
        List<(string Name, Model Model, PromptRate Rate, List<double> Values)> all = [];
        try
        {
            Add(file.Name, file);
            foreach (var format in Enum.GetValues<WeightFormat>())
            {
                cancellation.ThrowIfCancellationRequested();
                var target = Path.Combine(folder, $"{format}.gguf");
                WeightConversion.Write(runtime, file, target, format, threads);
                Add(format.ToString(), ModelFile.Find(target, []));
            }
            for (var i = 0; i < Repetitions; i++)
            {
                foreach (var (_, _, rate, values) in all)
                    values.Add(rate.Measure());
            }
            return [.. all.Select(f => new FormatResult(f.Name, RunJob.Median(f.Values), RunJob.Median([.. f.Values.Zip(all[0].Values, (a, b) => a / b)])))];
        }
        finally
        {
            foreach (var (_, model, rate, _) in all)
            {
                rate.Dispose();
                model.Dispose();
            }
        }

        void Add(string name, ModelFile of)
        {
            var model = Model.Load(runtime, of);
            all.Add((name, model, new(model, DecodePlan.Ubatch, threads), []));
        }
    }
}
