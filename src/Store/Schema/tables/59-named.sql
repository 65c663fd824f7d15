CREATE TABLE IF NOT EXISTS named_instead (
    run_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    country VARCHAR NOT NULL
);
COMMENT ON TABLE named_instead IS 'One row per run and question under the control wrong-country: whom the prompt named in the place of the run''s prompted_country. Runs of earlier versions have none.';
COMMENT ON COLUMN named_instead.run_id IS 'The run.';
COMMENT ON COLUMN named_instead.source_row IS 'The question''s row in the survey file.';
COMMENT ON COLUMN named_instead.country IS 'The country or group that the prompt named, as runs.prompted_country calls it.';
