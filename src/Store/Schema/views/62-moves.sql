-- On both sides of every difference stand the same questions and the same countries.
CREATE VIEW question_moves AS
WITH
    pairs AS (SELECT DISTINCT run_id, other_run_id FROM paired_differences WHERE comparison = 'conditions'),
    answered AS (
        SELECT p.run_id, p.other_run_id, a.source_row, sum(abs(a.prob - d.prob)) / 2 AS moved
        FROM pairs AS p
        JOIN answers_long AS a ON a.run_id = p.run_id
        JOIN answers_long AS d ON d.run_id = p.other_run_id AND d.source_row = a.source_row AND d.option_index = a.option_index
        GROUP BY p.run_id, p.other_run_id, a.source_row),
    nearer AS (
        SELECT p.run_id, p.other_run_id, s.source_row, sqrt(greatest(d.js_bits, 0)) - sqrt(greatest(s.js_bits, 0)) AS bits,
               r.control <> 'wrong-country' AND n.country_id IS NOT NULL AS is_prompted
        FROM pairs AS p
        JOIN runs AS r ON r.run_id = p.run_id
        JOIN similarities AS s ON s.run_id = p.run_id
        JOIN similarities AS d ON d.run_id = p.other_run_id AND d.source_row = s.source_row AND d.country_id = s.country_id
        JOIN countries AS c ON c.country_id = s.country_id AND c.sample_kind <> 'non-national'
        LEFT JOIN run_prompted AS n ON n.run_id = s.run_id AND n.country_id = s.country_id),
    people AS (
        SELECT run_id, other_run_id, source_row, avg(bits) FILTER (WHERE is_prompted) AS own_bits, avg(bits) FILTER (WHERE NOT is_prompted) AS others_bits
        FROM nearer GROUP BY run_id, other_run_id, source_row)
SELECT r.model, r.condition, r.prompted_country, a.source_row, q.text AS question, a.moved, p.own_bits, p.others_bits,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, a.run_id, a.other_run_id AS default_run_id
FROM answered AS a
JOIN run_labels AS r ON r.run_id = a.run_id
JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = a.source_row
LEFT JOIN people AS p ON p.run_id = a.run_id AND p.other_run_id = a.other_run_id AND p.source_row = a.source_row;
COMMENT ON VIEW question_moves IS 'Which questions a way of asking moves, as naming a country: one row per run of condition_differences, its default run, and question that both answered.';
COMMENT ON COLUMN question_moves.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN question_moves.question IS 'The question, verbatim.';
COMMENT ON COLUMN question_moves.moved IS 'The probability that went to other options, 0 to 1: total variation between the answer and the default run''s.';
COMMENT ON COLUMN question_moves.own_bits IS 'By how much the answer is more similar to the people whom the prompt names than the default run''s, in bits; NULL where it names nobody who was asked the question.';
COMMENT ON COLUMN question_moves.others_bits IS 'The same, mean over the other countries that were asked the question, national samples only.';
COMMENT ON COLUMN question_moves.run_id IS 'The run.';
COMMENT ON COLUMN question_moves.default_run_id IS 'The same model''s run in the default condition.';

CREATE MACRO topic_differences(one_run, other_run) AS TABLE
WITH
    differing AS (
        SELECT s.source_row, avg(sqrt(greatest(o.js_bits, 0)) - sqrt(greatest(s.js_bits, 0))) AS bits
        FROM similarities AS s
        JOIN similarities AS o ON o.source_row = s.source_row AND o.country_id = s.country_id
        JOIN countries AS c ON c.country_id = s.country_id AND c.sample_kind <> 'non-national'
        WHERE s.run_id = one_run AND o.run_id = other_run
        GROUP BY s.source_row),
    families AS (
        SELECT t.topic, f.family, count(*) AS n, sum(d.bits) AS bits
        FROM differing AS d
        JOIN runs AS r ON r.run_id = one_run
        JOIN question_topics AS t ON t.survey_id = r.survey_id AND t.source_row = d.source_row
        JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = d.source_row
        GROUP BY t.topic, f.family),
    means AS (
        SELECT topic, CAST(sum(n) AS BIGINT) AS n, count(*) AS families, sum(bits) / sum(n) AS bits, family_half_width(bits, n) AS half_width
        FROM families GROUP BY topic)
SELECT topic, n, families, bits AS difference_bits, bits - half_width AS low, bits + half_width AS high FROM means;
COMMENT ON MACRO TABLE topic_differences IS 'topic_differences(one_run, other_run): a table, FROM topic_differences(1, 2), of the topics on which two runs of one survey differ: by how much the first is more similar to the people, the mean over the questions that both answered of the mean over the countries that were asked, national samples only; with the 95 % interval of the cluster-robust t test, not corrected for the number of topics.';
