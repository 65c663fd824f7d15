-- Computed by scoring like the similarities, but only where it is asked for; the view measures says which measures there are.

CREATE TABLE IF NOT EXISTS measure_values (
    run_id INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    value DOUBLE NOT NULL
);
COMMENT ON TABLE measure_values IS 'One row per run, measure, question and country: how far the model''s answer is from the people''s by a measure that scoring was asked for. A measure that does not apply to a question has no row.';
COMMENT ON COLUMN measure_values.run_id IS 'The run.';
COMMENT ON COLUMN measure_values.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN measure_values.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN measure_values.country_id IS 'The country.';
COMMENT ON COLUMN measure_values.value IS 'The measure, 0 to 1: divided by the largest value that it can have over the question''s options.';

CREATE TABLE IF NOT EXISTS uniform_measure_values (
    survey_id INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    source_row INTEGER NOT NULL,
    country_id INTEGER NOT NULL,
    value DOUBLE NOT NULL
);
COMMENT ON TABLE uniform_measure_values IS 'One row per survey, measure, question and country: the same of an answerer who finds every option equally likely, for each measure that was ever asked for.';
COMMENT ON COLUMN uniform_measure_values.survey_id IS 'The survey.';
COMMENT ON COLUMN uniform_measure_values.measure IS 'The measure, see the view measures.';
COMMENT ON COLUMN uniform_measure_values.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN uniform_measure_values.country_id IS 'The country.';
COMMENT ON COLUMN uniform_measure_values.value IS 'That answerer''s value, as in measure_values.';
