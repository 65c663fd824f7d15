CREATE VIEW orders_long AS
WITH positions AS (
    SELECT run_id, source_row, order_index, label_mass, off_menu, token_count, boundary,
           CAST(generate_subscripts(options, 1) - 1 AS INTEGER) AS position, unnest(options) AS option_index,
           unnest(log_probs) AS log_prob, unnest(probs) AS prob
    FROM answers)
SELECT r.model, r.condition, r.prompted_country, a.source_row, a.order_index, a.position,
       CASE WHEN a.position < 26 THEN chr(65 + a.position)
            WHEN a.position < 702 THEN chr(64 + a.position // 26) || chr(65 + a.position % 26) END AS label,
       a.option_index, o.text AS option_text,
       a.log_prob, a.prob, a.off_menu, a.label_mass, a.token_count, a.boundary,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, a.run_id
FROM positions AS a
JOIN run_labels AS r ON r.run_id = a.run_id
JOIN options AS o ON o.survey_id = r.survey_id AND o.source_row = a.source_row AND o.option_index = a.option_index;
COMMENT ON VIEW orders_long IS 'The answers as they were read, before any mean: one row per run, question, order and option.';
COMMENT ON COLUMN orders_long.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN orders_long.order_index IS 'Which of the question''s orders, from 0.';
COMMENT ON COLUMN orders_long.position IS 'The option''s place in the prompt, from 0.';
COMMENT ON COLUMN orders_long.label IS 'The letter of that place, A to Z and then AA to ZZ, in Latin also where a translation has letters of its own; NULL beyond.';
COMMENT ON COLUMN orders_long.option_index IS 'The option''s 0-based place in the survey file.';
COMMENT ON COLUMN orders_long.option_text IS 'The option, verbatim.';
COMMENT ON COLUMN orders_long.log_prob IS 'Natural log of the probability of the option''s label as the next token, or of its whole text, under the full vocabulary.';
COMMENT ON COLUMN orders_long.prob IS 'The answer: that probability renormalised over the labels, or the softmax of the texts'' scores by runs.reading.';
COMMENT ON COLUMN orders_long.off_menu IS '1 - label_mass.';
COMMENT ON COLUMN orders_long.label_mass IS 'Probability of all labels, or all texts, of the prompt together.';
COMMENT ON COLUMN orders_long.token_count IS 'Tokens of the prompt.';
COMMENT ON COLUMN orders_long.boundary IS 'natural, or forced where prompt and label would have merged into one token.';
COMMENT ON COLUMN orders_long.run_id IS 'The run.';

-- Means over orders are sums of whole numbers, as order_mean has them, at a small part of the memory that sorting takes. Options are
-- scaled by their largest value, so that small ones lose nothing, exp() never comes out as 0, and the value of a single order comes
-- back as it is.
CREATE VIEW answers_long AS
WITH
    asked AS (
        SELECT run_id, source_row, count(*) AS orders, CASE WHEN bool_or(boundary = 'forced') THEN 'forced' ELSE 'natural' END AS boundary,
               order_mean(label_mass) AS label_mass, order_mean(off_menu) AS off_menu
        FROM answers GROUP BY run_id, source_row),
    positions AS (
        SELECT run_id, source_row, unnest(options) AS option_index, unnest(log_probs) AS log_prob, unnest(probs) AS prob FROM answers),
    largest AS (
        SELECT run_id, source_row, option_index, max(prob) AS prob, max(log_prob) AS log_prob
        FROM positions GROUP BY run_id, source_row, option_index),
    scaled AS (
        SELECT x.run_id, x.source_row, x.option_index, l.prob AS largest_prob, l.log_prob AS largest_log_prob,
               CAST(pow(2, 60) * CASE WHEN x.prob = l.prob THEN 1 ELSE x.prob / l.prob END AS BIGINT) AS prob,
               CAST(pow(2, 60) * CASE WHEN x.log_prob = l.log_prob THEN 1 ELSE exp(x.log_prob - l.log_prob) END AS BIGINT) AS label_prob
        FROM positions AS x
        JOIN largest AS l ON l.run_id = x.run_id AND l.source_row = x.source_row AND l.option_index = x.option_index),
    chosen AS (
        SELECT run_id, source_row, option_index,
               any_value(largest_prob) * (sum(prob) / (count(*) * pow(2, 60))) AS prob,
               any_value(largest_log_prob) + ln(sum(label_prob) / (count(*) * pow(2, 60))) AS log_prob
        FROM scaled GROUP BY run_id, source_row, option_index)
SELECT r.model, r.condition, r.prompted_country, a.source_row, c.option_index, o.text AS option_text,
       c.log_prob, c.prob, a.off_menu, a.label_mass, a.boundary, a.orders, o.kind = 'refusal' AS is_refusal,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, a.run_id
FROM asked AS a
JOIN run_labels AS r ON r.run_id = a.run_id
JOIN chosen AS c ON c.run_id = a.run_id AND c.source_row = a.source_row
JOIN options AS o ON o.survey_id = r.survey_id AND o.source_row = c.source_row AND o.option_index = c.option_index;
COMMENT ON VIEW answers_long IS 'The models'' answers: one row per run, question and option, each number the mean over the orders in which the question was put.';
COMMENT ON COLUMN answers_long.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN answers_long.option_index IS 'The option''s 0-based place in the survey file.';
COMMENT ON COLUMN answers_long.option_text IS 'The option, verbatim.';
COMMENT ON COLUMN answers_long.log_prob IS 'Natural log of the mean over the orders of the probability of the option''s label as the next token, or of its whole text, under the full vocabulary.';
COMMENT ON COLUMN answers_long.prob IS 'The answer: mean over the orders of the probability of the option''s label renormalised over the labels, or of its text by runs.reading.';
COMMENT ON COLUMN answers_long.off_menu IS 'Mean over the orders of 1 - label_mass.';
COMMENT ON COLUMN answers_long.label_mass IS 'Mean over the orders of the probability of all labels together.';
COMMENT ON COLUMN answers_long.boundary IS 'natural, or forced where in any order prompt and label would have merged into one token.';
COMMENT ON COLUMN answers_long.orders IS 'In how many orders the question was put.';
COMMENT ON COLUMN answers_long.is_refusal IS 'Whether the option stands for don''t know, refused, no answer or missing.';
COMMENT ON COLUMN answers_long.run_id IS 'The run.';

CREATE VIEW answers_wide AS
WITH wide AS (
    SELECT run_id, source_row, list(option_text ORDER BY option_index) AS options, list(prob ORDER BY option_index) AS probs,
           arg_max(option_text, prob) AS top_option, max(prob) AS top_prob,
           CASE WHEN count(*) > 1 THEN greatest(0, -sum(CASE WHEN prob > 0 THEN prob * ln(prob) ELSE 0 END) / ln(count(*))) END AS entropy_norm,
           any_value(label_mass) AS label_mass, any_value(off_menu) AS off_menu, any_value(orders) AS orders
    FROM answers_long GROUP BY run_id, source_row)
SELECT r.model, r.condition, r.prompted_country, a.source_row, q.source, q.text AS question, a.options, a.probs, a.top_option, a.top_prob,
       a.entropy_norm, a.label_mass, a.off_menu, a.orders,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, a.run_id
FROM wide AS a
JOIN run_labels AS r ON r.run_id = a.run_id
JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = a.source_row;
COMMENT ON VIEW answers_wide IS 'The models'' answers: one row per run and question, options and probabilities as lists in the survey''s order.';
COMMENT ON COLUMN answers_wide.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN answers_wide.source IS 'The study that the question comes from.';
COMMENT ON COLUMN answers_wide.question IS 'The question, verbatim.';
COMMENT ON COLUMN answers_wide.options IS 'The options, verbatim.';
COMMENT ON COLUMN answers_wide.probs IS 'The probability of each option, as in answers_long; the macros take such lists.';
COMMENT ON COLUMN answers_wide.top_option IS 'An option with the highest probability.';
COMMENT ON COLUMN answers_wide.top_prob IS 'Its probability.';
COMMENT ON COLUMN answers_wide.entropy_norm IS 'Normalised entropy of the probabilities: 0 (certain) to 1 (uniform).';
COMMENT ON COLUMN answers_wide.label_mass IS 'Mean over the orders of the probability of all labels together.';
COMMENT ON COLUMN answers_wide.off_menu IS 'Mean over the orders of 1 - label_mass.';
COMMENT ON COLUMN answers_wide.orders IS 'In how many orders the question was put.';
COMMENT ON COLUMN answers_wide.run_id IS 'The run.';
