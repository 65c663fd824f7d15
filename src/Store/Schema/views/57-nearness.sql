-- All measures on one scale, so that what later studies report is asked of each of them in the same way.
CREATE VIEW nearness_long AS
WITH each AS (
    SELECT s.run_id, 'js_divergence' AS measure, s.source_row, s.country_id, 1 - sqrt(greatest(s.js_bits, 0)) AS nearness,
           1 - sqrt(greatest(h.uniform_js_bits, 0)) AS uniform_nearness
    FROM similarities AS s
    JOIN runs AS r ON r.run_id = s.run_id
    JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
    UNION ALL
    SELECT v.run_id, v.measure, v.source_row, v.country_id, CASE WHEN d.more_is_nearer THEN v.value ELSE 1 - v.value END,
           CASE WHEN d.more_is_nearer THEN u.value ELSE 1 - u.value END
    FROM measure_values AS v
    JOIN runs AS r ON r.run_id = v.run_id
    JOIN measures AS d ON d.measure = v.measure
    JOIN uniform_measure_values AS u ON u.survey_id = r.survey_id AND u.measure = v.measure AND u.source_row = v.source_row AND u.country_id = v.country_id)
SELECT r.model, r.condition, r.prompted_country, e.measure, e.source_row, c.label AS country, e.nearness, e.uniform_nearness, c.sample_kind, f.family, e.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, e.run_id
FROM each AS e
JOIN run_labels AS r ON r.run_id = e.run_id
JOIN countries AS c ON c.country_id = e.country_id
JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = e.source_row;
COMMENT ON VIEW nearness_long IS 'How near the model''s answer is to a country''s by every measure that is stored, with 1 for alike: one row per run, measure, question and country.';
COMMENT ON COLUMN nearness_long.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN nearness_long.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN nearness_long.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN nearness_long.nearness IS '0 to 1: the measure''s value where more is nearer, otherwise 1 - it; for js_divergence 1 - sqrt(js_bits), as everywhere.';
COMMENT ON COLUMN nearness_long.uniform_nearness IS 'The same for an answerer who finds every option equally likely.';
COMMENT ON COLUMN nearness_long.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN nearness_long.family IS 'The question''s item family.';
COMMENT ON COLUMN nearness_long.country_id IS 'The country label''s number.';
COMMENT ON COLUMN nearness_long.run_id IS 'The run.';
