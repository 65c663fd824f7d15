-- After Santurkar et al., "Whose Opinions Do Language Models Reflect?" (arXiv 2303.17548).
CREATE VIEW representativeness AS
SELECT m.model, m.condition, m.prompted_country, m.country, m.iso3, m.n, 1 - m.mean AS representativeness, 1 - m.high AS low, 1 - m.low AS high,
       1 - m.uniform_mean AS uniform_representativeness, m.families, m.sample_kind, m.ranked, m.region, m.country_id,
       m.survey, m.language, m.control, m.reading, m.template, m.ending, m.option_order, m.run_id
FROM country_measures AS m
WHERE m.measure = 'wasserstein';
COMMENT ON VIEW representativeness IS 'OpinionQA''s number: 1 less the mean Wasserstein distance along the scale, one row per run and country, where scoring was asked for the measure wasserstein. Questions without a scale are not in it.';
COMMENT ON COLUMN representativeness.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN representativeness.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN representativeness.n IS 'Questions with a scale that both answered.';
COMMENT ON COLUMN representativeness.representativeness IS 'Mean over these questions of 1 less the distance, which is divided by the scale''s length: 0 to 1.';
COMMENT ON COLUMN representativeness.low IS 'Lower end of its 95 % interval by the cluster-robust t test; NULL where there are fewer than two item families.';
COMMENT ON COLUMN representativeness.high IS 'Upper end of that interval.';
COMMENT ON COLUMN representativeness.uniform_representativeness IS 'The same for an answerer who finds every option equally likely.';
COMMENT ON COLUMN representativeness.families IS 'Item families of the questions.';
COMMENT ON COLUMN representativeness.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN representativeness.ranked IS 'Whether the sample is national and n large enough (thin_limits) to be held against other countries.';
COMMENT ON COLUMN representativeness.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN representativeness.country_id IS 'The country label''s number.';
COMMENT ON COLUMN representativeness.run_id IS 'The run.';

CREATE VIEW steerability AS
WITH
    named AS (
        SELECT DISTINCT r.model_id, r.survey_id, r.language, r.reading, r.option_order, d.run_id, d.other_run_id AS default_run_id, c.country_id
        FROM paired_differences AS d
        JOIN run_labels AS r ON r.run_id = d.run_id AND r.condition = 'cross-national' AND r.control = 'none'
        JOIN run_prompted AS p ON p.run_id = d.run_id
        JOIN countries AS c ON c.country_id = p.country_id AND c.sample_kind <> 'non-national'
        WHERE d.comparison = 'conditions'),
    pairs AS (
        SELECT a.model_id, a.survey_id, a.language, a.reading, a.option_order, a.country_id, s.measure, s.source_row, any_value(s.family) AS family,
               count(*) AS wordings, max(s.nearness) AS best, avg(s.nearness) AS average, avg(d.nearness) AS unsteered
        FROM named AS a
        JOIN nearness_long AS s ON s.run_id = a.run_id AND s.country_id = a.country_id
        JOIN nearness_long AS d ON d.run_id = a.default_run_id AND d.country_id = a.country_id AND d.measure = s.measure AND d.source_row = s.source_row
        GROUP BY ALL),
    complete AS (
        SELECT * FROM pairs
        QUALIFY wordings = max(wordings) OVER (PARTITION BY model_id, survey_id, language, reading, option_order, country_id, measure)),
    families AS (
        SELECT model_id, survey_id, language, reading, option_order, country_id, measure, family, any_value(wordings) AS wordings, count(*) AS n,
               sum(best) AS best, sum(average) AS average, sum(unsteered) AS unsteered
        FROM complete GROUP BY ALL),
    means AS (
        SELECT model_id, survey_id, language, reading, option_order, country_id, measure, any_value(wordings) AS wordings, CAST(sum(n) AS BIGINT) AS n,
               count(*) AS families, sum(best) / sum(n) AS best, family_half_width(best, n) AS best_half, sum(average) / sum(n) AS average,
               sum(unsteered) / sum(n) AS unsteered, family_half_width(average - unsteered, n) AS gain_half
        FROM families GROUP BY ALL)
SELECT l.model, s.survey, m.language, m.reading, m.option_order, c.label AS country, m.measure, m.n, m.wordings,
       m.best AS steerability, from_0_to_1(m.best - m.best_half) AS low, from_0_to_1(m.best + m.best_half) AS high, m.average AS mean_steered, m.unsteered,
       m.average - m.unsteered AS gain, m.average - m.unsteered - m.gain_half AS gain_low, m.average - m.unsteered + m.gain_half AS gain_high,
       m.families, m.country_id, m.model_id, m.survey_id
FROM means AS m
JOIN model_labels AS l ON l.model_id = m.model_id
JOIN (SELECT DISTINCT survey_id, survey FROM run_labels) AS s ON s.survey_id = m.survey_id
JOIN countries AS c ON c.country_id = m.country_id;
COMMENT ON VIEW steerability IS 'How near a model comes to the people whom its prompts name, of several wordings the best one question by question: one row per model, survey, way of asking, country named and measure. Santurkar et al. take measure = ''wasserstein''. Whether naming a country moves answers to its people and not to everybody is another question: condition_differences and study answer it.';
COMMENT ON COLUMN steerability.model IS 'The model''s name, with the beginning of its SHA-256 where models of the file share it.';
COMMENT ON COLUMN steerability.survey IS 'The survey''s name.';
COMMENT ON COLUMN steerability.language IS 'BCP 47 tag of the language of the prompts; NULL for the survey''s own.';
COMMENT ON COLUMN steerability.reading IS 'How an answer is read: from labels, or from the options'' texts.';
COMMENT ON COLUMN steerability.option_order IS 'The orders in which options were put; faithful is the survey''s own.';
COMMENT ON COLUMN steerability.country IS 'The label, as the survey writes it, of the people whom the prompts name.';
COMMENT ON COLUMN steerability.measure IS 'The measure, see nearness_long.';
COMMENT ON COLUMN steerability.n IS 'Questions that the country, every run that names it and its default run answered.';
COMMENT ON COLUMN steerability.wordings IS 'Runs that name it: templates and endings.';
COMMENT ON COLUMN steerability.steerability IS 'Mean over the questions of the largest nearness that any wording reached. It rises with the number of wordings even where all are alike but for noise: compare models asked in the same wordings.';
COMMENT ON COLUMN steerability.low IS 'Lower end of its 95 % interval by the cluster-robust t test; NULL where there are fewer than two item families.';
COMMENT ON COLUMN steerability.high IS 'Upper end of that interval.';
COMMENT ON COLUMN steerability.mean_steered IS 'Mean over the questions of the wordings'' mean nearness.';
COMMENT ON COLUMN steerability.unsteered IS 'The default runs'' nearness on the same questions.';
COMMENT ON COLUMN steerability.gain IS 'mean_steered - unsteered.';
COMMENT ON COLUMN steerability.gain_low IS 'Lower end of its 95 % interval, paired by question.';
COMMENT ON COLUMN steerability.gain_high IS 'Upper end of that interval.';
COMMENT ON COLUMN steerability.families IS 'Item families of the questions.';
COMMENT ON COLUMN steerability.country_id IS 'The country label''s number.';
COMMENT ON COLUMN steerability.model_id IS 'The model.';
COMMENT ON COLUMN steerability.survey_id IS 'The survey.';

CREATE VIEW topic_nearest AS
SELECT r.model, r.condition, r.prompted_country, t.measure, t.topic, c.label AS country, o.label AS overall_country, CAST(t.countries AS BIGINT) AS countries, CAST(t.n AS BIGINT) AS n,
       CAST(t.families AS BIGINT) AS families, t.ahead,
       t.ahead - t_975(t.families - 1) * t.standard_error AS low, t.ahead + t_975(t.families - 1) * t.standard_error AS high,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, t.run_id
FROM topic_leaders AS t
JOIN run_labels AS r ON r.run_id = t.run_id
JOIN countries AS c ON c.country_id = t.country_id
JOIN countries AS o ON o.country_id = t.overall_id;
COMMENT ON VIEW topic_nearest IS 'Which country a run is nearest to on each topic, held against the one that it is nearest to over all questions: one row per run, measure and topic. Nearest by the nearness beyond the uniform answerer''s, less what each question does to everybody; ranked national samples that were asked 10 questions of the topic or more.';
COMMENT ON COLUMN topic_nearest.measure IS 'The measure, see nearness_long.';
COMMENT ON COLUMN topic_nearest.topic IS 'The topic; other where no keyword fits.';
COMMENT ON COLUMN topic_nearest.country IS 'The nearest on this topic.';
COMMENT ON COLUMN topic_nearest.overall_country IS 'The nearest over all questions.';
COMMENT ON COLUMN topic_nearest.countries IS 'Countries that were compared on this topic.';
COMMENT ON COLUMN topic_nearest.n IS 'Questions of the topic that both were asked.';
COMMENT ON COLUMN topic_nearest.families IS 'Item families of these questions.';
COMMENT ON COLUMN topic_nearest.ahead IS 'Mean over these questions of the nearness beyond the uniform answerer''s to country, less that to overall_country; 0 where they are one.';
COMMENT ON COLUMN topic_nearest.low IS 'Lower end of its 95 % interval by the cluster-robust t test. It does not know that the country was picked as the nearest of several.';
COMMENT ON COLUMN topic_nearest.high IS 'Upper end of that interval.';
COMMENT ON COLUMN topic_nearest.run_id IS 'The run.';

CREATE VIEW consistency AS
SELECT model, condition, prompted_country, measure, any_value(overall_country) AS country, count(*) AS topics,
       avg(CAST(country = overall_country AS INTEGER)) AS consistency, avg(CAST(country = overall_country OR coalesce(low, 0) <= 0 AS INTEGER)) AS not_behind,
       survey, language, control, reading, template, ending, option_order, run_id
FROM topic_nearest
GROUP BY ALL;
COMMENT ON VIEW consistency IS 'Whether a run is nearest to the same country on every topic (Santurkar et al.): one row per run and measure. With topics of few questions the nearest changes by chance alone; not_behind is what chance leaves.';
COMMENT ON COLUMN consistency.measure IS 'The measure, see nearness_long.';
COMMENT ON COLUMN consistency.country IS 'The nearest over all questions.';
COMMENT ON COLUMN consistency.topics IS 'Topics on which it and another country can be compared.';
COMMENT ON COLUMN consistency.consistency IS 'The share of them on which it is the nearest too.';
COMMENT ON COLUMN consistency.not_behind IS 'The share of them on which no other country has been shown to be nearer: it is the nearest, or the interval of topic_nearest.ahead holds 0.';
COMMENT ON COLUMN consistency.run_id IS 'The run.';
