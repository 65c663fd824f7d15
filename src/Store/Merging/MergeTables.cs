namespace LocalOpinions.Store.Merging;

/// <summary>What merging does with each table of the schema.</summary>
static class MergeTables
{
    /// <summary>Belongs to a survey and never changes: comes with it.</summary>
    public static readonly string[] OfSurveys = ["survey_policies", "questions", "options", "human_distributions", "question_topics",
        "question_families"];

    /// <summary>
    /// Rows of runs, with the columns that identify a row beside run_id. Two files that hold the same row must agree on the rest of it.
    /// </summary>
    public static readonly (string Table, string[] Keys)[] OfRuns = [
        ("answers", ["source_row", "order_index"]), ("option_texts", ["source_row", "order_index"]),
        ("generations", ["source_row", "sequence", "seed", "temperature", "top_p"]), ("named_instead", ["source_row"]),
        ("run_warnings", ["warning"]), ("reading_settings", ["setting"]), ("text_readings", ["source_row", "sequence"]),
        ("text_classes", ["source_row", "sequence", "classifier_sha256", "wording_sha256"]),
        ("answer_bounds", ["source_row", "order_index"]), ("session_waits", ["started_at"])];

    /// <summary>Computed by scoring: dropped for runs that gained answers, and computed anew.</summary>
    public static readonly string[] Scores = ["similarities", "country_intervals", "group_intervals", "paired_differences",
        "country_lines", "measure_values", "country_adjusted", "paired_beyond",
        "country_yardsticks", "run_evenness", "topic_leaders"];

    /// <summary>Merged by rules of their own; a uniform answerer's values stay as they are, for they follow from the survey.</summary>
    public static readonly string[] Others = ["meta", "models", "templates", "surveys", "countries", "runs", "run_sessions", "unanswered",
        "noise_floors", "rounding_floors", "uniform_measure_values", "ranking_limits", "run_prompted", "run_prompts", "prompt_texts"];

    /// <summary>A study comes with its runs, and with what it found unless these have other answers now.</summary>
    public static readonly string[] OfStudies = ["studies", "study_runs", "study_findings"];
}
