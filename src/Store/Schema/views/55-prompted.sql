CREATE VIEW prompted_countries AS
SELECT r.model, r.condition, r.control, r.prompted_country, c.label AS country, c.iso3, c.sample_kind,
       c.sample_kind <> 'non-national' AS is_national, c.country_id,
       r.survey, r.language, r.reading, r.template, r.ending, r.option_order, r.run_id
FROM run_labels AS r
JOIN run_prompted AS p ON p.run_id = r.run_id
JOIN countries AS c ON c.country_id = p.country_id;
COMMENT ON VIEW prompted_countries IS 'Whom a run''s prompts name: one row per run and country label of those people; none for a run whose prompts name nobody. Prompts of the control wrong-country name others in these people''s place.';
COMMENT ON COLUMN prompted_countries.country IS 'The label as the survey writes it; a country may have several.';
COMMENT ON COLUMN prompted_countries.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN prompted_countries.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN prompted_countries.is_national IS 'Whether the sample stands for all of them; findings about these people leave the others out.';
COMMENT ON COLUMN prompted_countries.country_id IS 'The country label''s number.';
COMMENT ON COLUMN prompted_countries.run_id IS 'The run.';
