using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalOpinions.Report.Data;

/// <summary>The values of the block that the page opens with; <c>web/src/data/overview.ts</c> is its other half.</summary>
/// <param name="Runs">The runs that have similarities, newest first.</param>
/// <param name="Surveys">Their surveys.</param>
/// <param name="UnscoredRuns">How many runs of the file have none yet.</param>
/// <param name="SummarisedRuns">How many of the runs are shown without single answers.</param>
sealed record Overview(IReadOnlyList<OverviewRun> Runs, IReadOnlyList<OverviewSurvey> Surveys, int UnscoredRuns, int SummarisedRuns);

sealed record OverviewRun(
    int Id,
    string Model,
    string ModelSha256,
    int Survey,
    string Condition,
    string? PromptedCountry,
    string? Language,
    string? Translation,
    string Control,
    string Reading,
    string Origin,
    string Template,
    string TemplateVersion,
    string? Wording,
    string Ending,
    string OptionOrder,
    bool Exact,
    string EngineBuild,
    string Device,
    string Date,
    string Status,
    long Questions,
    long Answered,
    long Unanswered,
    double? OffMenu,
    long ThinBelow,
    OverviewNoise? Noise,
    bool Detail);

/// <summary>The run's noise floor; the similarity's is null where it could not be measured.</summary>
sealed record OverviewNoise(long Prompts, double MeanProb, double MaxProb, double? MeanSimilarity, double? MaxSimilarity);

// Countries by rising number of the label in the results file.
sealed record OverviewSurvey(string Name, string Sha256, string? Notice, IReadOnlyList<OverviewCountry> Countries);

sealed record OverviewCountry(string Label, string Name, string? Iso3, string SampleKind, string? Region);

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
sealed record Generation(int Run, int SourceRow, int Sequence, string Seed, double Temperature, double TopP, string Prompt, string Text,
    string Finish, bool? Agrees);

/// <summary>Values of a block that has columns alone.</summary>
sealed record Nothing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(SurveyTexts))]
[JsonSerializable(typeof(TopicNames))]
[JsonSerializable(typeof(GroupNames))]
[JsonSerializable(typeof(MeasureNames))]
[JsonSerializable(typeof(Generations))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(JsonElement))]
sealed partial class BlockJson : JsonSerializerContext;
