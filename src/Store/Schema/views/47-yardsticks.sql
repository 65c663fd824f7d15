CREATE VIEW run_yardsticks AS
WITH
    held AS (
        SELECT y.*, l.nearest_bits, CASE WHEN l.nearest_bits IS NOT NULL THEN y.n END AS nearest_n
        FROM country_yardsticks AS y
        LEFT JOIN country_lines AS l ON l.run_id = y.run_id AND l.country_id = y.country_id),
    means AS (
        SELECT run_id, country_id, sum(n) AS n, sum(stated) AS stated, sum(n * model_bits) / sum(n) AS model_bits, sum(n * uniform_bits) / sum(n) AS uniform_bits,
               sum(n * majority_bits) / sum(n) AS majority_bits, sum(n * world_bits) / sum(n) AS world_bits,
               sum(n * second_sample_bits) / sum(n) AS second_sample_bits, sum(n * perfect_bits) / sum(n) AS perfect_bits,
               sum(nearest_n * nearest_bits) / sum(nearest_n) AS nearest_bits
        FROM held GROUP BY GROUPING SETS ((run_id, country_id), (run_id)))
SELECT r.model, r.condition, r.prompted_country, c.label AS country, c.iso3, CAST(y.n AS BIGINT) AS n, CAST(y.stated AS BIGINT) AS assumed,
       y.uniform_bits, y.majority_bits, y.model_bits AS similarity_bits, y.world_bits, y.nearest_bits, y.second_sample_bits, y.perfect_bits,
       (y.model_bits - y.uniform_bits) / nullif(y.perfect_bits - y.uniform_bits, 0) AS share_of_perfect, y.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, y.run_id
FROM means AS y
JOIN run_labels AS r ON r.run_id = y.run_id
LEFT JOIN countries AS c ON c.country_id = y.country_id;
COMMENT ON VIEW run_yardsticks IS 'What a run''s mean similarity is worth: the same number, on the same questions, for answerers that are known and for samples of the same people. One row per run and country with a national sample, and one per run for all pairs of question and country. In bits.';
COMMENT ON COLUMN run_yardsticks.country IS 'The label as the survey writes it; NULL for all pairs.';
COMMENT ON COLUMN run_yardsticks.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN run_yardsticks.n IS 'Questions that the run, the country and at least one other country answered; pairs of question and country where country is NULL.';
COMMENT ON COLUMN run_yardsticks.assumed IS 'Of them, those for which the survey does not say how many were asked; 1,000 is taken.';
COMMENT ON COLUMN run_yardsticks.uniform_bits IS 'An answerer who finds every option equally likely.';
COMMENT ON COLUMN run_yardsticks.majority_bits IS 'An answerer who is sure of the option that the other countries together choose most.';
COMMENT ON COLUMN run_yardsticks.similarity_bits IS 'The run.';
COMMENT ON COLUMN run_yardsticks.world_bits IS 'The mean of the other countries'' distributions.';
COMMENT ON COLUMN run_yardsticks.nearest_bits IS 'The nearest other country, on the questions in common with it, which may be fewer (human_lines has its name); for all pairs the mean of that over the countries, by their n. NULL where there is none.';
COMMENT ON COLUMN run_yardsticks.second_sample_bits IS 'A second sample of the same people, as large as the first: what is expected of it.';
COMMENT ON COLUMN run_yardsticks.perfect_bits IS 'A model that knows what all the people think, against a sample of them: no model is expected to do better.';
COMMENT ON COLUMN run_yardsticks.share_of_perfect IS '(similarity - uniform) / (perfect - uniform): 0 for the uniform answerer, 1 for the perfect model.';
COMMENT ON COLUMN run_yardsticks.country_id IS 'The country label''s number.';
COMMENT ON COLUMN run_yardsticks.run_id IS 'The run.';
