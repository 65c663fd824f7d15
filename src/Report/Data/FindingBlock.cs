using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>What a way of asking was found to do; <c>web/src/data/findings.ts</c> reads it.</summary>
static class FindingBlock
{
    // Whom the prompts name, where the sample stands for the nation, and everybody: country is null for the mean over countries.
    const string MovesQuery = """
        SELECT run_id AS run, default_run_id AS base, country, n, difference_bits AS own, low, high, p_holm AS p,
               more_than_others_bits AS more, more_than_others_low AS more_low, more_than_others_high AS more_high,
               more_than_others_p_holm AS more_p
        FROM condition_differences
        WHERE country_id IS NULL OR (is_prompted
            AND country_id IN (SELECT country_id FROM countries WHERE sample_kind <> 'non-national'))
        ORDER BY run_id, country NULLS LAST
        """;

    // Of the newest study of each model: towards the speakers of a language, and towards all others.
    const string LanguagesQuery = """
        SELECT model, subject AS language, measure, n, value, low, high, verdict, note
        FROM findings WHERE topic = 'language' AND measure IN ('own change', 'others'' change') AND value IS NOT NULL
            AND NOT isnan(value)
        QUALIFY study_id = max(study_id) OVER (PARTITION BY model) ORDER BY finding_index
        """;

    // Of the newest study of each model, what concerns a run of it: the part's, and of a part that asks in several ways that way's.
    const string StudyQuery = """
        WITH newest AS (
            SELECT * FROM findings WHERE topic IN ('orders', 'controls', 'homogeneity', 'templates', 'written') AND NOT isnan(value)
            QUALIFY study_id = max(study_id) OVER (PARTITION BY model))
        SELECT s.run_id AS run, f.topic, f.subject, f.measure, f.n, f.value, f.low, f.high, f.p_holm AS p, f.verdict, f.note
        FROM newest AS f
        JOIN study_runs AS s ON s.study_id = f.study_id AND s.part = f.part
        JOIN run_labels AS r ON r.run_id = s.run_id AND r.model = f.model
        WHERE CASE f.topic
            WHEN 'controls' THEN f.subject IS NULL OR f.subject = r.prompted_country
            WHEN 'templates' THEN f.subject IS NULL OR f.subject = r.template ELSE true END
        ORDER BY f.finding_index, s.run_id
        """;

    /// <summary>Null where nothing was compared.</summary>
    public static byte[]? Read(ResultsFile results, Scored scored)
    {
        int Run(int id) => scored.TryIndex(id, out var index) ? index : -1;
        var moves = results.Read<FoundMove>(MovesQuery).Select(m => m with { Run = Run(m.Run), Base = Run(m.Base) })
            .Where(m => m.Run >= 0 && m.Base >= 0).ToList();
        var languages = results.Read<FoundLanguage>(LanguagesQuery);
        var study = results.Read<FoundInStudy>(StudyQuery).Select(f => f with { Run = Run(f.Run) }).Where(f => f.Run >= 0).ToList();
        return moves.Count + languages.Count + study.Count == 0 ? null
            : new ColumnBlock().Compress(new Findings(moves, [.. languages], study), BlockJson.Default.Findings);
    }
}

/// <summary>The block's values. Run and Base are indices in the overview; differences are in bits.</summary>
sealed record Findings(IReadOnlyList<FoundMove> Moves, IReadOnlyList<FoundLanguage> Languages, IReadOnlyList<FoundInStudy> Study);

// More: own less the same for all other countries, null where there is none.
sealed record FoundMove
{
    public required int Run { get; init; }
    public required int Base { get; init; }
    public required string? Country { get; init; }
    public required long N { get; init; }
    public required double Own { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? P { get; init; }
    public required double? More { get; init; }
    public required double? MoreLow { get; init; }
    public required double? MoreHigh { get; init; }
    public required double? MoreP { get; init; }
}

// Subject: the place of an option, the country or the wording that it is about; null for all.
sealed record FoundInStudy
{
    public required int Run { get; init; }
    public required string Topic { get; init; }
    public required string? Subject { get; init; }
    public required string Measure { get; init; }
    public required long N { get; init; }
    public required double Value { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? P { get; init; }
    public required string? Verdict { get; init; }
    public required string? Note { get; init; }
}

sealed record FoundLanguage
{
    public required string Model { get; init; }
    public required string Language { get; init; }
    public required string Measure { get; init; }
    public required long N { get; init; }
    public required double Value { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required string? Verdict { get; init; }
    public required string? Note { get; init; }
}
