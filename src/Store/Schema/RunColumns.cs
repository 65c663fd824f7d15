using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Schema;

/// <summary>The columns by which every view tells runs apart, explained once for all of them.</summary>
static class RunColumns
{
    /// <summary>The views that have them all.</summary>
    public static IReadOnlyList<string> Views { get; } =
    [
        "run_labels", "plain_runs", "orders_long", "answers_long", "answers_wide", "similarities_long", "country_similarity",
        "adjusted_similarity", "run_yardsticks", "human_lines", "region_similarity", "topic_similarity", "source_similarity",
        "topic_country_similarity", "source_country_similarity", "measures_long", "country_measures", "nearness_long",
        "representativeness", "topic_nearest", "consistency", "evenness", "entropy_strata", "prompted_countries", "model_differences",
        "stratum_model_differences",
        "condition_differences", "question_moves", "off_menu_overview", "refusals", "unlike_everybody", "run_overview",
        "written_texts", "classified_texts", "written_overview", "written_questions", "written_mismatch",
    ];

    static readonly IReadOnlyDictionary<string, string> s_meanings = new Dictionary<string, string>
    {
        ["model"] = "The model's name, with the beginning of its SHA-256 where models of the file share it.",
        ["condition"] = "default, cross-national or linguistic.",
        ["prompted_country"] = "The country that the prompt names, or NULL.",
        ["survey"] = "The survey's name, with the beginning of its SHA-256 where surveys of the file share it, as one under two policies.",
        ["language"] = "BCP 47 tag of the language of the prompts; NULL for the survey's own.",
        ["control"] = "none, or the control that the run is: options-only, shuffled-question, wrong-country, "
            + "uniform, oracle; perturbed where the prompt is changed by rule, persona "
            + "where the run is a part of a mean over personas.",
        ["reading"] = "How an answer is read: from labels, from the options' texts, from what the model writes, or from what it says "
            + "people answer.",
        ["template"] = "Name of the prompt's wording.",
        ["ending"] = "How the prompt ends: paren or space.",
        ["option_order"] = "The orders in which options were put; faithful is the survey's own.",
    };

    /// <summary>SQL that comments on them.</summary>
    public static string Comments { get; } = string.Concat(Views.SelectMany(view => s_meanings.Select(column =>
        $"COMMENT ON COLUMN {view}.{column.Key} IS {SqlText.Literal(column.Value)};\n")));

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => s_meanings.Keys;
}
