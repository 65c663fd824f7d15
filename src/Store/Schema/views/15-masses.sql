-- Per question first: one with more options may have been put in more orders, and counts once all the same.
CREATE VIEW question_masses AS
SELECT run_id, source_row, order_mean(label_mass) AS label_mass, order_mean(off_menu) AS off_menu, count(*) AS prompts,
       count(*) FILTER (WHERE boundary = 'forced') AS forced_boundaries
FROM answers GROUP BY run_id, source_row;
COMMENT ON VIEW question_masses IS 'How much probability the answers to a question left to its options: one row per run and answered question, means over orders.';
COMMENT ON COLUMN question_masses.run_id IS 'The run.';
COMMENT ON COLUMN question_masses.source_row IS 'The question.';
COMMENT ON COLUMN question_masses.label_mass IS 'Mean over the orders of the probability of all labels, or all texts, together.';
COMMENT ON COLUMN question_masses.off_menu IS 'Mean over the orders of 1 - label_mass.';
COMMENT ON COLUMN question_masses.prompts IS 'Answered prompts: the orders of the question''s options.';
COMMENT ON COLUMN question_masses.forced_boundaries IS 'Prompts where prompt and label would have merged into one token.';

CREATE VIEW run_masses AS
WITH
    answered AS (
        SELECT run_id, count(*) AS answered, CAST(sum(prompts) AS BIGINT) AS answers, avg(label_mass) AS label_mass, avg(off_menu) AS off_menu,
               CAST(sum(forced_boundaries) AS BIGINT) AS forced_boundaries
        FROM question_masses GROUP BY run_id),
    -- A question of which no text names an option has no answer, but is off the menu.
    written AS (
        SELECT run_id, avg(off_menu) AS off_menu
        FROM (SELECT run_id, source_row, avg(CAST(option_index IS NULL AS INTEGER)) AS off_menu FROM text_readings GROUP BY run_id, source_row)
        GROUP BY run_id)
-- From the runs on, so that whoever asks for one run reads the answers of that one.
SELECT r.run_id, coalesce(a.answered, 0) AS answered, coalesce(a.answers, 0) AS answers,
       coalesce(1 - w.off_menu, a.label_mass) AS mean_label_mass, coalesce(w.off_menu, a.off_menu) AS mean_off_menu,
       coalesce(a.forced_boundaries, 0) AS forced_boundaries
FROM runs AS r
LEFT JOIN answered AS a ON a.run_id = r.run_id
LEFT JOIN written AS w ON w.run_id = r.run_id
WHERE a.run_id IS NOT NULL OR w.run_id IS NOT NULL;
COMMENT ON VIEW run_masses IS 'How much probability a run''s answers left to the options: one row per run with answers or texts, each question counting once. A ranking is withheld by this number.';
COMMENT ON COLUMN run_masses.run_id IS 'The run.';
COMMENT ON COLUMN run_masses.answered IS 'Questions with an answer.';
COMMENT ON COLUMN run_masses.answers IS 'Prompts with an answer; each order of a question''s options counts.';
COMMENT ON COLUMN run_masses.mean_label_mass IS '1 - mean_off_menu: mean over the answered questions of the probability of all labels together.';
COMMENT ON COLUMN run_masses.mean_off_menu IS 'Mean over the answered questions of 1 - label mass; of written answers, over all questions with texts, the share that name no single option.';
COMMENT ON COLUMN run_masses.forced_boundaries IS 'Prompts where prompt and label would have merged into one token.';
