-- What an analyst reads. The divergence is stored, the similarity derived:
--   similarity_bits = 1 - sqrt(js_bits)            0 = nothing in common, 1 = equal
--   similarity_nats = 1 - sqrt(js_bits * ln 2)     the scale most published numbers use
-- A divergence can come out a rounding error below 0; greatest() clamps it.

CREATE VIEW questions_long AS
SELECT s.name AS survey, q.source_row, q.source, q.text AS question, o.option_index, o.text AS option_text,
       c.label AS country, c.iso3, h.probability, c.sample_kind, s.survey_id
FROM surveys AS s
JOIN questions AS q ON q.survey_id = s.survey_id
JOIN options AS o ON o.survey_id = q.survey_id AND o.source_row = q.source_row
LEFT JOIN human_distributions AS h
    ON h.survey_id = o.survey_id AND h.source_row = o.source_row AND h.option_index = o.option_index
LEFT JOIN countries AS c ON c.country_id = h.country_id;
COMMENT ON VIEW questions_long IS 'Every question with its options and how each country''s people answered: one row per question, option and country. country, iso3 and probability are NULL where nobody was asked.';

CREATE VIEW orders_long AS
SELECT m.name AS model, r.condition, r.prompted_country, a.source_row, a.order_index, x.position,
       CASE WHEN x.position < 26 THEN chr(65 + x.position) END AS label, x.option_index, o.text AS option_text,
       x.log_prob, x.prob, a.off_menu, a.label_mass, a.token_count, a.boundary, a.run_id
FROM answers AS a
JOIN runs AS r ON r.run_id = a.run_id
JOIN models AS m ON m.model_id = r.model_id
JOIN answer_options AS x ON x.run_id = a.run_id AND x.source_row = a.source_row AND x.order_index = a.order_index
JOIN options AS o ON o.survey_id = r.survey_id AND o.source_row = x.source_row AND o.option_index = x.option_index;
COMMENT ON VIEW orders_long IS 'The model''s answers as they were read, before the mean over the orders of a question''s options: one row per run, question, order and option.';

-- Means over orders are sums of whole numbers (2^60 = 1): the same answers give the same last digit in whatever order they
-- were stored or are read, at a small part of the memory that sorting takes. Options are scaled by their largest value, so
-- that small ones lose nothing, exp() never comes out as 0, and the value of a single order comes back as it is.
CREATE VIEW answers_long AS
WITH
    asked AS (
        SELECT run_id, source_row, count(*) AS orders, CASE WHEN bool_or(boundary = 'forced') THEN 'forced' ELSE 'natural' END AS boundary,
               CASE WHEN count(*) = 1 THEN any_value(label_mass)
                    ELSE sum(CAST(label_mass * pow(2, 60) AS BIGINT)) / (count(*) * pow(2, 60)) END AS label_mass,
               CASE WHEN count(*) = 1 THEN any_value(off_menu)
                    ELSE sum(CAST(off_menu * pow(2, 60) AS BIGINT)) / (count(*) * pow(2, 60)) END AS off_menu
        FROM answers GROUP BY run_id, source_row),
    largest AS (
        SELECT run_id, source_row, option_index, max(prob) AS prob, max(log_prob) AS log_prob
        FROM answer_options GROUP BY run_id, source_row, option_index),
    scaled AS (
        SELECT x.run_id, x.source_row, x.option_index, l.prob AS largest_prob, l.log_prob AS largest_log_prob,
               CAST(pow(2, 60) * CASE WHEN x.prob = l.prob THEN 1 ELSE x.prob / l.prob END AS BIGINT) AS prob,
               CAST(pow(2, 60) * CASE WHEN x.log_prob = l.log_prob THEN 1 ELSE exp(x.log_prob - l.log_prob) END AS BIGINT) AS label_prob
        FROM answer_options AS x
        JOIN largest AS l ON l.run_id = x.run_id AND l.source_row = x.source_row AND l.option_index = x.option_index),
    chosen AS (
        SELECT run_id, source_row, option_index,
               any_value(largest_prob) * (sum(prob) / (count(*) * pow(2, 60))) AS prob,
               any_value(largest_log_prob) + ln(sum(label_prob) / (count(*) * pow(2, 60))) AS log_prob
        FROM scaled GROUP BY run_id, source_row, option_index)
SELECT m.name AS model, r.condition, r.prompted_country, a.source_row, c.option_index, o.text AS option_text,
       c.log_prob, c.prob, a.off_menu, a.label_mass, a.boundary, a.orders, a.run_id
FROM asked AS a
JOIN runs AS r ON r.run_id = a.run_id
JOIN models AS m ON m.model_id = r.model_id
JOIN chosen AS c ON c.run_id = a.run_id AND c.source_row = a.source_row
JOIN options AS o ON o.survey_id = r.survey_id AND o.source_row = c.source_row AND o.option_index = c.option_index;
COMMENT ON VIEW answers_long IS 'The model''s answers: one row per run, question and option, each number the mean over the orders in which the options were put.';

CREATE VIEW similarities_long AS
SELECT m.name AS model, r.condition, r.prompted_country, s.source_row, c.label AS country, s.js_bits,
       1 - sqrt(greatest(s.js_bits, 0)) AS similarity_bits,
       1 - sqrt(greatest(s.js_bits, 0) * ln(2)) AS similarity_nats,
       c.iso3, c.sample_kind, s.uniform_js_bits,
       1 - sqrt(greatest(s.uniform_js_bits, 0)) AS uniform_similarity_bits,
       1 - sqrt(greatest(s.uniform_js_bits, 0) * ln(2)) AS uniform_similarity_nats,
       s.country_id, s.run_id
FROM similarities AS s
JOIN runs AS r ON r.run_id = s.run_id
JOIN models AS m ON m.model_id = r.model_id
JOIN countries AS c ON c.country_id = s.country_id;
COMMENT ON VIEW similarities_long IS 'How close the model''s answer is to a country''s: one row per run, question and country.';

-- A small run, as the sample's, could never reach 100 questions per country.
CREATE VIEW thin_limits AS
SELECT run_id, CASE WHEN count(DISTINCT source_row) >= 500 THEN 100 ELSE 10 END AS thin_below FROM answers GROUP BY run_id;
COMMENT ON VIEW thin_limits IS 'How many questions a country needs to be ranked: 100 in a run of 500 answered questions or more, 10 in a smaller one.';

CREATE VIEW country_similarity AS
SELECT any_value(l.model) AS model, any_value(l.condition) AS condition, any_value(l.prompted_country) AS prompted_country,
       any_value(l.country) AS country, any_value(l.iso3) AS iso3, count(*) AS n,
       avg(l.similarity_bits) AS similarity_bits, avg(l.similarity_nats) AS similarity_nats,
       avg(l.uniform_similarity_bits) AS uniform_similarity_bits, avg(l.uniform_similarity_nats) AS uniform_similarity_nats,
       any_value(l.sample_kind) AS sample_kind,
       any_value(l.sample_kind) <> 'non-national' AND count(*) >= any_value(t.thin_below) AS ranked,
       l.run_id
FROM similarities_long AS l
JOIN thin_limits AS t ON t.run_id = l.run_id
GROUP BY l.run_id, l.country_id;
COMMENT ON VIEW country_similarity IS 'Mean similarity of a run to a country over the n questions that both answered: one row per run and country. Runs are never mixed. ranked is false for thin data and non-national samples.';

CREATE VIEW run_overview AS
WITH
    asked AS (SELECT survey_id, count(*) AS questions FROM questions GROUP BY survey_id),
    -- Per question first: one with more options may have been put in more orders, and counts once all the same.
    answered AS (
        SELECT run_id, count(*) AS answered, CAST(sum(answers) AS BIGINT) AS answers, avg(label_mass) AS mean_label_mass,
               avg(off_menu) AS mean_off_menu, CAST(sum(forced) AS BIGINT) AS forced_boundaries
        FROM (
            SELECT run_id, count(*) AS answers, avg(label_mass) AS label_mass, avg(off_menu) AS off_menu,
                   count(*) FILTER (WHERE boundary = 'forced') AS forced
            FROM answers GROUP BY run_id, source_row)
        GROUP BY run_id),
    missed AS (SELECT run_id, count(*) AS unanswered FROM unanswered GROUP BY run_id),
    worked AS (
        SELECT run_id, CAST(sum(tokens_decoded) AS BIGINT) AS tokens, CAST(sum(unshared_tokens) AS BIGINT) AS unshared_tokens,
               sum(seconds) AS seconds, min(started_at) AS started_at, max(finished_at) AS finished_at, count(*) AS sessions, arg_max(status, session) AS status,
               arg_max(threads, session) AS threads, arg_max(machine, session) AS machine,
               arg_max(tool_version, session) AS tool_version
        FROM run_sessions GROUP BY run_id)
SELECT r.run_id, m.name AS model, s.name AS survey, r.condition, r.prompted_country, r.template, r.ending, r.exact,
       coalesce(q.questions, 0) AS questions, coalesce(a.answered, 0) AS answered, coalesce(u.unanswered, 0) AS unanswered,
       a.mean_label_mass, a.mean_off_menu, coalesce(a.forced_boundaries, 0) AS forced_boundaries,
       w.tokens, w.seconds, w.tokens / nullif(w.seconds, 0) AS tokens_per_second,
       w.started_at, w.finished_at, w.status, m.sha256 AS model_sha256, r.engine_build, r.device,
       s.sha256 AS survey_sha256, r.template_version, r.template_sha256, r.option_order, r.kv_type, r.flash_attention,
       t.thin_below, w.sessions, w.threads, w.machine, w.tool_version,
       coalesce(a.answers, 0) AS answers, r.plan, r.plan_sha256, w.unshared_tokens, w.unshared_tokens / nullif(w.tokens, 0) AS sharing,
       f.prompts AS noise_prompts, f.mean_prob AS noise_mean_prob, f.max_prob AS noise_max_prob,
       f.mean_log_prob AS noise_mean_log_prob, f.max_log_prob AS noise_max_log_prob,
       f.mean_similarity AS noise_mean_similarity, f.max_similarity AS noise_max_similarity
FROM runs AS r
JOIN models AS m ON m.model_id = r.model_id
JOIN surveys AS s ON s.survey_id = r.survey_id
LEFT JOIN asked AS q ON q.survey_id = r.survey_id
LEFT JOIN answered AS a ON a.run_id = r.run_id
LEFT JOIN missed AS u ON u.run_id = r.run_id
LEFT JOIN thin_limits AS t ON t.run_id = r.run_id
LEFT JOIN worked AS w ON w.run_id = r.run_id
LEFT JOIN noise_floors AS f ON f.run_id = r.run_id;
COMMENT ON VIEW run_overview IS 'One row per run: what was asked, how, of which model, how far it came and how fast. Times are UTC.';
