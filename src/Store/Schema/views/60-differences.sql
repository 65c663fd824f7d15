CREATE VIEW model_differences AS
WITH both_ways AS (
    SELECT run_id, other_run_id, country_id, n, families, difference_bits, low_bits, high_bits, p, p_holm FROM paired_differences WHERE comparison = 'models'
    UNION ALL
    SELECT other_run_id, run_id, country_id, n, families, -difference_bits, -high_bits, -low_bits, p, p_holm FROM paired_differences WHERE comparison = 'models')
SELECT r.model, o.model AS other_model, r.condition, r.prompted_country, c.label AS country, c.iso3, d.n,
       d.difference_bits, sqrt(ln(2)) * d.difference_bits AS difference_nats, d.low_bits AS low, d.high_bits AS high, d.p, d.p_holm, d.families,
       d.country_id, r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, o.template AS other_template, d.run_id, d.other_run_id
FROM both_ways AS d
JOIN run_labels AS r ON r.run_id = d.run_id
JOIN run_labels AS o ON o.run_id = d.other_run_id
LEFT JOIN countries AS c ON c.country_id = d.country_id;
COMMENT ON VIEW model_differences IS 'Model against model, asked in the same way: one row per ordered pair of runs and country. Controls are compared with the same control.';
COMMENT ON COLUMN model_differences.other_template IS 'The other run''s template: another where either is imported.';
COMMENT ON COLUMN model_differences.other_model IS 'The name of the model that it is compared with.';
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
WITH named AS (
    SELECT d.*, c.label, c.iso3, c.sample_kind <> 'non-national' AS is_national,
           -- Prompts of this control name any country but the one in whose place they stand.
           r.control <> 'wrong-country'
               AND CASE WHEN r.prompted_country IS NOT NULL AND d.country_id IS NOT NULL THEN p.country_id IS NOT NULL END AS is_prompted
    FROM paired_differences AS d
    JOIN runs AS r ON r.run_id = d.run_id
    LEFT JOIN countries AS c ON c.country_id = d.country_id
    LEFT JOIN run_prompted AS p ON p.run_id = d.run_id AND p.country_id = d.country_id
    WHERE d.comparison = 'conditions')
SELECT r.model, r.condition, r.prompted_country, r.language, r.control, d.label AS country, d.iso3, d.n,
       d.difference_bits, sqrt(ln(2)) * d.difference_bits AS difference_nats, d.low_bits AS low, d.high_bits AS high, d.p, d.p_holm, d.families,
       d.is_prompted,
       b.beyond_bits AS more_than_others_bits, b.low_bits AS more_than_others_low, b.high_bits AS more_than_others_high, b.p_holm AS more_than_others_p_holm,
       d.country_id, r.survey, r.reading, r.template, r.ending, r.option_order, d.run_id, d.other_run_id AS default_run_id
FROM named AS d
JOIN run_labels AS r ON r.run_id = d.run_id
LEFT JOIN paired_beyond AS b ON b.run_id = d.run_id AND b.other_run_id = d.other_run_id AND b.country_id = d.country_id;
COMMENT ON VIEW condition_differences IS 'What a way of asking changes (steerability): one row per run that is not in the default condition or is a control, default run of the same model asked in the same way otherwise, and country.';
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
COMMENT ON COLUMN condition_differences.is_prompted IS 'Whether the country or group is the one that the prompts name; never for the control wrong-country, whose prompts name others.';
COMMENT ON COLUMN condition_differences.more_than_others_bits IS 'Mean of the same difference less its mean over all other countries with national samples, question by question, on the questions that they share; NULL where there is none. Above 0: nearer to this country, and not to everybody.';
COMMENT ON COLUMN condition_differences.more_than_others_low IS 'Lower end of its 95 % percentile interval.';
COMMENT ON COLUMN condition_differences.more_than_others_high IS 'Upper end of that interval.';
COMMENT ON COLUMN condition_differences.more_than_others_p_holm IS 'Two-sided p-value for 0, by Holm''s correction over the countries.';
COMMENT ON COLUMN condition_differences.country_id IS 'The country label''s number.';
COMMENT ON COLUMN condition_differences.run_id IS 'The run.';
COMMENT ON COLUMN condition_differences.default_run_id IS 'The same model''s run in the default condition.';
