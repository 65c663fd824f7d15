using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Verifying;

/// <summary>How far one way of computing the same prompts is from another. All differences are absolute.</summary>
public sealed record WayComparison
{
    /// <summary>The one way.</summary>
    public required string Way { get; init; }

    /// <summary>The other.</summary>
    public required string Against { get; init; }

    /// <summary>Identifies the one way's decodes.</summary>
    public required string PlanSha256 { get; init; }

    /// <summary>Of an option's probability.</summary>
    public required double MeanProbability { get; init; }

    /// <summary>Of an option's probability.</summary>
    public required double LargestProbability { get; init; }

    /// <summary>Of a label's log-probability, in nats.</summary>
    public required double MeanLogProbability { get; init; }

    /// <summary>Of a label's log-probability, in nats.</summary>
    public required double LargestLogProbability { get; init; }

    /// <summary>Of the similarity of one question and country.</summary>
    public required double MeanSimilarity { get; init; }

    /// <summary>Of the similarity of one question and country.</summary>
    public required double LargestSimilarity { get; init; }

    /// <summary>Of a ranked country's mean similarity over the sample.</summary>
    public required double LargestCountryDifference { get; init; }

    /// <summary>Pairs of ranked countries that stand in the other order.</summary>
    public required long Swaps { get; init; }

    /// <summary>Pairs of ranked countries.</summary>
    public required long Pairs { get; init; }

    /// <summary>Whether every run ranks the countries alike.</summary>
    public required bool SameOrder { get; init; }
}

/// <summary>What a verification found.</summary>
public sealed record VerifyOutcome
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>How the model was asked, in words.</summary>
    public required string Asking { get; init; }

    /// <summary>Everything in the inference library that numbers depend on.</summary>
    public required string EngineBuild { get; init; }

    /// <summary>What computed.</summary>
    public required string Device { get; init; }

    /// <summary>Native threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Questions that were asked.</summary>
    public required int Questions { get; init; }

    /// <summary>Their prompts.</summary>
    public required int Prompts { get; init; }

    /// <summary>Countries with enough questions to be ranked.</summary>
    public required int RankedCountries { get; init; }

    /// <summary>What is enough.</summary>
    public required int QuestionsPerRankedCountry { get; init; }

    /// <summary>Way against way.</summary>
    public required IReadOnlyList<WayComparison> Comparisons { get; init; }

    /// <summary>Why the weights were not computed in F32; null where they were.</summary>
    public required string? WhyNoFloat { get; init; }

    /// <summary>By how much a run's arithmetic moves a ranked country's mean similarity at most, from the exact computation or from that in
    /// F32, whichever is more.</summary>
    public required double Noise { get; init; }

    /// <summary>
    /// Pairs of ranked countries, in F32 or else in the exact computation, that lie closer together than the arithmetic moves a country.
    /// </summary>
    public required IReadOnlyList<string> CloserThanNoise { get; init; }

    /// <summary>Whether the model is on a server: it was asked twice then, and held against a file where there is one.</summary>
    public bool IsServed { get; init; }

    /// <summary>Whether the same plan gives the same numbers to the last bit.</summary>
    public required bool Repeats { get; init; }
}

/// <summary>
/// Scores a seeded sample of questions exactly, as a run does it, in the steps between, under another plan and with the weights in F32, and
/// compares numbers and conclusions.
/// </summary>
/// <param name="model">Who is asked.</param>
/// <param name="job">Which sample of questions, and how.</param>
public sealed class VerifyJob(IAskedModel model, AskingJob job)
{
    internal const int FewestQuestionsPerCountry = 10;

    // What a run's numbers are from the exact ones, the steps that lead there one by one, and what is behind the exact ones.
    static readonly (string Way, string Against)[] s_pairs =
    [
        (VerifyTask.AsRun, VerifyTask.Exact),
        (VerifyTask.HalfCache, VerifyTask.Exact),
        (VerifyTask.OneByOne, VerifyTask.HalfCache),
        (VerifyTask.AsRun, VerifyTask.OneByOne),
        (VerifyTask.OtherPlan, VerifyTask.Exact),
        (VerifyTask.AsRun, VerifyTask.OtherPlan),
        (VerifyTask.Exact, VerifyTask.Float),
        (VerifyTask.AsRun, VerifyTask.Float),
    ];

    /// <param name="monitor">Told what went wrong and was mended, and shown how far it is.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="EngineException">The model cannot be used, or not be asked any question of the sample.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<VerifyOutcome> ExecuteAsync(IWorkMonitor monitor, CancellationToken cancellation)
    {
        var work = AskingWork.Of(job);
        model.Require(work.Design);
        await using var source = await model.OpenAsync(work, SourceContext.None with { Warn = monitor.Warn }, cancellation);
        var sample = await monitor.DoAsync(source, new VerifyTask(), "decodes", cancellation);
        if (sample.Ways.Count == 0)
        {
            throw new EngineException(
                EngineError.Prompt,
                $"{work.Survey.Name}: none of the {work.Questions.Count} questions sampled can be asked of this model: "
                    + $"{sample.Unasked[0].Reason}");
        }

        var ranked = Ranked(work);
        var answers = new SampleAnswers(sample.Asked, work.Questions, work.Design.Templates.Count, ranked);
        var ways = sample.Ways.ToDictionary(w => w.Way);
        var comparisons = s_pairs.Where(p => ways.ContainsKey(p.Against))
            .Select(p => answers.Compare(ways[p.Way], ways[p.Against])).ToList();
        var noise = comparisons.Where(c => c is { Way: VerifyTask.AsRun, Against: VerifyTask.Exact or VerifyTask.Float })
            .Max(c => c.LargestCountryDifference);
        return new()
        {
            Model = model.Name,
            Survey = work.Survey.Name,
            Asking = work.Design.Describe(),
            EngineBuild = source.Facts.Build,
            Device = source.Facts.Device,
            Threads = source.Facts.Threads,
            Questions = work.Questions.Count - sample.Unasked.Count,
            Prompts = sample.Asked.Count,
            RankedCountries = ranked.Count,
            QuestionsPerRankedCountry = FewestQuestionsPerCountry,
            Comparisons = comparisons,
            WhyNoFloat = sample.WhyNoFloat,
            Noise = noise,
            CloserThanNoise = answers.CloserThan(noise, sample.By(VerifyTask.Float) ?? ways[VerifyTask.Exact]),
            Repeats = ways[VerifyTask.AsRun].Scores.Zip(ways[VerifyTask.Again].Scores)
                .All(s => s.First.LogProbabilities.AsSpan().SequenceEqual(s.Second.LogProbabilities)),
        };
    }

    /// <summary>Countries with enough questions to be ranked.</summary>
    internal static List<string> Ranked(AskingWork work) => [.. work.Questions.SelectMany(q => q.Humans).GroupBy(h => h.Country)
        .Where(g => g.Count() >= FewestQuestionsPerCountry).Select(g => g.Key).Order()];
}
