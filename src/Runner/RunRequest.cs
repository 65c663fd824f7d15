using LocalOpinions.Runner.Workers;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What to ask, of whom, and where to put the answers.</summary>
/// <param name="Limit">Only the survey's first so many questions; null for all.</param>
/// <param name="Threads">Native threads; null to choose.</param>
/// <param name="Sample">Of these a seeded sample of so many questions; null for all.</param>
/// <param name="Seed">Which sample.</param>
/// <param name="Probe">Whether to measure llama.cpp's own prompt rate before, during and after.</param>
/// <param name="Quiet">Whether to show no progress.</param>
sealed record RunRequest(
    string Model, string Survey, string Output, int? Limit, DeviceChoice Device, int? Threads, bool Exact, Asking Asking, bool Probe, bool Quiet, int? Sample = null, int Seed = RunRequest.DefaultSeed)
{
    public const int DefaultSeed = 1;

    /// <summary>What of the survey is used.</summary>
    public SurveyPolicy Policy { get; init; } = SurveyPolicy.Default;

    /// <summary>Layers on the GPU; null for all.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Whether and how to compute in processes of their own; null to compute in this one.</summary>
    public WorkerOptions.WorkerChoice? Engines { get; init; }

    public List<Question> Choose(Survey survey) => Choose(survey, Limit, Sample, Seed);

    public static List<Question> Choose(Survey survey, int? limit, int? sample, int seed)
    {
        List<Question> all = [.. survey.Questions.Take(limit ?? int.MaxValue)];
        return sample is { } size ? NoiseFloorJob.PickSome(all, size, new Random(seed)) : all;
    }
}

/// <summary>What came of it. Rates count from the first decode to the last row stored.</summary>
/// <param name="Runs">One, or one per country that the prompts named; of each, one per reading of its answers.</param>
/// <param name="Policy">What of the survey was used, in words.</param>
/// <param name="Policies">Each policy with how much it concerned.</param>
/// <param name="Questions">Questions asked in each run.</param>
/// <param name="AlreadyAnswered">Prompts that an earlier session had answered; a question has one per order of its options and run.</param>
/// <param name="Answered">Prompts answered in this session.</param>
/// <param name="Tokens">Tokens decoded in this session.</param>
/// <param name="UnsharedTokens">Tokens of the prompts answered in this session, a prompt per text where texts are read: what would have been decoded without sharing.</param>
/// <param name="EffectiveTokensPerSecond">Unshared tokens per second.</param>
/// <param name="Ceiling">Unshared / decoded tokens of the whole plan: what sharing can gain at most; null where nothing was left to do.</param>
/// <param name="DecodingShare">The share of the engine thread's time that was inside llama.cpp's decode call.</param>
/// <param name="ReadingShare">Label reading, on a thread beside the engine's, in relation to the engine thread's time.</param>
/// <param name="AllocatedBytesPerAnswer">Managed memory allocated per answer by all threads, from the first commit on; 0 where there was only one.</param>
sealed record RunOutcome(
    string File, IReadOnlyList<RunSummary> Runs, string Asking, string Model, string ModelSha256, string Survey, string? Notice, string Policy, IReadOnlyList<AppliedPolicy> Policies, string EngineBuild, string Device, int Threads, bool Exact, bool Interrupted,
    int Questions, long AlreadyAnswered, long Answered, IReadOnlyList<UnaskedQuestion> Unanswered,
    long Tokens, long UnsharedTokens, double Seconds, double TokensPerSecond, double EffectiveTokensPerSecond, double AnswersPerSecond, double? Ceiling,
    double DecodingShare, double ReadingShare, double AllocatedBytesPerAnswer, double PreparationSeconds, long PeakMemoryBytes, PromptRateProbe? Probe)
{
    /// <summary>Engines that shared the work, each in a process of its own; 0 for the one in the runner's.</summary>
    public int Workers { get; init; }

    /// <summary>Why engines ended before their time, one reason each; each was replaced.</summary>
    public IReadOnlyList<string> EngineEnds { get; init; } = [];
}

/// <summary>One run of the outcome.</summary>
/// <param name="Reading">How its answers are read.</param>
/// <param name="OffMenu">Mean probability outside all labels or texts, over all answers of the run.</param>
/// <param name="LabelMass">The probability of all labels or texts; null before the first answer.</param>
/// <param name="Warning">What casts doubt on its answers; null for nothing.</param>
sealed record RunSummary(int RunId, string? PromptedCountry, string Reading, string? PlanSha256, double? OffMenu, LabelMass? LabelMass, string? Warning, long ForcedBoundaries, Store.NoiseFloorRow? NoiseFloor);

/// <summary>llama.cpp's own rate at 512 tokens, measured in the run's process before, during and after, and the run's rates as shares of its median.</summary>
sealed record PromptRateProbe(IReadOnlyList<double> TokensPerSecond, double Median, double Ratio, double EffectiveRatio);
