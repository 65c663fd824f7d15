using LocalOpinions.Store;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Analysis.Rankings;

/// <summary>
/// Whether asking in a language moved the answers toward a country where it is spoken, against the same run in the survey's own language.
/// </summary>
/// <param name="N">Questions that both runs and the country answered.</param>
/// <param name="Change">Mean over them of the similarity in bits, in the language minus in the survey's own.</param>
/// <param name="OthersChange">The same over all other countries: what the language does to everybody.</param>
sealed record LanguageFinding(int RunId, int OwnLanguageRunId, string Language, string Country, long N, double Change, double? OthersChange)
{
    /// <summary>Fewer questions say nothing.</summary>
    const int Enough = 100;

    /// <summary>
    /// Findings of a linguistic run; none where the file holds no run that differs from it in the language alone, or the speakers'
    /// countries are not known.
    /// </summary>
    public static IReadOnlyList<LanguageFinding> Of(ResultsFile results, int runId)
    {
        // Numbers and words of ours only; nothing from outside is ever pasted into SQL.
        const string Findings = """
            WITH own AS (
                SELECT l.run_id, min(d.run_id) AS own_id, any_value(l.language) AS language
                FROM runs AS l JOIN runs AS d ON d.model_id = l.model_id AND d.survey_id = l.survey_id AND d.condition = 'default'
                    AND d.control = l.control AND d.reading = l.reading
                    AND d.template = l.template AND d.ending = l.ending AND d.option_order = l.option_order AND d.exact = l.exact
                        AND d.origin = l.origin
                WHERE l.run_id = ? AND l.condition = 'linguistic' GROUP BY l.run_id),
            changes AS (
                SELECT a.run_id, own.own_id, own.language, c.label, c.iso3, count(*) AS n, avg(sqrt(greatest(b.js_bits,
                    0)) - sqrt(greatest(a.js_bits, 0))) AS change
                FROM own JOIN similarities AS a ON a.run_id = own.run_id
                JOIN similarities AS b ON b.run_id = own.own_id AND b.source_row = a.source_row AND b.country_id = a.country_id
                JOIN countries AS c ON c.country_id = a.country_id
                WHERE c.sample_kind <> 'non-national'
                GROUP BY ALL)
            SELECT run_id, own_id, language, label AS country, iso3, n, change FROM changes ORDER BY label
            """;
        var rows = results.Read<CountryChange>(Findings, runId);
        return [.. rows.Where(r => r.Iso3 is not null && SpokenIn.Countries(r.Language).Contains(r.Iso3)).Select(r =>
        {
            var others = rows.Where(o => o.Iso3 is null || !SpokenIn.Countries(r.Language).Contains(o.Iso3)).ToList();
            return new LanguageFinding(r.RunId, r.OwnId, r.Language, r.Country, r.N, r.Change,
                others.Count > 0 ? others.Average(o => o.Change) : null);
        })];
    }

    public override string ToString()
    {
        if (N < Enough)
            return $"does {Language} move the answers toward {Country}? {N} questions in common: too few questions to say";
        var others = OthersChange is { } o ? $", and {Moves(o)} all other countries by {Math.Abs(o):F3} (mean)" : "";
        return $"{Language} moves the answers {Moves(Change)} {Country} by {Math.Abs(Change):F3} ({N:N0} questions){others}";
    }

    static string Moves(double change) => change >= 0 ? "toward" : "away from";

    sealed record CountryChange(int RunId, int OwnId, string Language, string Country, string? Iso3, long N, double Change);
}
