using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Measuring;

/// <summary>llama.cpp's own prompt rate by llama-bench's protocol: warm decodes of one sequence in an emptied cache.</summary>
/// <param name="Test">"pp512", by its number of tokens.</param>
/// <param name="Mean">Tokens per second.</param>
/// <param name="StandardDeviation">Of the measurements.</param>
/// <param name="Median">Of the measurements.</param>
/// <param name="TokensPerSecond">Each measurement.</param>
public sealed record PromptRateResult(
    string Test, double Mean, double StandardDeviation, double Median, IReadOnlyList<double> TokensPerSecond);

/// <summary>Survey work under one condition.</summary>
/// <param name="Condition">Its name.</param>
/// <param name="Run">What came of it.</param>
/// <param name="OfCeiling">Effective rate / (median pp512 x ceiling): how much of what sharing promises was reached; null where the model
/// is on a server, whose own rate nobody knows.</param>
/// <param name="Sharing">Where whole texts are read, what sharing gains in time against every text behind a prompt of its own.</param>
public sealed record ConditionResult(string Condition, RunOutcome Run, double? OfCeiling, SharingGain? Sharing);

/// <summary>What a benchmark measured.</summary>
public sealed record BenchOutcome
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Its weights' format.</summary>
    public required string Quantisation { get; init; }

    /// <summary>Everything in the inference library that numbers depend on.</summary>
    public required string EngineBuild { get; init; }

    /// <summary>What computed.</summary>
    public required string Device { get; init; }

    /// <summary>Which device was measured, as "cuda:0 (NVIDIA H100)"; empty where nobody says.</summary>
    public required string ComputesOn { get; init; }

    /// <summary>A line about the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Native threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The survey, as it was named.</summary>
    public required string Survey { get; init; }

    /// <summary>llama.cpp's own rates; none of a model on a server.</summary>
    public required IReadOnlyList<PromptRateResult> PromptRates { get; init; }

    /// <summary>Survey work.</summary>
    public required IReadOnlyList<ConditionResult> Conditions { get; init; }

    /// <summary>Other formats of the weights; empty where they were not measured.</summary>
    public required IReadOnlyList<FormatResult> Formats { get; init; }
}

/// <summary>A condition to measure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Design">How questions are asked.</param>
/// <param name="Share">Its part of the questions asked: those with more prompts per question ask fewer.</param>
public sealed record BenchCase(string Name, DesignChoice Design, double Share);

/// <summary>What to measure.</summary>
public sealed record BenchRequest
{
    /// <summary>Who is asked.</summary>
    public required IAskedModel Model { get; init; }

    /// <summary>A survey's file or folder, or the word for the embedded one.</summary>
    public required string Survey { get; init; }

    /// <summary>Questions of a case whose share is 1.</summary>
    public required int Questions { get; init; }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<BenchCase> Cases { get; init; } = BenchJob.Cases;

    /// <summary>Whether to convert the weights too and time the conversions.</summary>
    public bool Formats { get; init; }

    /// <summary>Told which condition begins.</summary>
    public IWorkMonitor Monitor { get; init; } = SilentMonitor.Instance;
}

/// <summary>Times llama.cpp's own rates and real survey work on the same machine, one after the other.</summary>
public sealed class BenchJob(BenchRequest request)
{
    const int Repetitions = 5;
    static readonly string[] s_eight = ["United States", "Brazil", "Germany", "Russia", "Turkey", "Nigeria", "China", "Japan"];
    static readonly int[] s_cpuRates = [128, 512], s_gpuRates = [128, 512, 1024, 2048, 4096, 8192];
    static readonly DesignChoice s_texts = DesignChoice.Default with { Reading = AnswerReading.Text, Ending = PromptEnding.Space };
    static readonly DesignChoice s_shareable = DesignChoice.Default with { Family = TemplateFamily.Shareable };

    /// <summary>The conditions that there are.</summary>
    public static IReadOnlyList<BenchCase> Cases { get; } =
    [
        new("default", DesignChoice.Default, 1),
        new("cyclic", DesignChoice.Default with { Orders = "cyclic" }, 0.5),
        new("shareable-8", s_shareable with { Countries = s_eight }, 0.5),
        new("shareable-55", s_shareable with { Countries = [.. Countries.Published.Select(c => c.Name)] }, 0.25),
        new("text", s_texts, 0.25),
        new("text-unlisted", s_texts with { Listing = OptionListing.Unlisted }, 0.25),
        new("faithful-8", DesignChoice.Default with { Countries = s_eight }, 0.125),
    ];

    /// <exception cref="Engine.EngineException">The model cannot be used, or not be asked so.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is kept.</exception>
    public async Task<BenchOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var survey = SurveySource.Load(request.Survey);
        List<ConditionResult> conditions = [];
        var folder = Directory.CreateTempSubdirectory("localopinions-bench-");
        try
        {
            var (facts, rates) = await RatesAsync(cancellation);
            foreach (var c in request.Cases)
            {
                var job = JobOf(c);
                request.Monitor.Begin($"{c.Name}: {PromptDesign.For(c.Design, survey, request.Survey).Describe()}");
                // What a GPU's driver has still to compile for a condition's shapes is no part of its rate.
                if (rates.Count > 0 && facts.Device != "cpu")
                    await AskAsync(job, Path.Combine(folder.FullName, $"{c.Name}-warm-up.duckdb"), probe: false, cancellation);
                var run = await AskAsync(job, Path.Combine(folder.FullName, $"{c.Name}.duckdb"), probe: true, cancellation);
                cancellation.ThrowIfCancellationRequested();
                var gain = rates.Count > 0 && c.Design.Reading == AnswerReading.Text ? await GainAsync(job, cancellation) : null;
                conditions.Add(new(c.Name, run, run.Probe?.EffectiveRatio / run.Ceiling, gain is { Questions: > 0 } ? gain : null));
            }
            return new()
            {
                Model = request.Model.Name,
                Quantisation = facts.Quantisation,
                EngineBuild = facts.Build,
                Device = facts.Device,
                ComputesOn = facts.ComputesOn,
                Machine = facts.Machine,
                Threads = facts.Threads,
                Survey = request.Survey,
                PromptRates = rates,
                Conditions = conditions,
                Formats = request.Formats ? await FormatsAsync(folder.FullName, cancellation) : [],
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    Task<RunOutcome> AskAsync(AskingJob job, string output, bool probe, CancellationToken cancellation) => new RunJob(new()
    {
        Model = request.Model,
        Job = job,
        Output = output,
        Probe = probe,
        AskOnly = true,
        Monitor = request.Monitor,
    }).ExecuteAsync(cancellation);

    AskingJob JobOf(BenchCase c) =>
        new() { Survey = request.Survey, Design = c.Design, Sample = Math.Max(1, (int)(request.Questions * c.Share)) };

    Task<IAnswerSource> OpenAsync(AskingJob job, CancellationToken cancellation)
    {
        var work = AskingWork.Of(job);
        request.Model.Require(work.Design);
        return request.Model.OpenAsync(work, SourceContext.None with { Warn = request.Monitor.Warn }, cancellation);
    }

    async Task<(SourceFacts Facts, IReadOnlyList<PromptRateResult> Rates)> RatesAsync(CancellationToken cancellation)
    {
        await using var source = await OpenAsync(JobOf(new("", DesignChoice.Default, 0)), cancellation);
        List<PromptRateResult> rates = [];
        // A server is not told to decode anything but prompts.
        if (!source.Abilities.Rate)
            return (source.Facts, rates);
        foreach (var tokens in source.Facts.Device == "cpu" ? s_cpuRates : s_gpuRates)
        {
            var values = await source.RunAsync(new RateTask(tokens, Repetitions), null, cancellation);
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
            rates.Add(new($"pp{tokens}", mean, deviation, Median.Of(values), values));
        }
        return (source.Facts, rates);
    }

    async Task<SharingGain> GainAsync(AskingJob job, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(job, cancellation);
        return await source.RunAsync(new SharingTask(), null, cancellation);
    }

    async Task<IReadOnlyList<FormatResult>> FormatsAsync(string folder, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(JobOf(new("", DesignChoice.Default, 0)), cancellation);
        return await source.RunAsync(new FormatsTask(folder, Repetitions), null, cancellation);
    }
}
