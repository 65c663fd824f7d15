-- Every view takes from here what tells runs apart.
CREATE VIEW run_labels AS
WITH named AS (
    SELECT survey_id, CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN name || ' (' || left(sha256, 8) || ')' ELSE name END AS survey
    FROM surveys)
SELECT m.model, r.condition, r.prompted_country, s.survey, r.language, r.control, r.reading, r.template, r.ending, r.option_order,
       r.origin, r.model_id, r.survey_id, r.run_id
FROM runs AS r
JOIN model_labels AS m ON m.model_id = r.model_id
JOIN named AS s ON s.survey_id = r.survey_id;
COMMENT ON VIEW run_labels IS 'What tells runs apart: one row per run. Runs that are alike here were computed in another way, see run_overview.';
COMMENT ON COLUMN run_labels.origin IS 'run where this program asked the model, import where the answers came from a file.';
COMMENT ON COLUMN run_labels.model_id IS 'The model.';
COMMENT ON COLUMN run_labels.survey_id IS 'The survey.';
COMMENT ON COLUMN run_labels.run_id IS 'The run.';

-- One way of asking for all models where there is one: among ways, that in which most models were asked goes first.
CREATE VIEW plain_runs AS
WITH
    counted AS (SELECT run_id, count(DISTINCT source_row) AS answered FROM answers GROUP BY run_id),
    plain AS (
        SELECT r.*, c.answered, count(DISTINCT r.model_id) OVER (PARTITION BY r.survey_id, r.template, r.ending, r.option_order, r.reading) AS models
        FROM run_labels AS r
        JOIN counted AS c ON c.run_id = r.run_id
        WHERE r.condition = 'default' AND r.control = 'none' AND r.language IS NULL)
SELECT model, condition, prompted_country, answered, survey, language, control, reading, template, ending, option_order, model_id, survey_id, run_id
FROM plain
QUALIFY row_number() OVER (PARTITION BY model_id, survey_id
    ORDER BY option_order = 'faithful' DESC, reading = 'labels' DESC, models DESC, answered DESC, run_id) = 1;
COMMENT ON VIEW plain_runs IS 'The run to take where one per model is wanted: of each model and survey one in the default condition and the survey''s language that is no control. Of several, the one in the survey''s order of options, read from labels, in the wording in which most models were asked, with the most answers, begun first.';
COMMENT ON COLUMN plain_runs.answered IS 'Answered questions.';
COMMENT ON COLUMN plain_runs.model_id IS 'The model.';
COMMENT ON COLUMN plain_runs.survey_id IS 'The survey.';
COMMENT ON COLUMN plain_runs.run_id IS 'The run.';
