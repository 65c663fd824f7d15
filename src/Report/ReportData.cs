using System.Text.Json.Serialization;

namespace LocalOpinions.Report;

/// <summary>All that the page shows. <c>web/src/data.ts</c> is its other half.</summary>
/// <param name="Runs">The runs that have similarities, newest first.</param>
/// <param name="UnscoredRuns">How many runs of the file have none yet.</param>
sealed record ReportData(IReadOnlyList<ReportRun> Runs, int UnscoredRuns);

sealed record ReportRun(
    string Id,
    string Model,
    string ModelSha256,
    string Survey,
    string SurveySha256,
    string? Notice,
    string Condition,
    string? PromptedCountry,
    string Template,
    string TemplateVersion,
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
    ReportNoise? Noise,
    IReadOnlyList<ReportCountry> Countries);

/// <summary>The run's noise floor; the similarity's is null where it could not be measured.</summary>
sealed record ReportNoise(long Prompts, double MeanProb, double MaxProb, double? MeanSimilarity, double? MaxSimilarity);

sealed record ReportCountry(
    string Label,
    string? Iso3,
    bool National,
    long N,
    double Bits,
    double Nats,
    double UniformBits,
    double UniformNats);

// The default encoder writes <, >, &, quotes and everything beyond ASCII as \uXXXX: no text can end the script block.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportData))]
sealed partial class ReportJson : JsonSerializerContext;
