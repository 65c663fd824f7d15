using System.Text.Json.Serialization;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Running;

/// <summary>What came of a run. Rates count from the first decode to the last row stored.</summary>
public sealed record RunOutcome
{
    /// <summary>The results file.</summary>
    public required string File { get; init; }

    /// <summary>Which file that was: whoever reads it afterwards reads no other one by it.</summary>
    [JsonIgnore]
    public string? FileIdentity { get; init; }

    /// <summary>
    /// One, or one per country that the prompts named, wording, perturbation and persona; of each, one per reading of its answers. Behind
    /// them the means over personas.
    /// </summary>
    public required IReadOnlyList<RunSummary> Runs { get; init; }

    /// <summary>How the model was asked, in words.</summary>
    public required string Asking { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What is wrong with the model although it can be asked, in words.</summary>
    public required IReadOnlyList<string> ModelWarnings { get; init; }

    /// <summary>The model's fingerprint: of a file the SHA-256 of its bytes.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>Terms or warnings that belong beside every number of the survey; null where there are none.</summary>
    public required string? Notice { get; init; }

    /// <summary>What of the survey was used, in words.</summary>
    public required string Policy { get; init; }

    /// <summary>Each policy with how much it concerned.</summary>
    public required IReadOnlyList<AppliedPolicy> Policies { get; init; }

    /// <summary>Everything in the inference library that numbers depend on.</summary>
    public required string EngineBuild { get; init; }

    /// <summary>What computed.</summary>
    public required string Device { get; init; }

    /// <summary>Native threads of each engine.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether each prompt was decoded alone, in F32.</summary>
    public required bool Exact { get; init; }

    /// <summary>Whether it was ended before its time.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>The part of the prompts that was to be asked, "3/16"; null for all of them.</summary>
    public string? Shard { get; init; }

    /// <summary>Questions asked in each run.</summary>
    public required int Questions { get; init; }

    /// <summary>Prompts that an earlier session had answered; a question has one per order of its options and run.</summary>
    public required long AlreadyAnswered { get; init; }

    /// <summary>Prompts answered in this session.</summary>
    public required long Answered { get; init; }

    /// <summary>Questions that were not answered.</summary>
    public required IReadOnlyList<UnaskedQuestion> Unanswered { get; init; }

    /// <summary>Tokens decoded in this session.</summary>
    public required long Tokens { get; init; }

    /// <summary>
    /// Tokens of the prompts answered in this session, a prompt per text where texts are read: what would have been decoded without
    /// sharing.
    /// </summary>
    public required long UnsharedTokens { get; init; }

    /// <summary>Time at work, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Decoded tokens per second.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Unshared tokens per second.</summary>
    public required double EffectiveTokensPerSecond { get; init; }

    /// <summary>Prompts answered per second.</summary>
    public required double AnswersPerSecond { get; init; }

    /// <summary>Unshared / decoded tokens of the whole plan: what sharing can gain at most; null where nothing was left to do.</summary>
    public required double? Ceiling { get; init; }

    /// <summary>The share of the engine thread's time that was inside llama.cpp's decode call.</summary>
    public required double DecodingShare { get; init; }

    /// <summary>Label reading, on a thread beside the engine's, in relation to the engine thread's time.</summary>
    public required double ReadingShare { get; init; }

    /// <summary>Managed memory allocated per answer by all threads, from the first commit on; null where there was only one.</summary>
    public required double? AllocatedBytesPerAnswer { get; init; }

    /// <summary>Time that the source waited for prompts to be laid out and planned, in seconds.</summary>
    public required double PreparationSeconds { get; init; }

    /// <summary>The most memory that this process had, in bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>The source's own rate; null where it was not measured.</summary>
    public required PromptRateProbe? Probe { get; init; }

    /// <summary>Engines that shared the work, each in a process of its own; 0 for the one in this process.</summary>
    public int Workers { get; init; }

    /// <summary>Why engines ended before their time, one reason each; each was replaced.</summary>
    public IReadOnlyList<string> EngineEnds { get; init; } = [];

    /// <summary>Whether the noise floor was left out because one prompt read by itself, in F32, is more work than all the asking.</summary>
    public bool NoiseTooCostly { get; init; }
}

/// <summary>One run of the outcome.</summary>
/// <param name="Stored">What the results file says of it.</param>
public sealed record RunSummary([property: JsonIgnore] RunInfo Stored)
{
    /// <summary>Its number in the results file.</summary>
    public int RunId => Stored.RunId;

    /// <summary>The country or group that its prompts name; null where they name none.</summary>
    public string? PromptedCountry => Stored.PromptedCountry;

    /// <summary>The name of its wording, with what is perturbed and whose part is taken.</summary>
    public string Template => Stored.Template;

    /// <summary>The persona whose part is taken; null for nobody's, and for the mean over a country's.</summary>
    public string? Persona { get; init; }

    /// <summary>How its answers are read.</summary>
    public required string Reading { get; init; }

    /// <summary>Identifies its decodes; null where answers depend on none.</summary>
    public string? PlanSha256 => Stored.PlanSha256;

    /// <summary>Mean probability outside all labels or texts, over all answers of the run.</summary>
    public double? OffMenu => Stored.MeanOffMenu;

    /// <summary>The probability of all labels or texts; null before the first answer.</summary>
    public required LabelMass? LabelMass { get; init; }

    /// <summary>What casts doubt on its answers; null for nothing.</summary>
    public required string? Warning { get; init; }

    /// <summary>What to try where something casts doubt on them: a program names it in its own words, and adds it to the warning.</summary>
    [JsonIgnore]
    public IReadOnlyList<OtherAsking> Try { get; init; } = [];

    /// <summary>Answers whose label boundary was forced.</summary>
    public long ForcedBoundaries => Stored.ForcedBoundaries;

    /// <summary>How far the arithmetic moves numbers; null where it was not measured.</summary>
    public NoiseFloorRow? NoiseFloor => Stored.NoiseFloor;

    /// <inheritdoc cref="RunInfo.RoundingFloor"/>
    public NoiseFloorRow? RoundingFloor => Stored.RoundingFloor;
}

/// <summary>
/// llama.cpp's own rate at 512 tokens, measured in the run's process before, during and after, and the run's rates as shares of its median.
/// </summary>
/// <param name="TokensPerSecond">Each measurement.</param>
/// <param name="Median">Of these.</param>
/// <param name="Ratio">Decoded tokens per second / median.</param>
/// <param name="EffectiveRatio">Unshared tokens per second / median.</param>
public sealed record PromptRateProbe(IReadOnlyList<double> TokensPerSecond, double Median, double Ratio, double EffectiveRatio);
