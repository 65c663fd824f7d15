using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What to ask, of whom, and where to put the answers.</summary>
/// <param name="Limit">Only the survey's first so many questions; null for all.</param>
/// <param name="Probe">Whether to measure llama.cpp's own prompt rate before and after.</param>
/// <param name="Quiet">Whether to show no progress.</param>
sealed record RunRequest(
    string Model, string Survey, string Output, int? Limit, DeviceKind Device, int Threads, bool Exact, PromptEnding Ending, bool Probe, bool Quiet);

/// <summary>What came of it. Rates count from the first decode to the last row stored.</summary>
/// <param name="AlreadyAnswered">Questions that an earlier session of the same run had answered.</param>
/// <param name="OffMenu">Mean probability outside all labels, over all answers of the run.</param>
sealed record RunOutcome(
    string File, int RunId, string Model, string ModelSha256, string Survey, string? Notice, string EngineBuild, string Device, bool Exact, bool Interrupted,
    int Questions, int AlreadyAnswered, int Answered, IReadOnlyList<UnaskedQuestion> Unanswered,
    long Tokens, double Seconds, double TokensPerSecond, double QuestionsPerSecond, double? OffMenu, long ForcedBoundaries,
    double PreparationSeconds, long PeakMemoryBytes, PromptRateProbe? Probe);

/// <summary>A question that was not answered, by its 0-based row in the survey file.</summary>
sealed record UnaskedQuestion(int SourceRow, string Reason);

/// <summary>llama.cpp's own rate at 512 tokens, measured in the run's process, and the run's rate as a share of it.</summary>
sealed record PromptRateProbe(IReadOnlyList<double> TokensPerSecond, double Median, double Ratio);
