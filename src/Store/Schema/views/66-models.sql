-- Of plain runs alone, and as lists from the start: the answers of all runs of a study, option by option, take many times the memory.
-- Names are put beside the numbers at the end, so that no group of pairs carries them.
CREATE VIEW model_similarity AS
WITH
    orders AS (
        SELECT p.run_id, p.survey_id, a.source_row,
               list(list_transform(list_sort(a.options), lambda option: a.probs[list_position(a.options, option)])) AS orders
        FROM plain_runs AS p
        JOIN answers AS a ON a.run_id = p.run_id
        GROUP BY p.run_id, p.survey_id, a.source_row),
    answered AS (
        SELECT run_id, survey_id, source_row,
               list_transform(orders[1], lambda one, i: scaled_mean(list_transform(orders, lambda probs: probs[i]))) AS probs
        FROM orders),
    families AS (
        SELECT a.run_id, b.run_id AS other_run_id, f.family, count(*) AS n, sum(similarity_bits(a.probs, b.probs)) AS bits
        FROM answered AS a
        JOIN answered AS b ON b.survey_id = a.survey_id AND b.source_row = a.source_row AND b.run_id > a.run_id AND len(b.probs) = len(a.probs)
        JOIN question_families AS f ON f.survey_id = a.survey_id AND f.source_row = a.source_row
        GROUP BY ALL),
    means AS (
        SELECT run_id, other_run_id, CAST(sum(n) AS BIGINT) AS n, count(*) AS families, sum(bits) / sum(n) AS bits, family_half_width(bits, n) AS half_width
        FROM families GROUP BY ALL),
    both_ways AS (
        SELECT run_id, other_run_id, n, families, bits, half_width FROM means
        UNION ALL
        SELECT other_run_id, run_id, n, families, bits, half_width FROM means)
SELECT r.model, o.model AS other_model, m.n, m.bits AS similarity_bits, from_0_to_1(m.bits - m.half_width) AS low, from_0_to_1(m.bits + m.half_width) AS high, m.families,
       r.survey, m.run_id AS one_run, m.other_run_id AS other_run
FROM both_ways AS m
JOIN run_labels AS r ON r.run_id = m.run_id
JOIN run_labels AS o ON o.run_id = m.other_run_id;
COMMENT ON VIEW model_similarity IS 'How alike models answer: one row per ordered pair of models of plain_runs, over the questions of a survey that both answered. Models that are more alike than peoples are (human_lines.average_other_bits) are a monoculture.';
COMMENT ON COLUMN model_similarity.model IS 'The model''s name, with the beginning of its SHA-256 where models of the file share it.';
COMMENT ON COLUMN model_similarity.other_model IS 'The one that it is held against.';
COMMENT ON COLUMN model_similarity.n IS 'Questions that both answered.';
COMMENT ON COLUMN model_similarity.similarity_bits IS 'Mean over these questions of 1 - sqrt(JSD in bits) of their answers, over all options.';
COMMENT ON COLUMN model_similarity.low IS 'Lower end of its 95 % interval by the cluster-robust t test; NULL where there are fewer than two item families.';
COMMENT ON COLUMN model_similarity.high IS 'Upper end of that interval.';
COMMENT ON COLUMN model_similarity.families IS 'Item families of the questions.';
COMMENT ON COLUMN model_similarity.survey IS 'The survey''s name.';
COMMENT ON COLUMN model_similarity.one_run IS 'The model''s plain run.';
COMMENT ON COLUMN model_similarity.other_run IS 'The other''s.';

-- For all pairs of models at once what stratum_differences has for two runs.
CREATE VIEW stratum_model_differences AS
WITH
    plain AS (
        SELECT n.run_id, p.survey_id, n.measure, n.source_row, n.country_id, n.family, n.nearness
        FROM nearness_long AS n
        JOIN plain_runs AS p ON p.run_id = n.run_id
        WHERE n.sample_kind <> 'non-national'),
    strata AS (
        SELECT survey_id, source_row, country_id, entropy_fifth(probabilities) AS stratum FROM human_distributions),
    families AS (
        SELECT a.run_id, b.run_id AS other_run_id, a.measure, s.stratum, a.family, count(*) AS pairs, sum(a.nearness - b.nearness) AS difference
        FROM plain AS a
        JOIN plain AS b ON b.survey_id = a.survey_id AND b.measure = a.measure AND b.source_row = a.source_row AND b.country_id = a.country_id AND b.run_id > a.run_id
        JOIN strata AS s ON s.survey_id = a.survey_id AND s.source_row = a.source_row AND s.country_id = a.country_id
        GROUP BY GROUPING SETS ((a.run_id, b.run_id, a.measure, s.stratum, a.family), (a.run_id, b.run_id, a.measure, a.family))),
    means AS (
        SELECT run_id, other_run_id, measure, stratum, CAST(sum(pairs) AS BIGINT) AS pairs, count(*) AS families, sum(difference) / sum(pairs) AS difference,
               family_half_width(difference, pairs) AS half_width
        FROM families GROUP BY run_id, other_run_id, measure, stratum),
    both_ways AS (
        SELECT run_id, other_run_id, measure, stratum, pairs, families, difference, half_width FROM means
        UNION ALL
        SELECT other_run_id, run_id, measure, stratum, pairs, families, -difference, half_width FROM means)
SELECT r.model, o.model AS other_model, d.measure, d.stratum / 5 AS entropy_from, (d.stratum + 1) / 5 AS entropy_to, d.pairs, d.families, d.difference,
       d.difference - d.half_width AS low, d.difference + d.half_width AS high,
       r.condition, r.prompted_country, r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, d.run_id, d.other_run_id
FROM both_ways AS d
JOIN run_labels AS r ON r.run_id = d.run_id
JOIN run_labels AS o ON o.run_id = d.other_run_id;
COMMENT ON VIEW stratum_model_differences IS 'By how much a model is nearer to people than another one, on the same pairs of question and national sample: one row per ordered pair of models of plain_runs, measure and fifth of the scale of people''s normalised entropy, and one for all. For a tuned model and its base it shows whether tuning helped where people agree and harmed where they do not.';
COMMENT ON COLUMN stratum_model_differences.other_model IS 'The model that it is held against.';
COMMENT ON COLUMN stratum_model_differences.measure IS 'The measure, see nearness_long.';
COMMENT ON COLUMN stratum_model_differences.entropy_from IS 'People''s normalised entropy from here; NULL for all pairs.';
COMMENT ON COLUMN stratum_model_differences.entropy_to IS 'To below here; 1 is in the last.';
COMMENT ON COLUMN stratum_model_differences.pairs IS 'Pairs of question and country.';
COMMENT ON COLUMN stratum_model_differences.families IS 'Item families of the questions.';
COMMENT ON COLUMN stratum_model_differences.difference IS 'Mean over these pairs of the model''s nearness less the other''s.';
COMMENT ON COLUMN stratum_model_differences.low IS 'Lower end of its 95 % interval by the cluster-robust t test; NULL where there are fewer than two item families. Not corrected for the number of strata and models.';
COMMENT ON COLUMN stratum_model_differences.high IS 'Upper end of that interval.';
COMMENT ON COLUMN stratum_model_differences.run_id IS 'The model''s plain run.';
COMMENT ON COLUMN stratum_model_differences.other_run_id IS 'The other''s.';
