CREATE VIEW model_similarity AS
WITH
    answered AS (
        SELECT a.run_id, p.model, p.survey, p.survey_id, a.source_row, a.probs
        FROM answers_wide AS a
        JOIN plain_runs AS p ON p.run_id = a.run_id),
    families AS (
        SELECT a.run_id, a.model, b.run_id AS other_run_id, b.model AS other_model, a.survey, f.family, count(*) AS n, sum(similarity_bits(a.probs, b.probs)) AS bits
        FROM answered AS a
        JOIN answered AS b ON b.survey_id = a.survey_id AND b.source_row = a.source_row AND b.run_id > a.run_id AND len(b.probs) = len(a.probs)
        JOIN question_families AS f ON f.survey_id = a.survey_id AND f.source_row = a.source_row
        GROUP BY ALL),
    means AS (
        SELECT run_id, model, other_run_id, other_model, survey, CAST(sum(n) AS BIGINT) AS n, count(*) AS families, sum(bits) / sum(n) AS bits,
               family_half_width(bits, n) AS half_width
        FROM families GROUP BY ALL)
SELECT model, other_model, n, bits AS similarity_bits, bits - half_width AS low, bits + half_width AS high, families, survey, run_id AS one_run, other_run_id AS other_run FROM means
UNION ALL
SELECT other_model, model, n, bits, bits - half_width, bits + half_width, families, survey, other_run_id, run_id FROM means;
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
