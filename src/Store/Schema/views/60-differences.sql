CREATE VIEW model_differences AS
WITH both_ways AS (
    SELECT run_id, other_run_id, country_id, n, families, difference_bits, low_bits, high_bits, p, p_holm FROM paired_differences WHERE comparison = 'models'
    UNION ALL
    SELECT other_run_id, run_id, country_id, n, families, -difference_bits, -high_bits, -low_bits, p, p_holm FROM paired_differences WHERE comparison = 'models')
SELECT m.name AS model, o.name AS other_model, r.condition, r.prompted_country, c.label AS country, c.iso3, d.n,
       d.difference_bits, sqrt(ln(2)) * d.difference_bits AS difference_nats, d.low_bits AS low, d.high_bits AS high, d.p, d.p_holm, d.families,
       d.country_id, d.run_id, d.other_run_id
FROM both_ways AS d
JOIN runs AS r ON r.run_id = d.run_id
JOIN models AS m ON m.model_id = r.model_id
JOIN runs AS s ON s.run_id = d.other_run_id
JOIN models AS o ON o.model_id = s.model_id
LEFT JOIN countries AS c ON c.country_id = d.country_id;
COMMENT ON VIEW model_differences IS 'Model against model, asked in the same way: one row per ordered pair of runs and country.';
COMMENT ON COLUMN model_differences.model IS 'The model''s name.';
COMMENT ON COLUMN model_differences.other_model IS 'The name of the model that it is compared with.';
COMMENT ON COLUMN model_differences.condition IS 'default, cross-national or linguistic.';
COMMENT ON COLUMN model_differences.prompted_country IS 'The country that the prompt names, or NULL.';
COMMENT ON COLUMN model_differences.country IS 'The label as the survey writes it; NULL for the mean over countries, question by question.';
COMMENT ON COLUMN model_differences.iso3 IS 'ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN model_differences.n IS 'Questions that the country and both runs answered.';
COMMENT ON COLUMN model_differences.difference_bits IS 'Mean over the questions of the model''s similarity minus the other''s, in bits.';
COMMENT ON COLUMN model_differences.difference_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN model_differences.low IS 'Lower end of the 95 % percentile interval of difference_bits, paired by question.';
COMMENT ON COLUMN model_differences.high IS 'Upper end of that interval.';
COMMENT ON COLUMN model_differences.p IS 'Two-sided p-value for no difference.';
COMMENT ON COLUMN model_differences.p_holm IS 'The same, by Holm''s correction for all countries of this pair of runs.';
COMMENT ON COLUMN model_differences.families IS 'Item families of the questions.';
COMMENT ON COLUMN model_differences.country_id IS 'The country label''s number.';
COMMENT ON COLUMN model_differences.run_id IS 'The model''s run.';
COMMENT ON COLUMN model_differences.other_run_id IS 'The other model''s run.';

CREATE VIEW condition_differences AS
SELECT m.name AS model, r.condition, r.prompted_country, r.language, r.control, c.label AS country, c.iso3, d.n,
       d.difference_bits, sqrt(ln(2)) * d.difference_bits AS difference_nats, d.low_bits AS low, d.high_bits AS high, d.p, d.p_holm, d.families,
       is_prompted(r.prompted_country, c.label, c.name) AS is_prompted,
       d.difference_bits - avg(d.difference_bits) FILTER (WHERE is_prompted(r.prompted_country, c.label, c.name) IS NOT TRUE AND d.country_id IS NOT NULL AND c.sample_kind <> 'non-national')
           OVER (PARTITION BY d.run_id, d.other_run_id) AS more_than_others_bits,
       d.country_id, d.run_id, d.other_run_id AS default_run_id
FROM paired_differences AS d
JOIN runs AS r ON r.run_id = d.run_id
JOIN models AS m ON m.model_id = r.model_id
LEFT JOIN countries AS c ON c.country_id = d.country_id
WHERE d.comparison = 'conditions';
COMMENT ON VIEW condition_differences IS 'What a way of asking changes (steerability): one row per run that is not in the default condition, and country.';
COMMENT ON COLUMN condition_differences.model IS 'The model''s name.';
COMMENT ON COLUMN condition_differences.condition IS 'The condition of the run: cross-national or linguistic, or default for a control.';
COMMENT ON COLUMN condition_differences.prompted_country IS 'The country that the prompt names, or NULL.';
COMMENT ON COLUMN condition_differences.language IS 'BCP 47 tag of the language of the prompts; NULL for the survey''s own.';
COMMENT ON COLUMN condition_differences.control IS 'none, or the control that the run is.';
COMMENT ON COLUMN condition_differences.country IS 'The label as the survey writes it; NULL for the mean over countries, question by question.';
COMMENT ON COLUMN condition_differences.iso3 IS 'ISO 3166-1 alpha-3 code.';
COMMENT ON COLUMN condition_differences.n IS 'Questions that the country and both runs answered.';
COMMENT ON COLUMN condition_differences.difference_bits IS 'Mean over the questions of the run''s similarity minus the default run''s, in bits.';
COMMENT ON COLUMN condition_differences.difference_nats IS 'The same on the scale of similarity_nats.';
COMMENT ON COLUMN condition_differences.low IS 'Lower end of the 95 % percentile interval of difference_bits, paired by question.';
COMMENT ON COLUMN condition_differences.high IS 'Upper end of that interval.';
COMMENT ON COLUMN condition_differences.p IS 'Two-sided p-value for no difference.';
COMMENT ON COLUMN condition_differences.p_holm IS 'The same, by Holm''s correction for all countries of this pair of runs.';
COMMENT ON COLUMN condition_differences.families IS 'Item families of the questions.';
COMMENT ON COLUMN condition_differences.is_prompted IS 'Whether the country or group is the one that the prompts name.';
COMMENT ON COLUMN condition_differences.more_than_others_bits IS 'difference_bits minus the mean of it over the other countries, that is those which the prompts do not name, national samples only: whether naming a country moved the answers to that country, and not to everybody.';
COMMENT ON COLUMN condition_differences.country_id IS 'The country label''s number.';
COMMENT ON COLUMN condition_differences.run_id IS 'The run.';
COMMENT ON COLUMN condition_differences.default_run_id IS 'The same model''s run in the default condition.';
