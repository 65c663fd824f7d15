namespace LocalOpinions.Store.Schema;

/// <summary>How many questions a country needs to be ranked, where nobody chose (ranking_limits): the one rule, also of the view.</summary>
static class RankingLimit
{
    // A small run, as the sample's, could never reach 100 questions per country.
    const int Large = 500, InLarge = 100, InSmall = 10;

    /// <param name="questions">Questions that a run answered.</param>
    public static int Of(int questions) => questions >= Large ? InLarge : InSmall;

    public static string View { get; } =
        $"""
        CREATE VIEW thin_limits AS
        SELECT a.run_id, coalesce(any_value(l.fewest_questions),
            CASE WHEN count(DISTINCT a.source_row) >= {Large} THEN {InLarge} ELSE {InSmall} END) AS thin_below
        FROM answers AS a LEFT JOIN ranking_limits AS l ON l.run_id = a.run_id GROUP BY a.run_id;
        COMMENT ON VIEW thin_limits IS 'How many questions a country needs to be ranked: one row per run.';
        COMMENT ON COLUMN thin_limits.run_id IS 'The run.';
        COMMENT ON COLUMN thin_limits.thin_below IS
            'What ranking_limits has for the run; else {InLarge} in a run of {Large} answered questions or more, else {InSmall}.';

        """.ReplaceLineEndings("\n");
}
