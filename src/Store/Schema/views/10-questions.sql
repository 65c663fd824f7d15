CREATE VIEW questions_long AS
WITH asked AS (
    SELECT survey_id, source_row, country_id, unnest(probabilities) AS probability, generate_subscripts(probabilities, 1) - 1 AS option_index
    FROM human_distributions)
SELECT s.name AS survey, q.source_row, q.source, q.text AS question, o.option_index, o.text AS option_text,
       c.label AS country, c.iso3, h.probability, c.sample_kind, c.region, o.kind = 'refusal' AS is_refusal, c.country_id, s.survey_id
FROM surveys AS s
JOIN questions AS q ON q.survey_id = s.survey_id
JOIN options AS o ON o.survey_id = q.survey_id AND o.source_row = q.source_row
LEFT JOIN asked AS h ON h.survey_id = o.survey_id AND h.source_row = o.source_row AND h.option_index = o.option_index
LEFT JOIN countries AS c ON c.country_id = h.country_id;
COMMENT ON VIEW questions_long IS 'How people answered: one row per question, option and country.';
COMMENT ON COLUMN questions_long.survey IS 'The survey''s name.';
COMMENT ON COLUMN questions_long.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN questions_long.source IS 'The study that the question comes from.';
COMMENT ON COLUMN questions_long.question IS 'The question, verbatim.';
COMMENT ON COLUMN questions_long.option_index IS 'The option''s 0-based place in the survey file.';
COMMENT ON COLUMN questions_long.option_text IS 'The option, verbatim.';
COMMENT ON COLUMN questions_long.country IS 'The label as the survey writes it; NULL, like all that follows from it, where nobody was asked.';
COMMENT ON COLUMN questions_long.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN questions_long.probability IS 'The share of that country''s people who chose the option.';
COMMENT ON COLUMN questions_long.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN questions_long.region IS 'Region of the UN M49 list.';
COMMENT ON COLUMN questions_long.is_refusal IS 'Whether the option stands for don''t know, refused, no answer or missing.';
COMMENT ON COLUMN questions_long.country_id IS 'The country label''s number.';
COMMENT ON COLUMN questions_long.survey_id IS 'The survey''s number.';
