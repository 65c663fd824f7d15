using System.Text.Json;
using System.Text.Json.Serialization;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Report.Data;

/// <summary>The values of the block that the page opens with; <c>web/src/data/overview.ts</c> is its other half.</summary>
/// <param name="Runs">The runs that have similarities, newest first.</param>
/// <param name="Opened">Index of the run that the page opens with.</param>
/// <param name="Surveys">Their surveys.</param>
/// <param name="UnscoredRuns">How many runs of the file have none yet.</param>
sealed record Overview(IReadOnlyList<OverviewRun> Runs, int Opened, IReadOnlyList<OverviewSurvey> Surveys, int UnscoredRuns);

sealed record OverviewRun : RunWay
{
    public required int Id { get; init; }

    // What tells it from every other run of any file; numbers are only this file's.
    public required string Key { get; init; }

    public required string Model { get; init; }

    public required string ModelSha256 { get; init; }

    public required int Survey { get; init; }

    public required string? Language { get; init; }

    public required string? Translation { get; init; }

    public required string Control { get; init; }

    public required string Reading { get; init; }

    public required string Origin { get; init; }

    public required string Template { get; init; }

    public required string TemplateVersion { get; init; }

    public required string? Wording { get; init; }

    public required string Date { get; init; }

    public required string Status { get; init; }

    public required long Questions { get; init; }

    public required long Answered { get; init; }

    public required long Unanswered { get; init; }

    public required double? OffMenu { get; init; }

    public required long ThinBelow { get; init; }

    // Whether adjusted means are stored; files that were scored by an earlier version have none.
    public required bool Adjusted { get; init; }

    public OverviewNoise? Noise { get; init; }

    public OverviewNoise? Rounding { get; init; }

    // The people whom its prompts name: indices among the survey's countries.
    public IReadOnlyList<int> Prompted { get; init; } = [];

    public required bool Detail { get; init; }
}

/// <summary>How far arithmetic moves the run's numbers; the similarity's is null where it could not be measured.</summary>
sealed record OverviewNoise(long Prompts, double MeanProb, double MaxProb, double? MeanSimilarity, double? MaxSimilarity);

// Countries by rising number of the label in the results file.
sealed record OverviewSurvey(string Name, string Sha256, string Language, string? Notice, IReadOnlyList<OverviewCountry> Countries);

// Wave: the survey's own words for when these people were asked; null where it does not say.
sealed record OverviewCountry(string Label, string Name, string? Iso3, string SampleKind, string? Region, string? Wave,
    IReadOnlyList<OverviewSource> Sources);

/// <summary>A study that asked a label's people, and how many of the survey's questions.</summary>
sealed record OverviewSource(string Source, int Questions);

/// <summary>The values of a survey's block.</summary>
sealed record SurveyTexts(IReadOnlyList<string> Text, IReadOnlyList<string> Sources, IReadOnlyList<IReadOnlyList<string>> Options,
    IReadOnlyList<string> Topics);

sealed record TopicNames(IReadOnlyList<string> Topics);

sealed record GroupNames(IReadOnlyList<GroupName> Groups);

// Grouping: region, topic or source.
sealed record GroupName(string Grouping, string Name);

sealed record MeasureNames(IReadOnlyList<MeasureName> Measures);

sealed record MeasureName(string Name, string Title, string Unit, string Description, bool MoreIsNearer);

sealed record Generations([property: JsonPropertyName("generations")] IReadOnlyList<Generation> Rows);

// Run: index in the overview. Seed: as text, for JavaScript's numbers do not hold every seed.
sealed record Generation
{
    public required int Run { get; init; }

    public required int SourceRow { get; init; }

    public required int Sequence { get; init; }

    public required string Seed { get; init; }

    public required double Temperature { get; init; }

    public required double TopP { get; init; }

    public required string Prompt { get; init; }

    public required string Text { get; init; }

    public required string Finish { get; init; }

    public required bool? Agrees { get; init; }

    // What the rule reads in a text that is an answer; null for texts that are looked at.
    public required string? RuleClass { get; init; }

    public required int? RuleOption { get; init; }

    // A second model that was asked which option the text gives; null where none was. Of several the first by name.
    public required string? Classifier { get; init; }

    public required int? ClassOption { get; init; }

    public required double? Probability { get; init; }
}

/// <summary>Values of a block that has columns alone.</summary>
sealed record Nothing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(SurveyTexts))]
[JsonSerializable(typeof(TopicNames))]
[JsonSerializable(typeof(GroupNames))]
[JsonSerializable(typeof(MeasureNames))]
[JsonSerializable(typeof(Findings))]
[JsonSerializable(typeof(Reported))]
[JsonSerializable(typeof(Generations))]
[JsonSerializable(typeof(AllPrompts))]
[JsonSerializable(typeof(PutIn))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(JsonElement))]
sealed partial class BlockJson : JsonSerializerContext;
