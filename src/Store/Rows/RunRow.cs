namespace LocalOpinions.Store;

/// <summary>One survey put to one model in one way.</summary>
/// <remarks>
/// Everything but <see cref="Wording"/>, <paramref name="Threads"/>, <paramref name="Machine"/> and <paramref name="ToolVersion"/> is the run's key: the
/// same values are the same run.
/// </remarks>
/// <param name="ModelId">From <see cref="ResultsFile.AddModel"/>; the key holds the file's SHA-256.</param>
/// <param name="SurveyId">From <see cref="ResultsFile.AddSurvey"/>; the key holds the file's SHA-256.</param>
/// <param name="Condition">"default", "cross-national" or "linguistic".</param>
/// <param name="PromptedCountry">The country that the prompt names; null where it names none.</param>
/// <param name="TemplateName">The template's name.</param>
/// <param name="TemplateVersion">The template's version.</param>
/// <param name="TemplateSha256">SHA-256 of the template's bytes, lower-case hexadecimal.</param>
/// <param name="Ending">How the prompt ends: "paren" or "space".</param>
/// <param name="OptionOrder">"faithful" is the survey's own order.</param>
/// <param name="Plan">Names how prompts were put together for decoding, for example which of their tokens were shared.</param>
/// <param name="Exact">Whether the engine ran in its exact mode.</param>
/// <param name="KvType">Number type of the key-value cache, for example "F16".</param>
/// <param name="FlashAttention">Whether llama.cpp might use flash attention.</param>
/// <param name="EngineBuild">Version of the inference library.</param>
/// <param name="Device">What computed, for example "cpu".</param>
/// <param name="Threads">Threads of this session.</param>
/// <param name="Machine">A line about the machine.</param>
/// <param name="ToolVersion">Version of this program.</param>
public sealed record RunRow(
    int ModelId,
    int SurveyId,
    string Condition,
    string? PromptedCountry,
    string TemplateName,
    string TemplateVersion,
    string TemplateSha256,
    string Ending,
    string OptionOrder,
    string Plan,
    bool Exact,
    string KvType,
    bool FlashAttention,
    string EngineBuild,
    string Device,
    int Threads,
    string Machine,
    string ToolVersion)
{
    /// <summary>The template's text before any chat layout; no part of the key, which holds its hash; null where it is not known.</summary>
    public string? Wording { get; init; }

    /// <summary>BCP 47 tag of the language of the prompts; null for the survey's own.</summary>
    public string? Language { get; init; }

    /// <summary>"human" or "machine" where the questions were translated; null otherwise.</summary>
    public string? Translation { get; init; }

    /// <summary>SHA-256 of the translation file's bytes, lower-case hexadecimal; null where there is none.</summary>
    public string? TranslationSha256 { get; init; }

    /// <summary>"none", or the control that the run is: "options-only", "shuffled-question", "wrong-country", "uniform", "oracle".</summary>
    public string Control { get; init; } = "none";

    /// <summary>How an answer is read: "labels", or "text-sum", "text-mean", "text-bytes", "text-pmi".</summary>
    public string Reading { get; init; } = "labels";

    /// <summary>"run" where this program asked the model, "import" where the answers came from a file.</summary>
    public string Origin { get; init; } = "run";
}

/// <summary>A run that is being worked on, and what was stored of it when it began.</summary>
/// <param name="RunId">Its number in this file.</param>
/// <param name="Answered">The prompts with a stored answer: source row and order of options.</param>
/// <param name="UnansweredRows">Source rows that an earlier session could not answer.</param>
public sealed record RunHandle(int RunId, IReadOnlySet<(int SourceRow, int OrderIndex)> Answered, IReadOnlySet<int> UnansweredRows);

/// <summary>How a session of a run ended.</summary>
/// <param name="Status">"complete", "interrupted" or another single word; not "running".</param>
/// <param name="Seconds">Time at work, in seconds.</param>
/// <param name="TokensDecoded">Tokens decoded in this session.</param>
/// <param name="UnsharedTokens">Tokens that would have been decoded had no two prompts shared any.</param>
public sealed record RunEnd(string Status, double Seconds, long TokensDecoded, long UnsharedTokens);

/// <summary>One line of the view <c>run_overview</c>.</summary>
/// <param name="RunId">The run's number in this file.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Survey">The survey's name.</param>
/// <param name="SurveyNotice">Terms or warnings that belong beside every number of the survey; null where there are none.</param>
/// <param name="Condition">"default", "cross-national" or "linguistic".</param>
/// <param name="PromptedCountry">The country that the prompt names; null where it names none.</param>
/// <param name="Template">The template's name.</param>
/// <param name="Ending">"paren" or "space".</param>
/// <param name="Exact">Whether the engine ran in its exact mode.</param>
/// <param name="Questions">Questions of the survey.</param>
/// <param name="Answered">Questions with a stored answer, in one order of their options or more.</param>
/// <param name="Unanswered">Questions that could not be answered.</param>
/// <param name="MeanLabelMass">Mean label mass over the answered questions, 0 to 1; null before the first answer.</param>
/// <param name="MeanOffMenu">Mean off-menu mass over the answered questions, 0 to 1; null before the first answer.</param>
/// <param name="ForcedBoundaries">Answers whose label boundary was forced.</param>
/// <param name="Tokens">Tokens decoded in sessions that ended properly.</param>
/// <param name="Seconds">Time at work in those sessions.</param>
/// <param name="StartedAt">Start of the first session, UTC.</param>
/// <param name="FinishedAt">End of the last session that ended, UTC.</param>
/// <param name="Status">How the last session ended; "running" while it goes on or after it was killed.</param>
/// <param name="ModelSha256">The model file's SHA-256.</param>
/// <param name="EngineBuild">Version of the inference library.</param>
/// <param name="Device">What computed.</param>
/// <param name="Answers">Prompts with a stored answer: each order of a question's options counts.</param>
/// <param name="OptionOrder">"faithful" is the survey's own order.</param>
/// <param name="Plan">How prompts were put together for decoding.</param>
/// <param name="PlanSha256">From <see cref="ResultsFile.SetPlan"/>; null until it is known.</param>
/// <param name="UnsharedTokens">Tokens that sessions which ended properly would have decoded without sharing.</param>
/// <param name="Sharing"><paramref name="UnsharedTokens"/> divided by <paramref name="Tokens"/>; null where nothing was decoded.</param>
/// <param name="NoiseFloor">How far the run's arithmetic moves numbers; null where it was not measured.</param>
public sealed record RunInfo(
    int RunId,
    string Model,
    string Survey,
    string? SurveyNotice,
    string Condition,
    string? PromptedCountry,
    string Template,
    string Ending,
    bool Exact,
    long Questions,
    long Answered,
    long Unanswered,
    double? MeanLabelMass,
    double? MeanOffMenu,
    long ForcedBoundaries,
    long? Tokens,
    double? Seconds,
    DateTime StartedAt,
    DateTime? FinishedAt,
    string Status,
    string ModelSha256,
    string EngineBuild,
    string Device,
    long Answers,
    string OptionOrder,
    string Plan,
    string? PlanSha256,
    long? UnsharedTokens,
    double? Sharing,
    NoiseFloorRow? NoiseFloor);
