CREATE TABLE IF NOT EXISTS run_prompted (
    run_id INTEGER NOT NULL,
    country_id INTEGER NOT NULL
);
COMMENT ON TABLE run_prompted IS 'Whom a run''s prompts name: one row per run and country label of those people, samples of every kind; none for a run whose prompts name nobody, or nobody who was asked. A country is named under each of its labels and with each group that the survey puts into it, a group whose members have a name of their own under its label alone.';
COMMENT ON COLUMN run_prompted.run_id IS 'The run.';
COMMENT ON COLUMN run_prompted.country_id IS 'The country label, of the run''s survey.';
-- A file of an earlier version has of it only what runs.prompted_country calls these people.
INSERT INTO run_prompted
SELECT r.run_id, c.country_id
FROM runs AS r
JOIN countries AS c ON c.survey_id = r.survey_id AND r.prompted_country IN (c.label, c.name);
