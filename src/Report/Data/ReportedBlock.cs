using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>What later studies report of a run, and what its mean is worth; <c>web/src/data/reported.ts</c> reads it.</summary>
static class ReportedBlock
{
    /// <summary>Null where no run has any of it.</summary>
    public static byte[]? Read(ResultsFile results, Scored scored)
    {
        int Run(int id) => scored.TryIndex(id, out var index) ? index : -1;
        int Survey(int id) => scored.SurveyIds.IndexOf(id);
        var reported = new Reported(
            [.. results.Read<ReportedYardstick>(
                """
                SELECT run_id AS run, country, n, uniform_bits AS uniform, majority_bits AS majority, similarity_bits AS model,
                       world_bits AS world, nearest_bits AS nearest, second_sample_bits AS second_sample, perfect_bits AS perfect
                FROM run_yardsticks ORDER BY run_id, country NULLS FIRST
                """).Select(y => y with { Run = Run(y.Run) }).Where(y => y.Run >= 0)],
            [.. results.Read<ReportedStratum>(
                """
                SELECT s.run_id AS run, s.measure, d.title, s.entropy_from AS "from", s.entropy_to AS "to", s.pairs, s.nearness, s.low,
                       s.high, s.uniform_nearness AS uniform, s.skill, s.skill_low, s.skill_high
                FROM entropy_strata AS s JOIN measures AS d ON d.measure = s.measure
                ORDER BY s.run_id, s.measure, s.entropy_from NULLS FIRST
                """).Select(s => s with { Run = Run(s.Run) }).Where(s => s.Run >= 0)],
            [.. results.Read<ReportedEvenness>(
                """
                SELECT e.run_id AS run, e.measure, e.countries, e.evenness, e.low, e.high, e.uniform_evenness AS uniform,
                       c.country AS nearest, c.topics, c.consistency, c.not_behind
                FROM evenness AS e LEFT JOIN consistency AS c ON c.run_id = e.run_id AND c.measure = e.measure
                ORDER BY e.run_id, e.measure
                """).Select(e => e with { Run = Run(e.Run) }).Where(e => e.Run >= 0)],
            [.. results.Read<ReportedSteering>(
                """
                SELECT survey_id AS survey, model, measure, country, n, wordings, steerability AS best, low, high, unsteered, gain,
                       gain_low, gain_high
                FROM steerability WHERE reading = 'labels' AND option_order = 'faithful' AND language IS NULL
                ORDER BY survey_id, model, measure, country
                """).Select(s => s with { Survey = Survey(s.Survey) }).Where(s => s.Survey >= 0)],
            [.. results.Read<ReportedPair>(
                """
                SELECT r.survey_id AS survey, m.model, m.other_model AS other, m.n, m.similarity_bits AS similarity, m.low, m.high
                FROM model_similarity AS m JOIN run_labels AS r ON r.run_id = m.one_run ORDER BY r.survey_id, m.one_run, m.other_run
                """).Select(p => p with { Survey = Survey(p.Survey) }).Where(p => p.Survey >= 0)],
            [.. results.Read<ReportedDifference>(
                """
                SELECT run_id AS run, other_run_id AS other, measure, entropy_from AS "from", entropy_to AS "to", pairs, difference, low,
                       high
                FROM stratum_model_differences ORDER BY run_id, other_run_id, measure, entropy_from NULLS FIRST
                """).Select(d => d with { Run = Run(d.Run), Other = Run(d.Other) }).Where(d => d.Run >= 0 && d.Other >= 0)]);
        return reported.Strata.Count == 0 ? null : new ColumnBlock().Compress(reported, BlockJson.Default.Reported);
    }
}

/// <summary>The block's values. Run and Survey are indices in the overview; intervals are 95 %, null where there is none.</summary>
sealed record Reported(IReadOnlyList<ReportedYardstick> Yardsticks, IReadOnlyList<ReportedStratum> Strata,
    IReadOnlyList<ReportedEvenness> Evenness, IReadOnlyList<ReportedSteering> Steering, IReadOnlyList<ReportedPair> Models,
    IReadOnlyList<ReportedDifference> Differences);

// Country: null for all pairs.
sealed record ReportedYardstick
{
    public required int Run { get; init; }
    public required string? Country { get; init; }
    public required long N { get; init; }
    public required double Uniform { get; init; }
    public required double Majority { get; init; }
    public required double Model { get; init; }
    public required double World { get; init; }
    public required double? Nearest { get; init; }
    public required double SecondSample { get; init; }
    public required double Perfect { get; init; }
}

// From and To: of people's normalised entropy, null for all pairs.
sealed record ReportedStratum
{
    public required int Run { get; init; }
    public required string Measure { get; init; }
    public required string Title { get; init; }
    public required double? From { get; init; }
    public required double? To { get; init; }
    public required long Pairs { get; init; }
    public required double Nearness { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double Uniform { get; init; }
    public required double? Skill { get; init; }
    public required double? SkillLow { get; init; }
    public required double? SkillHigh { get; init; }
}

sealed record ReportedEvenness
{
    public required int Run { get; init; }
    public required string Measure { get; init; }
    public required long Countries { get; init; }
    public required double Evenness { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? Uniform { get; init; }
    public required string? Nearest { get; init; }
    public required long? Topics { get; init; }
    public required double? Consistency { get; init; }
    public required double? NotBehind { get; init; }
}

sealed record ReportedSteering
{
    public required int Survey { get; init; }
    public required string Model { get; init; }
    public required string Measure { get; init; }
    public required string Country { get; init; }
    public required long N { get; init; }
    public required long Wordings { get; init; }
    public required double Best { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double Unsteered { get; init; }
    public required double Gain { get; init; }
    public required double? GainLow { get; init; }
    public required double? GainHigh { get; init; }
}

sealed record ReportedPair(int Survey, string Model, string Other, long N, double Similarity, double? Low, double? High);

// By how much Run is nearer to people than Other, each a model's plain run.
sealed record ReportedDifference
{
    public required int Run { get; init; }
    public required int Other { get; init; }
    public required string Measure { get; init; }
    public required double? From { get; init; }
    public required double? To { get; init; }
    public required long Pairs { get; init; }
    public required double Difference { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
}
