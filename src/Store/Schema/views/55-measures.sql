CREATE VIEW measures_long AS
SELECT r.model, r.condition, r.prompted_country, v.source_row, q.text AS question, c.label AS country, v.measure, v.value,
       u.value AS uniform_value, c.iso3, c.sample_kind, c.region, v.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, v.run_id
FROM measure_values AS v
JOIN run_labels AS r ON r.run_id = v.run_id
JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = v.source_row
JOIN countries AS c ON c.country_id = v.country_id
LEFT JOIN uniform_measure_values AS u ON u.survey_id = r.survey_id AND u.measure = v.measure AND u.source_row = v.source_row AND u.country_id = v.country_id;
COMMENT ON VIEW measures_long IS 'How far the model''s answer is from a country''s by the measures that scoring was asked for: one row per run, question, country and measure.';
COMMENT ON COLUMN measures_long.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN measures_long.question IS 'The question, verbatim.';
COMMENT ON COLUMN measures_long.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN measures_long.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN measures_long.value IS 'Its value, 0 to 1; measures.more_is_nearer says which end is alike.';
COMMENT ON COLUMN measures_long.uniform_value IS 'The value of an answerer who finds every option equally likely.';
COMMENT ON COLUMN measures_long.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN measures_long.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN measures_long.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN measures_long.country_id IS 'The country label''s number.';
COMMENT ON COLUMN measures_long.run_id IS 'The run.';

CREATE VIEW country_measures AS
WITH
    families AS (
        SELECT v.run_id, v.country_id, v.measure, f.family, count(*) AS n, sum(v.value) AS value, sum(u.value) AS uniform_value
        FROM measure_values AS v
        JOIN runs AS r ON r.run_id = v.run_id
        JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = v.source_row
        LEFT JOIN uniform_measure_values AS u ON u.survey_id = r.survey_id AND u.measure = v.measure AND u.source_row = v.source_row AND u.country_id = v.country_id
        GROUP BY v.run_id, v.country_id, v.measure, f.family),
    means AS (
        SELECT run_id, country_id, measure, CAST(sum(n) AS BIGINT) AS n, sum(value) / sum(n) AS mean, sum(uniform_value) / sum(n) AS uniform_mean,
               family_half_width(value, n) AS half_width, family_half_width(value - uniform_value, n) AS beyond_half_width, count(*) AS families
        FROM families GROUP BY run_id, country_id, measure)
SELECT r.model, r.condition, r.prompted_country, c.label AS country, c.iso3, s.measure, s.n, s.mean, from_0_to_1(s.mean - s.half_width) AS low, from_0_to_1(s.mean + s.half_width) AS high,
       s.uniform_mean, s.mean - s.uniform_mean AS difference, s.mean - s.uniform_mean - s.beyond_half_width AS difference_low,
       s.mean - s.uniform_mean + s.beyond_half_width AS difference_high, s.families, d.more_is_nearer, c.sample_kind, c.sample_kind <> 'non-national' AND s.n >= t.thin_below AS ranked, c.region, s.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, s.run_id
FROM means AS s
JOIN run_labels AS r ON r.run_id = s.run_id
JOIN countries AS c ON c.country_id = s.country_id
JOIN thin_limits AS t ON t.run_id = s.run_id
LEFT JOIN measures AS d ON d.measure = s.measure;
COMMENT ON VIEW country_measures IS 'Whom a run''s answers resemble by the measures that scoring was asked for: one row per run, country and measure, means over the questions that both answered and that the measure applies to. Runs are never mixed.';
COMMENT ON COLUMN country_measures.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN country_measures.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN country_measures.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN country_measures.n IS 'Questions that both answered and that the measure applies to.';
COMMENT ON COLUMN country_measures.mean IS 'Mean of its value over these questions, 0 to 1.';
COMMENT ON COLUMN country_measures.low IS 'Lower end of the 95 % interval of mean by the cluster-robust t test (family_half_width); NULL where there are fewer than two item families.';
COMMENT ON COLUMN country_measures.high IS 'Upper end of that interval.';
COMMENT ON COLUMN country_measures.uniform_mean IS 'The same mean for an answerer who finds every option equally likely.';
COMMENT ON COLUMN country_measures.difference IS 'mean - uniform_mean.';
COMMENT ON COLUMN country_measures.difference_low IS 'Lower end of its 95 % interval, by the same test, paired by question.';
COMMENT ON COLUMN country_measures.difference_high IS 'Upper end of that interval.';
COMMENT ON COLUMN country_measures.families IS 'Item families of the questions.';
COMMENT ON COLUMN country_measures.more_is_nearer IS 'Whether a larger value means more alike; otherwise it means farther apart.';
COMMENT ON COLUMN country_measures.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN country_measures.ranked IS 'Whether the sample is national and n large enough (thin_limits) to be held against other countries.';
COMMENT ON COLUMN country_measures.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN country_measures.country_id IS 'The country label''s number.';
COMMENT ON COLUMN country_measures.run_id IS 'The run.';
