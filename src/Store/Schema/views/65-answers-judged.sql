CREATE VIEW off_menu_overview AS
WITH counted AS (
    SELECT run_id, count(*) AS questions, avg(off_menu) AS mean_off_menu, quantile_cont(off_menu, 0.5) AS median_off_menu, quantile_cont(off_menu, 0.9) AS p90_off_menu,
           max(off_menu) AS max_off_menu, avg(CASE WHEN off_menu > 0.5 THEN 1 ELSE 0 END) AS mostly_off_menu, CAST(sum(forced_boundaries) AS BIGINT) AS forced_boundaries, CAST(sum(prompts) AS BIGINT) AS prompts
    FROM question_masses GROUP BY run_id)
SELECT r.model, r.condition, r.prompted_country, a.questions, a.mean_off_menu, a.median_off_menu, a.p90_off_menu, a.max_off_menu, a.mostly_off_menu,
       a.forced_boundaries, a.prompts, r.template,
       r.survey, r.language, r.control, r.reading, r.ending, r.option_order, r.run_id
FROM counted AS a
JOIN run_labels AS r ON r.run_id = a.run_id;
COMMENT ON VIEW off_menu_overview IS 'How much probability a run gave to something that is no option: one row per run.';
COMMENT ON COLUMN off_menu_overview.questions IS 'Answered questions.';
COMMENT ON COLUMN off_menu_overview.mean_off_menu IS 'Mean over the questions of the probability outside the labels.';
COMMENT ON COLUMN off_menu_overview.median_off_menu IS 'Median of it.';
COMMENT ON COLUMN off_menu_overview.p90_off_menu IS '90 % of the questions have less.';
COMMENT ON COLUMN off_menu_overview.max_off_menu IS 'The largest.';
COMMENT ON COLUMN off_menu_overview.mostly_off_menu IS 'Share of the questions with more than half outside the labels.';
COMMENT ON COLUMN off_menu_overview.forced_boundaries IS 'Prompts where prompt and label would have merged into one token.';
COMMENT ON COLUMN off_menu_overview.prompts IS 'Answered prompts; each order of a question''s options counts.';
COMMENT ON COLUMN off_menu_overview.run_id IS 'The run.';

CREATE VIEW refusals AS
WITH
    refusing AS (SELECT survey_id, source_row, option_index FROM options WHERE kind = 'refusal'),
    positions AS (SELECT run_id, source_row, order_index, unnest(options) AS option_index, unnest(probs) AS prob FROM answers),
    refused AS (
        SELECT p.run_id, p.source_row, p.order_index, sum(p.prob) AS mass
        FROM positions AS p
        JOIN runs AS r ON r.run_id = p.run_id
        JOIN refusing AS x ON x.survey_id = r.survey_id AND x.source_row = p.source_row AND x.option_index = p.option_index
        GROUP BY p.run_id, p.source_row, p.order_index),
    models_refuse AS (SELECT run_id, source_row, order_mean(mass) AS mass FROM refused GROUP BY run_id, source_row),
    people_refuse AS (
        SELECT h.survey_id, h.source_row, h.country_id, h.refused AS mass
        FROM human_distributions AS h
        WHERE EXISTS (FROM refusing AS x WHERE x.survey_id = h.survey_id AND x.source_row = h.source_row)),
    families AS (
        SELECT m.run_id, p.country_id, f.family, count(*) AS n, sum(m.mass) AS model_mass, sum(p.mass) AS human_mass, sum(abs(m.mass - p.mass)) AS apart
        FROM models_refuse AS m
        JOIN runs AS r ON r.run_id = m.run_id
        JOIN people_refuse AS p ON p.survey_id = r.survey_id AND p.source_row = m.source_row
        JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = m.source_row
        GROUP BY m.run_id, p.country_id, f.family),
    means AS (
        SELECT run_id, country_id, CAST(sum(n) AS BIGINT) AS n, count(*) AS families, sum(model_mass) / sum(n) AS model_mass,
               sum(human_mass) / sum(n) AS human_mass, 1 - sum(apart) / sum(n) AS calibration, family_half_width(apart, n) AS half_width
        FROM families GROUP BY run_id, country_id)
SELECT r.model, r.condition, r.prompted_country, c.label AS country, c.iso3, a.n, a.model_mass AS model_refusal, a.human_mass AS human_refusal,
       a.model_mass - a.human_mass AS difference, a.calibration, from_0_to_1(a.calibration - a.half_width) AS low, from_0_to_1(a.calibration + a.half_width) AS high, a.families,
       c.sample_kind, a.country_id,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, a.run_id
FROM means AS a
JOIN run_labels AS r ON r.run_id = a.run_id
JOIN countries AS c ON c.country_id = a.country_id;
COMMENT ON VIEW refusals IS 'How much the model, and how much the people, choose options that stand for don''t know, refused, no answer or missing: one row per run and country, over the questions that have such an option.';
COMMENT ON COLUMN refusals.country IS 'The label as the survey writes it.';
COMMENT ON COLUMN refusals.iso3 IS 'ISO 3166-1 alpha-3 code; NULL where the label is no country.';
COMMENT ON COLUMN refusals.n IS 'Questions with such an option that both answered.';
COMMENT ON COLUMN refusals.model_refusal IS 'Mean over the questions of the model''s probability of all such options together, renormalised over the labels.';
COMMENT ON COLUMN refusals.human_refusal IS 'Mean over the questions of the people''s share.';
COMMENT ON COLUMN refusals.difference IS 'model_refusal - human_refusal.';
COMMENT ON COLUMN refusals.calibration IS '1 - the mean over the questions of |the model''s share - the people''s|, 0 to 1: SynthBench''s refusal calibration. A model that never refuses scores high where people hardly do.';
COMMENT ON COLUMN refusals.low IS 'Lower end of its 95 % interval by the cluster-robust t test; NULL where there are fewer than two item families.';
COMMENT ON COLUMN refusals.high IS 'Upper end of that interval.';
COMMENT ON COLUMN refusals.families IS 'Item families of the questions.';
COMMENT ON COLUMN refusals.sample_kind IS 'national, current-national, old-national or non-national.';
COMMENT ON COLUMN refusals.country_id IS 'The country label''s number.';
COMMENT ON COLUMN refusals.run_id IS 'The run.';

CREATE VIEW unlike_everybody AS
WITH nearest AS (
    SELECT s.run_id, s.source_row, count(*) AS countries, min(s.js_bits) AS least, arg_min(s.country_id, s.js_bits) AS nearest_id,
           avg(1 - sqrt(greatest(s.js_bits, 0))) AS mean_bits, avg(1 - sqrt(greatest(h.uniform_js_bits, 0))) AS uniform_bits
    FROM similarities AS s
    JOIN runs AS r ON r.run_id = s.run_id
    JOIN human_distributions AS h ON h.survey_id = r.survey_id AND h.source_row = s.source_row AND h.country_id = s.country_id
    GROUP BY s.run_id, s.source_row)
SELECT r.model, r.condition, r.prompted_country, s.source_row, q.text AS question, s.countries, c.label AS nearest_country,
       1 - sqrt(greatest(s.least, 0)) AS nearest_bits, s.mean_bits, s.uniform_bits, q.source,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, s.run_id
FROM nearest AS s
JOIN run_labels AS r ON r.run_id = s.run_id
JOIN countries AS c ON c.country_id = s.nearest_id
JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = s.source_row;
COMMENT ON VIEW unlike_everybody IS 'How far each answer is from every country''s: one row per run and question. The lowest nearest_bits are the questions where a model is most unlike everybody.';
COMMENT ON COLUMN unlike_everybody.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN unlike_everybody.question IS 'The question, verbatim.';
COMMENT ON COLUMN unlike_everybody.countries IS 'Country labels that answered it.';
COMMENT ON COLUMN unlike_everybody.nearest_country IS 'The one whose people answered most like the model.';
COMMENT ON COLUMN unlike_everybody.nearest_bits IS 'The model''s similarity to it.';
COMMENT ON COLUMN unlike_everybody.mean_bits IS 'Mean similarity over all these countries.';
COMMENT ON COLUMN unlike_everybody.uniform_bits IS 'The same mean for a uniform answerer.';
COMMENT ON COLUMN unlike_everybody.source IS 'The study that the question comes from.';
COMMENT ON COLUMN unlike_everybody.run_id IS 'The run.';
