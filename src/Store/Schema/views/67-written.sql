CREATE VIEW written_texts AS
SELECT r.model, r.condition, r.prompted_country, t.source_row, t.order_index, t.sequence, t.class, t.option_index, o.text AS option_text, g.text, g.finish,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, t.run_id
FROM text_readings AS t
JOIN generations AS g ON g.run_id = t.run_id AND g.source_row = t.source_row AND g.sequence = t.sequence
JOIN run_labels AS r ON r.run_id = t.run_id
LEFT JOIN options AS o ON o.survey_id = r.survey_id AND o.source_row = t.source_row AND o.option_index = t.option_index;
COMMENT ON VIEW written_texts IS 'The texts that are answers (reading written) and what the rule reads in them: one row per text.';
COMMENT ON COLUMN written_texts.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN written_texts.order_index IS 'Which of the question''s orders, from 0.';
COMMENT ON COLUMN written_texts.sequence IS 'The text''s number, over all orders of the question.';
COMMENT ON COLUMN written_texts.class IS 'letter or words (it names one option so), refusal (it names none and declines), several (it names more than one), none.';
COMMENT ON COLUMN written_texts.option_index IS 'The option that it names; NULL where it names none or several.';
COMMENT ON COLUMN written_texts.option_text IS 'That option, verbatim.';
COMMENT ON COLUMN written_texts.text IS 'What the model wrote, verbatim.';
COMMENT ON COLUMN written_texts.finish IS 'Why it ended: end (the model ended it), stop (a stop string), or length.';
COMMENT ON COLUMN written_texts.run_id IS 'The run.';

CREATE VIEW classified_texts AS
SELECT r.model, r.condition, r.prompted_country, c.classifier, c.wording, c.source_row, c.sequence, t.class AS rule_class, t.option_index AS rule_option_index,
       c.class, c.option_index, o.text AS option_text, c.option_index IS NOT DISTINCT FROM t.option_index AS agrees, c.probability, c.off_menu, g.text,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, c.run_id
FROM text_classes AS c
JOIN text_readings AS t ON t.run_id = c.run_id AND t.source_row = c.source_row AND t.sequence = c.sequence
JOIN generations AS g ON g.run_id = c.run_id AND g.source_row = c.source_row AND g.sequence = c.sequence
JOIN run_labels AS r ON r.run_id = c.run_id
LEFT JOIN options AS o ON o.survey_id = r.survey_id AND o.source_row = c.source_row AND o.option_index = c.option_index;
COMMENT ON VIEW classified_texts IS 'Written texts as a second model classified them (texts classify), beside what the rule reads in them: one row per text, classifying model and wording of its request.';
COMMENT ON COLUMN classified_texts.classifier IS 'The model that was asked which option the text gives.';
COMMENT ON COLUMN classified_texts.wording IS 'Name and version of the request''s wording.';
COMMENT ON COLUMN classified_texts.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN classified_texts.sequence IS 'The text''s number, over all orders of the question.';
COMMENT ON COLUMN classified_texts.rule_class IS 'What the rule reads: letter, words, refusal, several or none.';
COMMENT ON COLUMN classified_texts.rule_option_index IS 'The option that the rule reads; NULL where it reads none or several.';
COMMENT ON COLUMN classified_texts.class IS 'What the model says: option, or none (none of the options, or several).';
COMMENT ON COLUMN classified_texts.option_index IS 'The option that it says; NULL where the class is none.';
COMMENT ON COLUMN classified_texts.option_text IS 'That option, verbatim.';
COMMENT ON COLUMN classified_texts.agrees IS 'Whether rule and model name the same option, or both none.';
COMMENT ON COLUMN classified_texts.probability IS 'The probability of the model''s answer among the letters, 0 to 1.';
COMMENT ON COLUMN classified_texts.off_menu IS 'The probability of anything but a letter.';
COMMENT ON COLUMN classified_texts.text IS 'What the first model wrote, verbatim.';
COMMENT ON COLUMN classified_texts.run_id IS 'The run whose text it is.';

CREATE VIEW written_overview AS
WITH
    asked AS (
        SELECT run_id, source_row, count(*) AS texts, count(*) FILTER (WHERE class = 'letter') AS letter, count(*) FILTER (WHERE class = 'words') AS words,
               count(*) FILTER (WHERE class = 'refusal') AS refusal, count(*) FILTER (WHERE class = 'several') AS several, count(*) FILTER (WHERE class = 'none') AS none
        FROM text_readings GROUP BY run_id, source_row),
    families AS (
        SELECT a.run_id, f.family, count(*) AS questions, CAST(sum(a.texts) AS BIGINT) AS texts, sum(a.letter / a.texts) AS letter, sum(a.words / a.texts) AS words,
               sum(a.refusal / a.texts) AS refusal, sum(a.several / a.texts) AS several, sum(a.none / a.texts) AS none,
               count(*) FILTER (WHERE a.letter + a.words = 0) AS silent
        FROM asked AS a
        JOIN runs AS r ON r.run_id = a.run_id
        JOIN question_families AS f ON f.survey_id = r.survey_id AND f.source_row = a.source_row
        GROUP BY a.run_id, f.family),
    means AS (
        SELECT run_id, count(*) AS families, CAST(sum(questions) AS BIGINT) AS questions, CAST(sum(texts) AS BIGINT) AS texts, CAST(sum(silent) AS BIGINT) AS silent,
               sum(letter) / sum(questions) AS letter, sum(words) / sum(questions) AS words, sum(refusal) / sum(questions) AS refusal,
               sum(several) / sum(questions) AS several, sum(none) / sum(questions) AS none, sum(refusal + several + none) / sum(questions) AS off_menu,
               family_half_width(refusal, questions) AS refusal_half, family_half_width(refusal + several + none, questions) AS off_menu_half
        FROM families GROUP BY run_id)
SELECT r.model, r.condition, r.prompted_country, m.questions, m.texts, m.silent, m.letter, m.words, m.refusal,
       share_low(m.refusal, m.refusal_half, m.families) AS refusal_low, share_high(m.refusal, m.refusal_half, m.families) AS refusal_high,
       m.several, m.none, m.off_menu,
       share_low(m.off_menu, m.off_menu_half, m.families) AS off_menu_low, share_high(m.off_menu, m.off_menu_half, m.families) AS off_menu_high,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, r.run_id
FROM means AS m
JOIN run_labels AS r ON r.run_id = m.run_id;
COMMENT ON VIEW written_overview IS 'What the texts of a run do with the options: one row per run whose reading is written. Shares are means over its questions; intervals are 95 %, by Wilson''s formula and the spread over item families.';
COMMENT ON COLUMN written_overview.questions IS 'Questions with texts.';
COMMENT ON COLUMN written_overview.texts IS 'Texts.';
COMMENT ON COLUMN written_overview.silent IS 'Questions of which no text names a single option, and so without an answer.';
COMMENT ON COLUMN written_overview.letter IS 'The share of texts that name one option by its letter.';
COMMENT ON COLUMN written_overview.words IS 'The share that name one by its words.';
COMMENT ON COLUMN written_overview.refusal IS 'The share that name none and decline to answer.';
COMMENT ON COLUMN written_overview.refusal_low IS 'Lower end of its interval; NULL where there are fewer than two item families.';
COMMENT ON COLUMN written_overview.refusal_high IS 'Upper end of it.';
COMMENT ON COLUMN written_overview.several IS 'The share that name several.';
COMMENT ON COLUMN written_overview.none IS 'The share that name none and do not decline.';
COMMENT ON COLUMN written_overview.off_menu IS 'refusal + several + none: the share of texts that name no single option.';
COMMENT ON COLUMN written_overview.off_menu_low IS 'Lower end of its interval.';
COMMENT ON COLUMN written_overview.off_menu_high IS 'Upper end of it.';
COMMENT ON COLUMN written_overview.run_id IS 'The run.';

CREATE VIEW written_questions AS
WITH
    partners AS (
        SELECT w.run_id, l.run_id AS other_run_id, l.reading AS other_reading, w.survey_id
        FROM runs AS w
        JOIN runs AS l ON l.model_id = w.model_id AND l.survey_id = w.survey_id AND l.template_sha256 = w.template_sha256
            AND l.template = w.template AND l.condition = w.condition AND l.prompted_country IS NOT DISTINCT FROM w.prompted_country
            AND l.translation_sha256 IS NOT DISTINCT FROM w.translation_sha256 AND l.control = w.control AND l.ending = w.ending
            AND l.option_order = w.option_order
        WHERE w.reading = 'written' AND l.reading NOT IN ('written', 'verbalised')),
    tops AS (
        SELECT run_id, source_row, order_index, options[list_position(probs, list_max(probs))] AS option_index
        FROM answers WHERE run_id IN (SELECT other_run_id FROM partners)),
    counted AS (
        SELECT p.run_id, p.other_run_id, any_value(p.other_reading) AS other_reading, any_value(p.survey_id) AS survey_id, t.source_row, count(*) AS texts,
               count(t.option_index) AS naming, count(*) FILTER (WHERE t.option_index <> o.option_index) AS differing,
               count(*) FILTER (WHERE t.class = 'refusal') AS refusing
        FROM partners AS p
        JOIN text_readings AS t ON t.run_id = p.run_id
        JOIN tops AS o ON o.run_id = p.other_run_id AND o.source_row = t.source_row AND o.order_index = t.order_index
        GROUP BY p.run_id, p.other_run_id, t.source_row),
    answered AS (
        SELECT run_id, source_row, probs, top_option, top_prob FROM answers_wide
        WHERE run_id IN (SELECT run_id FROM partners UNION SELECT other_run_id FROM partners))
SELECT r.model, r.condition, r.prompted_country, c.other_reading, c.source_row, q.text AS question, f.family, c.texts, c.naming, c.differing / nullif(c.naming, 0) AS mismatch,
       (c.differing + c.texts - c.naming) / c.texts AS unlike, c.refusing / c.texts AS refusal, total_variation(a.probs, b.probs) AS total_variation,
       a.top_option AS written_option, a.top_prob AS written_share, b.top_option AS probable_option, b.top_prob AS probability,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, c.run_id, c.other_run_id
FROM counted AS c
JOIN run_labels AS r ON r.run_id = c.run_id
JOIN questions AS q ON q.survey_id = c.survey_id AND q.source_row = c.source_row
JOIN question_families AS f ON f.survey_id = c.survey_id AND f.source_row = c.source_row
JOIN answered AS b ON b.run_id = c.other_run_id AND b.source_row = c.source_row
LEFT JOIN answered AS a ON a.run_id = c.run_id AND a.source_row = c.source_row;
COMMENT ON VIEW written_questions IS 'What a model writes beside what its probabilities say behind the same prompts: one row per run whose reading is written, run of the same prompts that reads probabilities, and question.';
COMMENT ON COLUMN written_questions.run_id IS 'The run of texts.';
COMMENT ON COLUMN written_questions.other_run_id IS 'The run of probabilities.';
COMMENT ON COLUMN written_questions.other_reading IS 'How that one is read.';
COMMENT ON COLUMN written_questions.source_row IS 'The question''s 0-based row in the survey file.';
COMMENT ON COLUMN written_questions.question IS 'The question, verbatim.';
COMMENT ON COLUMN written_questions.family IS 'Its item family.';
COMMENT ON COLUMN written_questions.texts IS 'Texts, over all orders of its options.';
COMMENT ON COLUMN written_questions.naming IS 'Of these, those that name one option.';
COMMENT ON COLUMN written_questions.mismatch IS 'Of those, the share that name another option than the most probable one of the same order; NULL where none does.';
COMMENT ON COLUMN written_questions.unlike IS 'Of all texts, the share that do not name that option: another one, several or none.';
COMMENT ON COLUMN written_questions.refusal IS 'Of all texts, the share that decline.';
COMMENT ON COLUMN written_questions.total_variation IS '½ Σ |written - probable|, over the means of all orders; NULL where no text names one option.';
COMMENT ON COLUMN written_questions.written_option IS 'An option that most texts name.';
COMMENT ON COLUMN written_questions.written_share IS 'The share of the naming texts that do.';
COMMENT ON COLUMN written_questions.probable_option IS 'The option with the highest probability.';
COMMENT ON COLUMN written_questions.probability IS 'That probability, among the options.';

CREATE VIEW written_mismatch AS
WITH
    families AS (
        SELECT run_id, other_run_id, any_value(other_reading) AS other_reading, family, count(*) AS questions, count(mismatch) AS naming,
               coalesce(sum(mismatch), 0) AS mismatch, sum(unlike) AS unlike, coalesce(sum(total_variation), 0) AS variation, sum(refusal) AS refusal
        FROM written_questions GROUP BY run_id, other_run_id, family),
    means AS (
        SELECT run_id, other_run_id, any_value(other_reading) AS other_reading, CAST(sum(questions) AS BIGINT) AS questions, CAST(sum(naming) AS BIGINT) AS naming,
               count(*) AS families, sum(unlike) / sum(questions) AS unlike, family_half_width(unlike, questions) AS unlike_half,
               sum(refusal) / sum(questions) AS refusal, family_half_width(refusal, questions) AS refusal_half
        FROM families GROUP BY run_id, other_run_id),
    named AS (
        SELECT run_id, other_run_id, count(*) AS families, sum(mismatch) / sum(naming) AS mismatch, family_half_width(mismatch, naming) AS mismatch_half,
               sum(variation) / sum(naming) AS variation, family_half_width(variation, naming) AS variation_half
        FROM families WHERE naming > 0 GROUP BY run_id, other_run_id)
SELECT r.model, r.condition, r.prompted_country, m.other_reading, m.questions, m.naming, m.families,
       n.mismatch, share_low(n.mismatch, n.mismatch_half, n.families) AS mismatch_low,
       share_high(n.mismatch, n.mismatch_half, n.families) AS mismatch_high,
       m.unlike, share_low(m.unlike, m.unlike_half, m.families) AS unlike_low, share_high(m.unlike, m.unlike_half, m.families) AS unlike_high,
       n.variation AS total_variation, from_0_to_1(n.variation - n.variation_half) AS variation_low, from_0_to_1(n.variation + n.variation_half) AS variation_high,
       m.refusal, share_low(m.refusal, m.refusal_half, m.families) AS refusal_low, share_high(m.refusal, m.refusal_half, m.families) AS refusal_high,
       r.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order, m.run_id, m.other_run_id
FROM means AS m
LEFT JOIN named AS n ON n.run_id = m.run_id AND n.other_run_id = m.other_run_id
JOIN run_labels AS r ON r.run_id = m.run_id;
COMMENT ON VIEW written_mismatch IS 'How far what a model writes is from what its probabilities say: one row per run whose reading is written and run of the same prompts that reads probabilities. Means over questions; intervals are 95 %, over item families: of shares by Wilson''s formula, of the total variation by the cluster-robust t test.';
COMMENT ON COLUMN written_mismatch.other_reading IS 'How the other run is read, for example labels.';
COMMENT ON COLUMN written_mismatch.questions IS 'Questions that both runs were asked.';
COMMENT ON COLUMN written_mismatch.naming IS 'Of these, those of which a text names one option.';
COMMENT ON COLUMN written_mismatch.families IS 'Item families of the questions.';
COMMENT ON COLUMN written_mismatch.mismatch IS 'Of the texts that name one option, the share that name another than the most probable one (Wang et al. 2024).';
COMMENT ON COLUMN written_mismatch.mismatch_low IS 'Lower end of its interval; NULL, like the others, where there are fewer than two item families.';
COMMENT ON COLUMN written_mismatch.mismatch_high IS 'Upper end of it.';
COMMENT ON COLUMN written_mismatch.unlike IS 'Of all texts, the share that do not name the most probable option: another one, several or none.';
COMMENT ON COLUMN written_mismatch.unlike_low IS 'Lower end of its interval.';
COMMENT ON COLUMN written_mismatch.unlike_high IS 'Upper end of it.';
COMMENT ON COLUMN written_mismatch.total_variation IS 'Mean total variation of the two distributions over the options, 0 (equal) to 1, where a text names one option.';
COMMENT ON COLUMN written_mismatch.variation_low IS 'Lower end of its interval.';
COMMENT ON COLUMN written_mismatch.variation_high IS 'Upper end of it.';
COMMENT ON COLUMN written_mismatch.refusal IS 'The share of texts that decline.';
COMMENT ON COLUMN written_mismatch.refusal_low IS 'Lower end of its interval.';
COMMENT ON COLUMN written_mismatch.refusal_high IS 'Upper end of it.';
COMMENT ON COLUMN written_mismatch.run_id IS 'The run of texts.';
COMMENT ON COLUMN written_mismatch.other_run_id IS 'The run of probabilities.';
