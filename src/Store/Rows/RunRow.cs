namespace LocalOpinions.Store.Rows;

/// <summary>One survey put to one model in one way.</summary>
/// <remarks>
/// Everything but <see cref="PromptedLabels"/>, <see cref="Wording"/>, <see cref="Threads"/>, <see cref="Machine"/> and
/// <see cref="ToolVersion"/> is the run's key: the same values are the same run.
/// </remarks>
public sealed record RunRow : RunWay
{
    /// <summary>From <see cref="ResultsFile.AddModel"/>; the key holds the file's SHA-256.</summary>
    public required int ModelId { get; init; }

    /// <summary>From <see cref="ResultsFile.AddSurvey"/>; the key holds the file's SHA-256.</summary>
    public required int SurveyId { get; init; }

    /// <summary>
    /// The survey's country labels whose people the prompt names; no part of the key, for they follow from the survey and from whom the
    /// prompt names. Empty where it names nobody who was asked.
    /// </summary>
    public IReadOnlyList<string> PromptedLabels { get; init; } = [];

    /// <summary>The template's name.</summary>
    public required string TemplateName { get; init; }

    /// <summary>The template's version.</summary>
    public required string TemplateVersion { get; init; }

    /// <summary>SHA-256 of the template's bytes, lower-case hexadecimal.</summary>
    public required string TemplateSha256 { get; init; }

    /// <summary>Names how prompts were put together for decoding, for example which of their tokens were shared.</summary>
    public required string Plan { get; init; }

    /// <summary>Number type of the key-value cache, for example "F16".</summary>
    public required string KvType { get; init; }

    /// <summary>Whether llama.cpp might use flash attention.</summary>
    public required bool FlashAttention { get; init; }

    /// <summary>Threads of this session.</summary>
    public required int Threads { get; init; }

    /// <summary>A line about the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Version of this program.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The template's text before any chat layout; no part of the key, which holds its hash; null where it is not known.</summary>
    public string? Wording { get; init; }

    /// <summary>BCP 47 tag of the language of the prompts; null for the survey's own.</summary>
    public string? Language { get; init; }

    /// <summary>"human" or "machine" where the questions were translated; null otherwise.</summary>
    public string? Translation { get; init; }

    /// <summary>SHA-256 of the translation file's bytes, lower-case hexadecimal; null where there is none.</summary>
    public string? TranslationSha256 { get; init; }

    /// <summary>
    /// "none", or the control that the run is: "options-only", "shuffled-question", "wrong-country", "uniform", "oracle".
    /// </summary>
    public string Control { get; init; } = "none";

    /// <summary>
    /// How an answer is read: "labels", or "text-sum", "text-mean", "text-bytes", "text-pmi", "written", "verbalised".
    /// </summary>
    public string Reading { get; init; } = "labels";

    /// <summary>What else makes the reading, by name: how many texts are written, say. Part of the key where there is any.</summary>
    public IReadOnlyDictionary<string, string> ReadingSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>"run" where this program asked the model, "import" where the answers came from a file.</summary>
    public string Origin { get; init; } = "run";
}

/// <summary>A run that is being worked on, and what was stored of it when it began.</summary>
/// <param name="RunId">Its number in this file.</param>
/// <param name="Answered">The prompts with a stored answer, or texts of which none names an option: source row and order of
/// options.</param>
/// <param name="UnansweredRows">Source rows that an earlier session could not answer.</param>
public sealed record RunHandle(int RunId, IReadOnlySet<(int SourceRow, int OrderIndex)> Answered, IReadOnlySet<int> UnansweredRows);

/// <summary>How a session of a run ended.</summary>
/// <param name="Status">"complete", "interrupted" or another single word; not "running".</param>
/// <param name="Seconds">Time at work, in seconds.</param>
/// <param name="TokensDecoded">Tokens decoded in this session.</param>
/// <param name="UnsharedTokens">Tokens that would have been decoded had no two prompts shared any.</param>
public sealed record RunEnd(string Status, double Seconds, long TokensDecoded, long UnsharedTokens)
{
    /// <summary>
    /// The share of that time in which no decode was under way, so that the device waited for its host for certain, 0 to 1; null where
    /// nothing was decoded or nobody knows.
    /// </summary>
    public double? Waiting { get; init; }
}

/// <summary>One line of the view <c>run_overview</c>.</summary>
public sealed record RunInfo : RunWay
{
    /// <summary>The run's number in this file.</summary>
    public required int RunId { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>Terms or warnings that belong beside every number of the survey; null where there are none.</summary>
    public required string? SurveyNotice { get; init; }

    /// <summary>The template's name.</summary>
    public required string Template { get; init; }

    /// <summary>Questions of the survey.</summary>
    public required long Questions { get; init; }

    /// <summary>Questions with a stored answer, in one order of their options or more.</summary>
    public required long Answered { get; init; }

    /// <summary>Questions that could not be answered.</summary>
    public required long Unanswered { get; init; }

    /// <summary>Mean label mass over the answered questions, 0 to 1; null before the first answer.</summary>
    public required double? MeanLabelMass { get; init; }

    /// <summary>Mean off-menu mass over the answered questions, 0 to 1; null before the first answer.</summary>
    public required double? MeanOffMenu { get; init; }

    /// <summary>Answers whose label boundary was forced.</summary>
    public required long ForcedBoundaries { get; init; }

    /// <summary>Tokens decoded in sessions that ended properly.</summary>
    public required long? Tokens { get; init; }

    /// <summary>Time at work in those sessions.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Start of the first session, UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>End of the last session that ended, UTC.</summary>
    public required DateTime? FinishedAt { get; init; }

    /// <summary>How the last session ended; "running" while it goes on or after it was killed.</summary>
    public required string Status { get; init; }

    /// <summary>The model file's SHA-256.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Prompts with a stored answer: each order of a question's options counts.</summary>
    public required long Answers { get; init; }

    /// <summary>How prompts were put together for decoding.</summary>
    public required string Plan { get; init; }

    /// <summary>From <see cref="ResultsFile.SetPlan"/>; null until it is known.</summary>
    public required string? PlanSha256 { get; init; }

    /// <summary>Tokens that sessions which ended properly would have decoded without sharing.</summary>
    public required long? UnsharedTokens { get; init; }

    /// <summary><see cref="UnsharedTokens"/> divided by <see cref="Tokens"/>; null where nothing was decoded.</summary>
    public required double? Sharing { get; init; }

    /// <summary>How far the run's arithmetic moves numbers; null where it was not measured.</summary>
    public NoiseFloorRow? NoiseFloor { get; init; }

    /// <summary>How far the arithmetic with its quantised weights is from float arithmetic with the same weights; null where it was not
    /// measured.</summary>
    public NoiseFloorRow? RoundingFloor { get; init; }
}
